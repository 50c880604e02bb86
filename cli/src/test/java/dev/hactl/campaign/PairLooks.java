package dev.hactl.campaign;

/** Scripts that look at a machine of the pair that {@code playbooks/site.yml} makes. */
final class PairLooks {
  private PairLooks() {}

  /** Whether the file system that the cluster moves is mounted there. */
  static final String IS_ACTIVE = "grep -q ' /drbd ' /proc/mounts && echo yes || echo no";

  private static final String DATA = "/drbd/main/campaign.bin";

  /** Writes data that nobody else has, and says what it is. */
  static final String WRITE_DATA =
      "head -c 1000000 /dev/urandom > " + DATA + " && sync " + DATA + " && sha256sum " + DATA;

  /** Says what the data is now. */
  static final String READ_DATA = "sha256sum " + DATA;

  /** Temporary files, directories of runs, notes. */
  static final String LEFT =
      """
      find / -xdev -name '*.hactl-*' ! -path '/proc/*'
      find /run/hactl -mindepth 1 -type d
      cd /var/lib/hactl && find . -type f ! -path './runs/*'
      """;

  /**
   * Everything {@code site.yml} manages, one fact a line. What is random (keys, numbers of images
   * and machines) or counts what happened (generations, epochs) is left out, and so is the order of
   * what has none: a constraint or a host's name that was taken away comes back as the last one.
   */
  static final String FINGERPRINT =
      """
      cd /
      find etc usr/local root var/lib/hactl srv var/lib/corosync -xdev -path root/.cache -prune -o \\
        -path etc/corosync/uidgid.d -prune -o -printf '%y %m %u:%g %p %l\\n' | grep -v ' etc/ld.so.cache $' | sort
      find etc root srv -xdev -path root/.cache -prune -o -type f -print | sort |
        grep -Ev '^etc/(corosync/authkey|docker/key.json|hosts|ld.so.cache|machine-id)$' |
        grep -Ev '^etc/(\\.updated|passwd-?|group-?|shadow-?|gshadow-?)$' | tr '\\n' '\\0' | xargs -0 sha256sum
      tr -s ' \\t' ' ' < etc/hosts | sort
      cut -d: -f1 etc/passwd etc/group | sort | tr '\\n' ' '; echo
      dpkg-query -W -f '${db:Status-Abbrev} ${Package} ${Version}\\n'; apt-mark showmanual
      for unit in corosync pacemaker drbd docker rpcbind nfs-server nfsdcld; do
        echo "$unit $(systemctl is-enabled $unit 2>&1) $(systemctl is-active $unit)"
      done
      echo "image $(docker image inspect --format '{{.RepoTags}} {{.Config.Cmd}}' skylar_main)"
      grep ' 1: cs:' proc/drbd | sed 's/ ro:.* ds:/ ds:/; s/ [A-Z] .*//'
      losetup --list --noheadings --output NAME,BACK-FILE,RO
      cibadmin --query --scope resources
      for scope in crm_config nodes rsc_defaults op_defaults constraints; do
        cibadmin --query --scope $scope | sort
      done
      """;
}
