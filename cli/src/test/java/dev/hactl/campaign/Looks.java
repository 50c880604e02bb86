package dev.hactl.campaign;

/** Scripts that look at a host from outside. */
final class Looks {
  private Looks() {}

  /**
   * Everything the quickstart manages and everything a run could leave behind, one fact a line.
   * Numbers of users and the order of accounts and host names depend on history, so names stand for
   * the first and lines are sorted for the second.
   */
  static final String FINGERPRINT =
      """
      cd /
      accounts='passwd|shadow|group|gshadow|subuid|subgid'
      find etc usr/local usr/sbin home root var/lib/hactl var/spool tmp var/tmp -xdev \\
        \\( -path root/.cache -o -path 'tmp/systemd-private-*' -o -path 'var/tmp/systemd-private-*' \\) -prune \\
        -o -printf '%y %m %u:%g %p %l\\n' | grep -Ev " etc/(($accounts)-?|\\.pwd\\.lock|ld\\.so\\.cache|\\.updated) $" | sort
      find etc home root -xdev -path root/.cache -prune -o -type f -print | sort |
        grep -Ev "^etc/(($accounts)-?|hosts|ld\\.so\\.cache|\\.updated)$" | tr '\\n' '\\0' | xargs -0 sha256sum
      sed 's/^/hosts: /' etc/hosts | sort
      for user in root ada grace admin oper locked; do
        getent passwd $user | { IFS=: read -r a b c d e f g; echo "user $a $e $f $g"; }
        getent shadow $user | { IFS=: read -r a b c; echo "password $a $b"; }
        echo "groups $user" $(id -Gn $user | tr ' ' '\\n' | sort)
      done
      getent group operators | { IFS=: read -r a b c d; echo "group $a" $(echo $d | tr , '\\n' | sort); }
      cut -d: -f1 etc/passwd etc/group etc/shadow etc/gshadow | sort | tr '\\n' ' '; echo
      crontab -l | grep -v '^# (' | sed 's/^/cron: /'
      echo "ip_nonlocal_bind $(cat proc/sys/net/ipv4/ip_nonlocal_bind)"
      echo "hactl-tick $(systemctl is-enabled hactl-tick) $(systemctl is-active hactl-tick) says $(cat run/hactl-tick)"
      find run/hactl -mindepth 1 ! -name beat | sort
      if command -v apt-mark >/dev/null; then
        dpkg-query -W -f '${db:Status-Abbrev} ${Package} ${Version}\\n'; apt-mark showmanual
      else rpm -qa | sort; fi
      """;

  /**
   * Processes that came over ssh and are still there, except those of a protected step and the look
   * itself. Hosts of the lab have no logind: sessions live in the control group of sshd's unit, and
   * protected steps move to a scope of their own, all but the shell that waits for them.
   */
  static final String INTERRUPTIBLE =
      """
      kept=' ' mine=' ' p=$$
      while read -r line < /proc/$p/stat && ! grep -q '^sshd: /.*listener' /proc/$p/cmdline; do
        mine="$mine$p "; set -- ${line##*") "}; p=$2
      done 2>/dev/null
      for f in /run/hactl/*/*/*.now; do
        [ -e "$f" ] && read -r state number < "$f" && [ "$state" = PROTECTED ] || continue
        read -r pid rest < "${f%.now}.pid" && read -r line < /proc/$pid/stat || continue
        set -- ${line##*") "}; kept="$kept$4 "
      done 2>/dev/null
      for p in /proc/[0-9]*; do
        grep -q '/ssh\\.service$' $p/cgroup 2>/dev/null && read -r line < $p/stat 2>/dev/null || continue
        set -- ${line##*") "}
        case $mine in *" ${p#/proc/} "*|*" $2 "*) continue ;; esac
        words=$(tr '\\0' ' ' < $p/cmdline 2>/dev/null)
        case $words in *'[listener]'*) continue ;; esac
        case $1$kept in Z*|*" $4 "*) continue ;; esac
        echo "${p#/proc/} $1 $words"
      done
      exit 0
      """;

  /** Processes of protected steps. */
  static final String PROTECTED =
      """
      for p in $(grep -l 'run-.*\\.scope$' /proc/[0-9]*/cgroup 2>/dev/null); do
        p=${p%/cgroup}
        echo "${p#/proc/} $(tr '\\0' ' ' < $p/cmdline 2>/dev/null)"
      done
      """;

  /** Ends with the last protected step. */
  static final String AWAIT_PROTECTED =
      """
      i=0
      while grep -q 'run-.*\\.scope$' /proc/[0-9]*/cgroup 2>/dev/null; do
        i=$((i + 1)); [ $i -lt 600 ] || exit 1; sleep 0.1
      done
      """;

  /** What the package tools themselves find wrong with their database. */
  static String packageTroubles(Machine machine) {
    return machine.debian()
        ? """
        dpkg --audit
        dpkg-query -W -f '${db:Status-Abbrev} ${Package}\\n' | grep -v -e '^ii ' -e '^rc '
        [ -z "$(ls /var/lib/dpkg/updates)" ] || echo 'a journal of dpkg is left'
        apt-get check 2>&1 >/dev/null
        exit 0
        """
        : """
        dnf -q check 2>&1
        rpm -qa --qf '%{NAME}\\n' | sort | uniq -d
        rpm -V --noconfig $(rpm -qa 'hactl-*') 2>&1
        rpmdb --verifydb 2>&1
        exit 0
        """;
  }

  /** Notes for the next run: handlers that did not run, objects left unfinished. */
  static final String NOTES =
      "cd /var/lib/hactl 2>/dev/null && find . -type f ! -path './runs/*' | sort; exit 0";
}
