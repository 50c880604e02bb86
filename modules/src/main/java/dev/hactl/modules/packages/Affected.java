package dev.hactl.modules.packages;

import dev.hactl.engine.module.Answer;
import dev.hactl.engine.module.Probe;
import dev.hactl.engine.module.Sh;
import dev.hactl.engine.module.Thing;
import java.util.ArrayList;
import java.util.List;

/**
 * What a transaction touches besides the packages' own entries.
 *
 * @param stops running services of packages that go away
 * @param restarts running services of packages that are replaced and whose scripts restart
 *     something
 * @param runs running services of packages that are replaced, restarted or not
 * @param paths files in /etc, programs, unit files of all of them
 * @param data packages whose removal scripts delete below /var/lib, /srv or /var/spool
 */
record Affected(
    List<String> stops,
    List<String> restarts,
    List<String> runs,
    List<Thing> paths,
    List<String> data) {

  static Affected none() {
    return new Affected(List.of(), List.of(), List.of(), List.of(), List.of());
  }

  /** Asks the host about the packages that moves replace or remove. */
  static Probe<Affected> probe(Tool tool, List<Move> moves) {
    List<String> gone =
        moves.stream().filter(m -> m.kind().removes()).map(Move::name).distinct().toList();
    List<String> replaced =
        moves.stream()
            .filter(m -> !m.kind().removes() && m.kind() != Move.Kind.INSTALL)
            .map(Move::name)
            .distinct()
            .toList();
    boolean purge = moves.stream().anyMatch(m -> m.kind() == Move.Kind.PURGE);
    var text = new StringBuilder(tool.dpkg() ? DPKG : RPM);
    text.append(COMMON);
    text.append("h_group gone ").append(Sh.words(gone)).append('\n');
    text.append("h_group replaced ").append(Sh.words(replaced)).append('\n');
    if (purge && tool.dpkg()) {
      text.append("for h_p in ").append(Sh.words(gone)).append("; do\n").append(DATA);
    }
    return Probe.sh(text.toString(), Affected::read);
  }

  private static Affected read(Answer answer) {
    var stops = new ArrayList<String>();
    var restarts = new ArrayList<String>();
    var runs = new ArrayList<String>();
    var paths = new ArrayList<Thing>();
    var data = new ArrayList<String>();
    for (String line : answer.text().split("\n", -1)) {
      String[] f = line.split(" ", 2);
      if (f.length < 2) {
        continue;
      }
      switch (f[0]) {
        case "path" -> {
          paths.add(Thing.path(f[1]));
          if (f[1].contains("/systemd/system/")) {
            paths.add(Thing.unit(f[1].substring(f[1].lastIndexOf('/') + 1)));
          }
        }
        case "gone" -> stops.add(f[1]);
        case "replaced" -> runs.add(f[1]);
        case "restart" -> restarts.add(f[1]);
        case "data" -> data.add(f[1]);
        default -> {}
      }
    }
    return new Affected(
        List.copyOf(stops),
        restarts.isEmpty() ? List.of() : List.copyOf(runs),
        List.copyOf(runs),
        List.copyOf(paths),
        List.copyOf(data));
  }

  private static final String DPKG =
      """
      h_files() {
        for h_p in "$@"; do
          for h_f in /var/lib/dpkg/info/"$h_p".list /var/lib/dpkg/info/"$h_p":*.list; do
            if [ -r "$h_f" ]; then set -- "$@" "$h_f"; fi
          done
          shift
        done
        [ "$#" -eq 0 ] || cat -- "$@"
      }
      h_restarts() { :; }
      """;

  private static final String RPM =
      """
      h_files() { rpm -ql -- "$@" 2>/dev/null; }
      h_restarts() {
        rpm -q --scripts -- "$@" 2>/dev/null | grep -q restart && printf 'restart yes\\n'
      }
      """;

  /** Units with an instance, such as {@code postgresql@.service}, run under many names. */
  private static final String COMMON =
      """
      h_group() {
        h_kind=$1; shift
        [ "$#" -gt 0 ] || return 0
        h_list=$(h_files "$@" | grep -E '^/etc/.|/s?bin/.|/systemd/system/[^/]*$' | head -n 2000)
        printf '%s\\n' "$h_list" | sed -n 's/^\\//path \\//p'
        h_units=$(printf '%s\\n' "$h_list" | sed -n \\
          -e 's|^.*/systemd/system/\\([^/]*\\)@\\.service$|\\1@*.service|p' \\
          -e 's|^.*/systemd/system/\\([^/]*\\.service\\)$|\\1|p' \\
          -e 's|^/etc/\\(rc\\.d/\\)\\{0,1\\}init\\.d/\\([^/]*\\)$|\\2.service|p' | LC_ALL=C sort -u)
        [ -n "$h_units" ] || return 0
        set -f
        if command -v systemctl >/dev/null 2>&1; then
          systemctl list-units --all --plain --no-legend --no-pager --full \\
            --state=active --state=activating --state=reloading -- $h_units 2>/dev/null |
            while read -r h_u h_rest; do printf '%s %s\\n' "$h_kind" "$h_u"; done
        else
          for h_u in $h_units; do
            if [ -e "/var/lock/subsys/${h_u%.service}" ]; then
              printf '%s %s\\n' "$h_kind" "$h_u"
            fi
          done
        fi
        set +f
        if [ "$h_kind" = replaced ]; then h_restarts "$@"; fi
        return 0
      }
      """;

  private static final String DATA =
      """
        for h_f in /var/lib/dpkg/info/"$h_p".postrm /var/lib/dpkg/info/"$h_p":*.postrm; do
          if [ -r "$h_f" ] && grep -q -E 'rm .*(/var/lib/|/srv/|/var/spool/)' "$h_f"; then
            printf 'data %s\\n' "$h_p"
          fi
        done
      done
      """;
}
