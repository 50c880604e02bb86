package dev.hactl.modules.packages;

import java.util.List;

/**
 * What a package transaction of hactl leaves on the host while it runs: a directory that is made
 * before the first package is touched and removed when everything is put back. Whoever finds it and
 * no living process knows that a transaction was cut short.
 *
 * @param running whether the process that made it is alive
 * @param packages what the transaction was about
 */
record Note(boolean running, List<String> packages) {
  /** The directory; it must survive a reboot. */
  static final String DIRECTORY = "/var/lib/hactl/package-transaction";

  /** Where dpkg's maintainer scripts ask whether they may start a service. */
  static final String POLICY = "/usr/sbin/policy-rc.d";

  /** Where an earlier policy waits. */
  static final String SAVED_POLICY = POLICY + ".hactl-saved";

  /** The second line of hactl's own policy. */
  static final String POLICY_MARK = "# hactl: no service starts during a package transaction";

  /**
   * Prints the section {@code note}: {@code running} or {@code left}, then the packages. The boot
   * id tells a process of an earlier boot from one that got the same number.
   */
  static final String PROBE =
      """
      h_s note
      if [ -d %1$s ]; then
        h_pid=; h_boot=; h_now=
        [ ! -r %1$s/process ] || read -r h_pid h_boot < %1$s/process || :
        [ ! -r /proc/sys/kernel/random/boot_id ] || read -r h_now < /proc/sys/kernel/random/boot_id || :
        if [ -n "$h_pid" ] && [ "$h_boot" = "$h_now" ] && [ -d "/proc/$h_pid" ]; then
          printf 'running\\n'
        else
          printf 'left\\n'
        fi
        [ ! -r %1$s/packages ] || while IFS= read -r h_line; do printf '%%s\\n' "$h_line"; done < %1$s/packages
      elif [ -e %3$s ] || [ -h %3$s ]; then
        printf 'left\\n'
      elif [ -r %2$s ]; then
        h_line=; { read -r h_line; IFS= read -r h_line; } < %2$s || :
        if [ "$h_line" = '%4$s' ]; then printf 'left\\n'; fi
      fi
      """
          .formatted(DIRECTORY, POLICY, SAVED_POLICY, POLICY_MARK);
}
