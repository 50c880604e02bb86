package dev.hactl.modules.contract;

import dev.hactl.engine.module.Sh;
import dev.hactl.lab.LabHost;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A container that can be looked at, put back to how it was, and watched: every program that a
 * login starts goes through a spy that notes its words and can cut the connection before the n-th.
 */
final class ContractHost implements AutoCloseable {
  private static final String SPY = "/opt/contract-spy";
  private static final String COPY = "/contract-copy";

  /** Directories that are copied when the host is fresh and restored from there. */
  private static final String PLACES = "/etc /usr/local /root /home /srv /opt /var";

  private final LabHost lab;
  private final RootShell host;
  private final Fingerprint fresh;
  private final List<String> packages;

  ContractHost(LabHost lab) {
    this.lab = lab;
    this.host = new RootShell(lab);
    host.sh(SETUP);
    host.sh("rm -rf " + COPY + "; mkdir " + COPY + "; cp -a --parents " + PLACES + " " + COPY);
    this.packages = packages();
    this.fresh = look();
  }

  /**
   * Puts a spy before every program. It counts those of hactl's jobs, not those of the shell that
   * supervises them; setsid starts a job and belongs to neither. It does not count looks, which
   * have their locale: whether the first one is a job of its own depends on how quickly the shell
   * was ready. sshd hands the PATH to the shells it starts, and hactl keeps the order of the PATH
   * it finds.
   */
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
        echo "$n $*" >> /run/contract-spy/words
        session() { sid=$4; }
        read -r s < /proc/$$/stat
        session ${s##*) }
        case $(/usr/bin/tr '\\0' ' ' < "/proc/$sid/cmdline") in *" /dev/fd/3 "*) job=1 ;; *) job= ;; esac
        [ "$LC_ALL" != C ] || job=
        all="$n $*"
        [ -z "$job" ] || echo "${all%%"$nl"*}" >> /run/contract-spy/log
        if [ -n "$job" ] && [ -e /run/contract-spy/kill ]; then
          c=0; while read -r x; do c=$((c + 1)); done < /run/contract-spy/log
          read -r k < /run/contract-spy/kill
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
      for d in /usr/sbin /usr/bin; do
        for f in "$d"/*; do if [ -x "$f" ]; then ln -sf ../spy "@SPY@/bin/${f##*/}"; fi; done
      done
      rm @SPY@/bin/setsid
      printf 'SetEnv PATH=@SPY@/bin:/usr/sbin:/usr/bin:/sbin:/bin\\n' > /etc/ssh/sshd_config.d/spy.conf
      systemctl restart ssh
      """
          .replace("@SPY@", SPY);

  LabHost lab() {
    return lab;
  }

  /** Runs a text as root, beside hactl. */
  RootShell.Result run(String text) {
    return host.run(text);
  }

  /** Lets go of the host. */
  @Override
  public void close() {
    host.close();
  }

  /** Looks at everything. */
  Fingerprint look() {
    settle();
    return Fingerprint.parse(host.sh(Fingerprint.LOOK));
  }

  /** Forgets what the spy noted and lets it note from now on. */
  void spy() {
    host.sh("rm -rf /run/contract-spy; mkdir -m 1777 /run/contract-spy");
  }

  /** Lets the connection be cut before the n-th program from now on. */
  void cutBefore(int program) {
    host.sh(
        "rm -rf /run/contract-spy; mkdir /run/contract-spy; echo "
            + program
            + " > /run/contract-spy/kill");
  }

  /** Whether the cut that was asked for was made. */
  boolean wasCut() {
    return host.run("test ! -e /run/contract-spy/kill").status() == 0;
  }

  /** Everything that stood in the process list since: each program with its words. */
  String words() {
    return host.sh("cat /run/contract-spy/words 2> /dev/null || :");
  }

  /** The programs that jobs started since; nothing is noted any more. */
  List<String> spied() {
    String log =
        host.sh(
            "cat /run/contract-spy/log 2> /dev/null; "
                // A program that ends only now may write one more line.
                + "until rm -rf /run/contract-spy 2> /dev/null; do :; done");
    return log.isEmpty() ? List.of() : log.lines().toList();
  }

  /** Waits until nothing of a run is left; all of it has the spy in its environment. */
  void settle() {
    host.sh(
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

  /** Contents of what differs from the fresh host, so that two ways to a state can be compared. */
  Map<String, String> state() {
    Fingerprint now = look();
    var state = new LinkedHashMap<String, String>();
    List<String> paths = new ArrayList<>(fresh.paths(now));
    for (String line : fresh.changed(now)) {
      String name = line.lines().findFirst().orElse("");
      if (!name.startsWith("file ") && !name.startsWith("process ")) {
        state.put(name, line);
      }
    }
    Map<String, String> copies = describe(COPY, paths);
    describe("", paths)
        .forEach((path, text) -> {
          // What was only touched is as on the fresh host.
          if (!text.equals(copies.get(path))) {
            state.put(path, text);
          }
        });
    return state;
  }

  /** Type, mode, owner and content of each path that is there; cron dates what it installs. */
  private Map<String, String> describe(String below, List<String> paths) {
    var all = new LinkedHashMap<String, String>();
    if (!paths.isEmpty()) {
      String text =
          """
          cd "${below:-/}" || exit
          for p do
            f=$below$p
            if [ -L "$f" ]; then printf '%s\\t-> %s\\n' "$p" "$(readlink "$f")"
            elif [ -f "$f" ]; then
              printf '%s\\t%s %s\\n' "$p" "$(stat -c '%A %U:%G' "$f")" "$(sed '/^# (- installed on /d' "$f" | sha256sum)"
            elif [ -e "$f" ]; then printf '%s\\t%s\\n' "$p" "$(stat -c '%A %U:%G' "$f")"
            fi
          done
          """;
      host.sh("below=" + below + "\nset -- " + Sh.words(paths) + "\n" + text)
          .lines()
          .forEach(l -> all.put(l.replaceFirst("\t.*", ""), l));
    }
    return all;
  }

  /** Puts the host back to how it was when it was fresh. */
  void restore() {
    Fingerprint now = look();
    var text = new StringBuilder();
    for (String process : now.processesSince(fresh)) {
      text.append("kill -9 ").append(process).append(" 2> /dev/null\n");
    }
    Map<String, String> units = fresh.units(now);
    units.forEach((unit, state) -> {
      if (!state.contains(" active ")) {
        text.append("systemctl -q stop ").append(Sh.quote(unit)).append(" 2> /dev/null\n");
      }
    });
    List<String> paths = fresh.paths(now);
    List<String> more =
        paths.stream().anyMatch(p -> p.startsWith("/var/lib/dpkg") || p.startsWith("/var/lib/rpm"))
            ? packages()
            : new ArrayList<>();
    more.removeAll(packages);
    if (!more.isEmpty()) {
      text.append("if command -v dnf > /dev/null; then rpm -e --nodeps ")
          .append(Sh.words(more))
          .append("; else dpkg --purge --force-all ")
          .append(Sh.words(more))
          .append("; fi > /dev/null 2>&1\n");
    }
    if (!paths.isEmpty()) {
      text.append("for p in ").append(Sh.words(paths)).append("; do\n").append(RESTORE);
    }
    fresh.changed(now).stream()
        .filter(l -> l.startsWith("kernel hostname"))
        .findFirst()
        .ifPresent(
            l -> text.append("hostname ").append(fresh.facts().get("kernel hostname").strip()));
    if (!units.isEmpty() || paths.stream().anyMatch(p -> p.contains("systemd"))) {
      text.append("\nsystemctl daemon-reload; systemctl reset-failed\n");
    }
    units.forEach((unit, state) -> {
      if (state.contains(" active ")) {
        text.append("systemctl -q start ").append(Sh.quote(unit)).append('\n');
      }
    });
    if (text.isEmpty()) {
      return;
    }
    RootShell.Result result = host.run("{ " + text + "\n} > /dev/null 2>&1\n" + Fingerprint.LOOK);
    List<String> left = fresh.changed(Fingerprint.parse(result.out()));
    if (!left.isEmpty()) {
      throw new AssertionError(
          "the test cannot put the host back:\n" + String.join("\n", left) + "\n" + text);
    }
  }

  /** Files of the container that Docker mounts are written in place. */
  private static final String RESTORE =
      """
        c=%s$p
        case $p in
          /etc/hosts | /etc/hostname | /etc/resolv.conf) cat "$c" > "$p"; continue ;;
        esac
        if [ -d "$c" ] && [ ! -L "$c" ] && [ -d "$p" ] && [ ! -L "$p" ]; then
          chown --reference="$c" "$p"; chmod --reference="$c" "$p"; touch -r "$c" "$p"
        else
          rm -rf "$p"
          if [ -e "$c" ] || [ -L "$c" ]; then cp -a "$c" "$p"; fi
        fi
      done
      """
          .formatted(COPY);

  private List<String> packages() {
    String list =
        host.sh(
            "if command -v dnf > /dev/null; then rpm -qa --qf '%{NAME}\\n'; else"
                + " dpkg-query -W -f '${Package}\\n'; fi");
    return new ArrayList<>(list.lines().sorted().collect(Collectors.toList()));
  }
}
