package dev.hactl.modules.security;

import dev.hactl.engine.module.Answer;
import dev.hactl.engine.module.Probe;
import dev.hactl.engine.module.Sh;
import dev.hactl.engine.module.UnreadableAnswer;
import dev.hactl.modules.text.Sections;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A chain of the packet filter, or a whole table.
 *
 * @param tool whether iptables is there
 * @param chain whether the chain exists
 * @param rules the chain as {@code iptables -S} prints it
 * @param check exit status of {@code iptables -C}: 0 when the rule is there; empty when not asked
 * @param message what iptables said when it failed
 * @param file where rules are kept for the next boot; empty when nothing here loads them
 * @param saved the lines of the table in that file
 */
record FilterState(
    boolean tool,
    boolean chain,
    List<String> rules,
    Optional<Integer> check,
    String message,
    String file,
    List<String> saved) {

  private static final String MARK = "hactl-filter";

  /** Asks for the chain and, where a rule is wished, for that rule exactly. */
  static Probe<FilterState> probe(RuleWish wish) {
    String chain = wish.chain().isEmpty() ? "" : " " + Sh.quote(wish.chain());
    var text = new StringBuilder(wish.shell());
    text.append("command -v ").append(wish.tool()).append(" >/dev/null 2>&1 || exit 0\n");
    text.append(Sections.mark(MARK, "rules"));
    text.append(wish.command()).append(" -S").append(chain).append("\nrc=$?\n");
    text.append("printf '\\n%s chain\\n%s\\n' ").append(MARK).append(" $rc\n");
    if (wish.what() instanceof RuleWish.Rule rule) {
      text.append("if [ $rc = 0 ]; then\n");
      text.append(Sections.mark(MARK, "said"));
      text.append(wish.command())
          .append(" -C")
          .append(chain)
          .append(' ')
          .append(Sh.words(rule.words()))
          .append("\nrc=$?\n");
      text.append("printf '\\n%s check\\n%s\\n' ").append(MARK).append(" $rc\nfi\n");
    }
    if (wish.persist()) {
      text.append(saved(wish));
    }
    text.append(Sections.mark(MARK, "end"));
    return Probe.sh(text.toString(), a -> parse(wish, a));
  }

  private static String saved(RuleWish wish) {
    return """
    f=
    if command -v netfilter-persistent >/dev/null 2>&1; then f=DEBIAN
    elif [ -e /usr/lib/systemd/system/TOOL.service ] || [ -e /etc/init.d/TOOL ]; then f=REDHAT; fi
    """
            .replace("REDHAT", wish.files().getFirst())
            .replace("DEBIAN", wish.files().get(1))
            .replace("TOOL", wish.tool())
        + Sections.mark(MARK, "file")
        + "printf '%s\\n' \"$f\"\n"
        + Sections.mark(MARK, "saved")
        + "[ -z \"$f\" ] || [ ! -r \"$f\" ] || cat \"$f\"\n";
  }

  static FilterState parse(RuleWish wish, Answer answer) {
    Sections sections = Sections.of(MARK, answer.bytes());
    if (answer.isMissing()) {
      throw new UnreadableAnswer("the packet filter could not be read");
    }
    if (sections.get("rules").isEmpty()) {
      return new FilterState(false, false, List.of(), Optional.empty(), "", "", List.of());
    }
    if (sections.get("end").isEmpty()) {
      throw new UnreadableAnswer("the packet filter was read in part only");
    }
    boolean chain = sections.body("chain").strip().equals("0");
    List<String> printed =
        sections.body("rules").lines().filter(l -> !l.isBlank() && !l.startsWith("#")).toList();
    return new FilterState(
        true,
        chain,
        chain ? printed : List.of(),
        sections.get("check").map(c -> Integer.parseInt(c.strip())),
        chain ? sections.body("said").strip() : String.join(" ", printed),
        sections.body("file").strip(),
        table(wish.table(), sections.body("saved")));
  }

  /**
   * The lines of one table of an iptables-save(8) file, as {@code iptables -S} would print them.
   */
  private static List<String> table(String name, String text) {
    var lines = new ArrayList<String>();
    boolean inside = false;
    for (String line : text.lines().toList()) {
      if (line.startsWith("*")) {
        inside = line.equals("*" + name);
      } else if (inside && line.startsWith(":")) {
        String[] words = line.substring(1).split(" ", 3);
        lines.add(words[1].equals("-") ? "-N " + words[0] : "-P " + words[0] + " " + words[1]);
      } else if (inside && (line.startsWith("-A") || line.startsWith("["))) {
        lines.add(line.replaceFirst("^\\[\\d+:\\d+\\] ", ""));
      }
    }
    return List.copyOf(lines);
  }

  /** What happens to packets that no rule takes; empty for a chain of one's own. */
  Optional<String> policy(String name) {
    String start = "-P " + name + " ";
    return rules.stream()
        .filter(l -> l.startsWith(start))
        .map(l -> l.substring(start.length()))
        .findFirst();
  }

  boolean hasRules() {
    return rules.stream().anyMatch(l -> l.startsWith("-A "));
  }

  /** Whether the file holds exactly the rules of the chain. */
  boolean isSaved(String name) {
    return rules.equals(
        name.isEmpty()
            ? saved
            : saved.stream().filter(l -> l.split(" ", 3)[1].equals(name)).toList());
  }
}
