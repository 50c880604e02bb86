package dev.hactl.modules.services;

import dev.hactl.engine.module.Answer;
import dev.hactl.engine.module.Collector;
import dev.hactl.engine.module.Sh;
import dev.hactl.modules.text.Sections;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/**
 * Looks at any number of services with one {@code systemctl show}.
 *
 * <p>{@code --value} is avoided because systemd 219 (EL7) lacks it. Only units that failed cost a
 * further process, for the lines that tell why. Without systemd every init script is asked for its
 * status.
 */
enum UnitCollector implements Collector<UnitQuestion> {
  INSTANCE;

  private static final String PROPERTIES =
      "Id,LoadState,ActiveState,SubState,UnitFileState,NeedDaemonReload,MainPID,"
          + "InactiveExitTimestampMonotonic,ActiveEnterTimestampMonotonic,NRestarts,Result,Type,"
          + "RemainAfterExit,CanReload,FragmentPath";

  @Override
  public String script(List<UnitQuestion> questions, String nonce) {
    List<String> all = units(questions);
    return "if [ -d /run/systemd/system ] && command -v systemctl >/dev/null 2>&1; then\n"
        + systemd(questions, all, nonce)
        + "else\n"
        + scripts(all, nonce)
        + "fi\n";
  }

  private static String systemd(List<UnitQuestion> questions, List<String> all, String nonce) {
    var text = new StringBuilder(Sections.mark(nonce, "systemd"));
    // The clock of the timestamps, to tell how long a restarted unit has held.
    text.append("read -r up rest </proc/uptime && printf '%s\\n' \"$up\"\n");
    List<String> shown = all.stream().filter(u -> !UnitName.isTemplate(u)).toList();
    if (!shown.isEmpty()) {
      text.append("out=$(systemctl show -p ")
          .append(PROPERTIES)
          .append(" -- ")
          .append(Sh.words(shown))
          .append(" </dev/null)\n")
          .append(Sections.mark(nonce, "show"))
          .append("printf '%s\\n' \"$out\"\n")
          .append(why(nonce));
    }
    for (String template : all) {
      if (UnitName.isTemplate(template)) {
        text.append(Sections.mark(nonce, "template " + template))
            .append("systemctl is-enabled -- ")
            .append(Sh.quote(template))
            .append(" </dev/null 2>/dev/null\n");
      }
    }
    if (questions.contains(UnitQuestion.MANAGER)) {
      text.append(Sections.mark(nonce, "stale"))
          .append("systemctl show -p Id,NeedDaemonReload '*' </dev/null\n");
    }
    text.append(Sections.mark(nonce, "legacy")).append(legacy(shown));
    List<String> files =
        questions.stream()
            .filter(UnitQuestion::file)
            .map(q -> UnitQuestion.path(q.unit()))
            .distinct()
            .toList();
    if (!files.isEmpty()) {
      String words = Sh.words(files);
      text.append(Sections.mark(nonce, "list"))
          .append("ls -ldn -- ")
          .append(words)
          .append(" 2>/dev/null\n")
          .append(Sections.mark(nonce, "sums"))
          .append("sha256sum -- ")
          .append(words)
          .append(" 2>/dev/null\n");
    }
    return text.append(Sections.mark(nonce, "end")).toString();
  }

  /** Why a unit failed, in systemd's own words; nothing is run for units that did not. */
  private static String why(String nonce) {
    return """
    case $out in
    *ActiveState=failed* | *SubState=auto-restart*)
      id= bad= said=0
      while IFS= read -r line; do
        case $line in
        Id=*) id=${line#Id=} ;;
        ActiveState=failed | SubState=auto-restart*) bad=1 ;;
        '')
          if [ -n "$bad" ] && [ "$said" -lt 5 ]; then
            said=$((said + 1))
            printf '\\nNONCE why %s\\n' "$id"
            systemctl status --no-pager --full --lines=12 -- "$id" </dev/null 2>&1
          fi
          id= bad= ;;
        esac
      done <<EOF_NONCE
    $out

    EOF_NONCE
    esac
    """
        .replace("NONCE", nonce);
  }

  /**
   * Whether init scripts that systemd wraps are enabled: told from their links, without a process.
   */
  private static String legacy(List<String> units) {
    List<String> names =
        units.stream().filter(u -> u.endsWith(".service")).map(UnitName::script).toList();
    if (names.isEmpty()) {
      return "";
    }
    return """
    for s in NAMES; do
      [ -e "/etc/init.d/$s" ] || continue
      for d in /etc /run /usr/lib /lib; do
        [ -e "$d/systemd/system/$s.service" ] && continue 2
      done
    LINKS
      printf '%s %s\\n' "$s" "$e"
    done
    """
        .replace("NAMES", Sh.words(names))
        .replace("LINKS\n", LINKS);
  }

  /** Sets e to whether the init script s has a start link in a level that boots into service. */
  private static final String LINKS =
      """
        e=no
        for l in /etc/rc[2345].d/S[0-9][0-9]"$s" /etc/rc.d/rc[2345].d/S[0-9][0-9]"$s"; do
          [ -e "$l" ] && e=yes
        done
      """;

  private static String scripts(List<String> units, String nonce) {
    return """
    MARK
    for s in NAMES; do
      if [ -e "/etc/init.d/$s" ]; then kind=script
      elif [ -e "/etc/init/$s.conf" ]; then kind=upstart
      else kind=missing; fi
    LINKS
      r=- said=
      if [ $kind != missing ]; then
        if command -v service >/dev/null 2>&1; then
          said=$(service "$s" status </dev/null 2>&1); r=$?
        else
          said=$("/etc/init.d/$s" status </dev/null 2>&1); r=$?
        fi
      fi
      case $said in *stop/waiting*) r=3 ;; esac
      printf '%s %s %s %s\\n' "$s" "$kind" "$e" "$r"
    done
    END
    """
        .replace("MARK\n", Sections.mark(nonce, "scripts"))
        .replace("END\n", Sections.mark(nonce, "end"))
        .replace("NAMES", Sh.words(units.stream().map(UnitName::script).toList()))
        .replace("LINKS\n", LINKS);
  }

  @Override
  public List<Answer> split(List<UnitQuestion> questions, String nonce, byte[] output) {
    Sections sections = Sections.of(nonce, output);
    if (sections.get("end").isEmpty()) {
      return questions.stream().map(q -> Answer.missing()).toList();
    }
    if (sections.get("systemd").isEmpty()) {
      return ofScripts(questions, sections);
    }
    Map<String, String> blocks = blocks(units(questions), sections);
    Map<String, String> legacy = firstWords(sections.body("legacy"));
    var answers = new ArrayList<Answer>();
    for (UnitQuestion q : questions) {
      if (q.equals(UnitQuestion.MANAGER)) {
        answers.add(stale(sections.body("stale")));
        continue;
      }
      String block = blocks.get(q.unit());
      answers.add(block == null ? Answer.missing() : answer(q, block, legacy, sections));
    }
    return answers;
  }

  private static Answer stale(String body) {
    var names = new StringBuilder("Stale\n");
    for (String block : body.split("\n\n+", -1)) {
      if (block.contains("NeedDaemonReload=yes")) {
        block
            .lines()
            .filter(l -> l.startsWith("Id="))
            .forEach(l -> names.append(l, 3, l.length()).append('\n'));
      }
    }
    return Answer.of(0, names.toString());
  }

  private static Answer answer(
      UnitQuestion q, String block, Map<String, String> legacy, Sections sections) {
    var text = new StringBuilder("Manager=systemd\n").append(block).append('\n');
    text.append("Uptime=").append(sections.body("systemd").strip()).append('\n');
    String script = legacy.get(UnitName.script(q.unit()));
    if (script != null) {
      text.append("InitScript=").append(script).append('\n');
    }
    if (q.file()) {
      String path = UnitQuestion.path(q.unit());
      sections
          .body("list")
          .lines()
          .filter(l -> l.endsWith(" " + path) || l.contains(" " + path + " -> "))
          .forEach(l -> text.append("File=").append(l).append('\n'));
      sections
          .body("sums")
          .lines()
          .filter(l -> l.endsWith("  " + path))
          .forEach(l -> text.append("Sum=").append(l, 0, 64).append('\n'));
    }
    block
        .lines()
        .filter(l -> l.startsWith("Id="))
        .findFirst()
        .flatMap(id -> sections.get("why " + id.substring(3)))
        .ifPresent(why -> text.append("Why\n").append(why));
    return new Answer(0, Sections.bytes(text.toString()));
  }

  /** The block of each unit; the order of blocks is the order of the arguments. */
  private static Map<String, String> blocks(List<String> units, Sections sections) {
    var blocks = new HashMap<String, String>();
    List<String> shown = units.stream().filter(u -> !UnitName.isTemplate(u)).toList();
    List<String> printed =
        Arrays.stream(sections.body("show").split("\n\n+", -1))
            .filter(b -> b.contains("Id="))
            .toList();
    if (printed.size() == shown.size()) {
      for (int i = 0; i < shown.size(); i++) {
        blocks.put(shown.get(i), printed.get(i).strip());
      }
    }
    for (String unit : units) {
      sections
          .get("template " + unit)
          .map(String::strip)
          .ifPresent(state -> blocks.put(unit, template(unit, state)));
    }
    return blocks;
  }

  private static String template(String unit, String state) {
    String load = state.isEmpty() || state.equals("not-found") ? "not-found" : "loaded";
    return "Id=" + unit + "\nLoadState=" + load + "\nActiveState=inactive\nUnitFileState=" + state;
  }

  private static List<Answer> ofScripts(List<UnitQuestion> questions, Sections sections) {
    Map<String, String> found = firstWords(sections.body("scripts"));
    found.put("", "missing no -");
    return questions.stream()
        .map(q -> {
          String line = found.get(UnitName.script(q.unit()));
          return line == null
              ? Answer.missing()
              : Answer.of(0, "Manager=scripts\n" + q.unit() + " " + line + "\n");
        })
        .toList();
  }

  private static Map<String, String> firstWords(String body) {
    var words = new HashMap<String, String>();
    body.lines()
        .forEach(l -> {
          int blank = l.indexOf(' ');
          if (blank > 0) {
            words.put(l.substring(0, blank), l.substring(blank + 1));
          }
        });
    return words;
  }

  private static List<String> units(List<UnitQuestion> questions) {
    var units = new LinkedHashSet<String>();
    questions.forEach(q -> units.add(q.unit()));
    units.remove(UnitQuestion.MANAGER.unit());
    return List.copyOf(units);
  }
}
