package dev.hactl.modules.contract;

import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Watches a host: every program that a login starts goes through a script that notes its words and
 * can cut the connection before one of them.
 *
 * <p>It counts the programs of hactl's jobs, not those of the shell that supervises them; setsid
 * starts a job and belongs to neither. It does not count looks, which have their locale: whether
 * the first one is a job of its own depends on how quickly the shell was ready.
 */
final class Spy {
  private static final String NOTES = "/run/contract-spy";

  private final UnaryOperator<String> host;

  private Spy(UnaryOperator<String> host) {
    this.host = host;
  }

  /**
   * Puts the script before every program.
   *
   * @param host runs a text as root that has to succeed, and returns what it printed
   * @param folder for the script; its name holds {@code contract-spy}, so that everything that is
   *     started through it can be told by its PATH
   * @param programs only these; none for all there are, which takes a while
   */
  static Spy on(UnaryOperator<String> host, String folder, String... programs) {
    String which = programs.length == 0 ? "/usr/sbin/* /usr/bin/*" : String.join(" ", programs);
    var unused = host.apply(SETUP.replace("@SPY@", folder).replace("@PROGRAMS@", which));
    return new Spy(host);
  }

  /** The same on a host with systemd and an sshd of its own. */
  static Spy onSshd(UnaryOperator<String> host, String folder, String... programs) {
    Spy spy = on(host, folder, programs);
    var unused =
        host.apply(
            "echo '" + path(folder) + "' > /etc/ssh/sshd_config.d/spy.conf; systemctl restart ssh");
    return spy;
  }

  /**
   * The line of sshd's configuration that leads logins through it: sshd hands the PATH to the
   * shells it starts, and hactl keeps the order of the PATH it finds.
   */
  static String path(String folder) {
    return "SetEnv PATH=" + folder + "/bin:/usr/sbin:/usr/bin:/sbin:/bin";
  }

  private static final String SETUP =
      """
      set -e
      mkdir -p @SPY@/bin
      cat > @SPY@/spy <<'EOF'
      #!/bin/sh
      n=${0##*/}
      nl='
      '
      if [ -d /run/contract-spy ]; then
        printf "%s\\n" "$n $*" >> /run/contract-spy/words
        session() { sid=$4; }
        read -r s < /proc/$$/stat
        session ${s##*) }
        case $(/usr/bin/tr '\\0' ' ' < "/proc/$sid/cmdline") in *" /dev/fd/3 "*) job=1 ;; *) job= ;; esac
        [ "$LC_ALL" != C ] || job=
        all="$n $*"
        all=${all%%"$nl"*}
        [ -z "$job" ] || printf "%s\\n" "$all" >> /run/contract-spy/log
        if [ -n "$job" ] && [ -e /run/contract-spy/kill ]; then
          { read -r k; IFS= read -r like; } < /run/contract-spy/kill
          c=0
          case $all in $like)
            while IFS= read -r x; do case $x in $like) c=$((c + 1)) ;; esac; done < /run/contract-spy/log
          esac
          if [ "$c" = "$k" ]; then
            /bin/rm /run/contract-spy/kill
            p=$$
            while [ "$p" -gt 1 ]; do
              read -r s < "/proc/$p/stat" || break
              s=${s##*) }; s=${s#* }; p=${s%% *}
              read -r name < "/proc/$p/comm" || break
              if [ "$name" = sshd ]; then kill -9 "$p"; break; fi
            done
            /bin/sleep 3
          fi
        fi
      fi
      for d in /usr/local/sbin /usr/local/bin /usr/sbin /usr/bin /sbin /bin; do
        if [ -x "$d/$n" ]; then exec "$d/$n" "$@"; fi
      done
      exit 127
      EOF
      chmod 755 @SPY@/spy
      for f in @PROGRAMS@; do ln -sf ../spy "@SPY@/bin/${f##*/}"; done
      rm -f @SPY@/bin/setsid
      """;

  /** Forgets what was noted and notes from now on. */
  void start() {
    sh("rm -rf " + NOTES + "; mkdir -m 1777 " + NOTES);
  }

  /** Lets the connection be cut from now on. */
  void cut(Cut cut) {
    start();
    sh("cat > %s/kill <<'END'\n%d\n%s\nEND\n".formatted(NOTES, cut.nth(), cut.pattern()));
  }

  /** Whether the cut that was asked for was made. */
  boolean wasCut() {
    return sh("[ -e " + NOTES + "/kill ] && echo waiting || :").isEmpty();
  }

  /** Everything that stood in the process list since: each program with its words. */
  String words() {
    return sh("cat " + NOTES + "/words 2> /dev/null || :");
  }

  /** The programs that jobs started since; nothing is noted any more. */
  List<String> stop() {
    String log =
        sh(
            "cat "
                + NOTES
                + "/log 2> /dev/null; "
                // A program that ends only now may write one more line.
                + "until rm -rf "
                + NOTES
                + " 2> /dev/null; do :; done");
    return log.isEmpty() ? List.of() : log.lines().toList();
  }

  /** Undoes {@link #onSshd}. */
  void remove(String folder) {
    sh(
        "rm -rf /etc/ssh/sshd_config.d/spy.conf "
            + NOTES
            + " "
            + folder
            + "; systemctl restart ssh");
  }

  /** Waits until nothing of a run is left; all of it has the spy in its environment. */
  void settle() {
    sh(
        """
        n=0
        while [ "$n" -lt 100 ]; do
          busy=$(grep -ls 'contract-sp[y]' /proc/[0-9]*/environ; grep -ls '^sshd: [^/]' /proc/[0-9]*/cmdline)
          [ -n "$busy" ] || exit 0
          n=$((n + 1)); sleep 0.1
        done
        for p in $busy; do tr '\\0' ' ' < "${p%/*}/cmdline"; done
        exit 1
        """);
  }

  private String sh(String text) {
    return host.apply(text);
  }
}
