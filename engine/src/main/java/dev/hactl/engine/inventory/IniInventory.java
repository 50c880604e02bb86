package dev.hactl.engine.inventory;

import dev.hactl.engine.source.Near;
import dev.hactl.engine.source.Node;
import dev.hactl.engine.source.Place;
import dev.hactl.engine.source.Problem;
import dev.hactl.engine.source.Problems;
import dev.hactl.engine.source.SourceException;
import dev.hactl.engine.source.SourceFile;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads an inventory in Ansible's INI form: {@code [group]} with host lines, {@code
 * [group:children]}, {@code [group:vars]}. Values are typed as Ansible types them, see {@link
 * PythonLiteral}.
 */
final class IniInventory {
  private static final List<String> KINDS = List.of("hosts", "children", "vars");
  private static final Pattern SECTION =
      Pattern.compile("\\[([^:\\]\\s]+)(?::(\\w+))?]\\s*(?:#.*)?");
  private static final Pattern GROUP = Pattern.compile("([^:\\]\\s=,]+)\\s*(?:#.*)?");
  private static final Pattern COLON = Pattern.compile("\\w+:\\s.*");
  private static final Pattern COMMENT = Pattern.compile("\\s#");

  private final Drafts drafts;
  private final Problems problems;
  private final Map<String, Place> inSection = new HashMap<>();
  private final Map<String, Node.Entry> vars = new LinkedHashMap<>();
  private String group = "ungrouped";
  private String kind = "hosts";
  private boolean skips;

  private IniInventory(Drafts drafts, Problems problems) {
    this.drafts = drafts;
    this.problems = problems;
  }

  /**
   * Adds what a file says.
   *
   * @param text the file's text
   * @param file what messages quote: the text without passwords
   */
  static void read(String text, SourceFile file, Drafts drafts, Problems problems) {
    var reader = new IniInventory(drafts, problems);
    int number = 0;
    for (String line : (Iterable<String>) text.lines()::iterator) {
      number++;
      String stripped = line.strip();
      if (!stripped.isEmpty() && stripped.charAt(0) != '#' && stripped.charAt(0) != ';') {
        Place place = file.at(number, line.indexOf(stripped.charAt(0)) + 1);
        try {
          reader.line(stripped, place);
        } catch (SourceException e) {
          problems.addAll(e.problems());
        }
      }
    }
    reader.endSection();
  }

  private void line(String line, Place place) {
    if (line.startsWith("[")
        && !isAddress(line)
        && (SECTION.matcher(line).matches() || header(line))) {
      section(line, place);
    } else if (skips) {
      return; // what belongs to a section that is wrong is not told too
    } else {
      switch (kind) {
        case "hosts" -> hosts(line, place);
        case "children" -> child(line, place);
        default -> variable(line, place);
      }
    }
  }

  private static boolean isAddress(String line) {
    return line.endsWith("]") && HostWord.isIpv6(line.substring(1, line.length() - 1));
  }

  /** Whether a line that begins with a bracket is meant as a section: a range goes on behind it. */
  private static boolean header(String line) {
    int end = line.indexOf(']');
    return end < 0 || end == line.length() - 1 || line.substring(end + 1).isBlank();
  }

  private void section(String line, Place place) {
    endSection();
    Matcher m = SECTION.matcher(line);
    skips = !m.matches();
    if (skips) {
      throw wrong(
          place,
          "this is no section",
          "write [GROUP], [GROUP:children] or [GROUP:vars], without blanks");
    }
    group = m.group(1);
    kind = Optional.ofNullable(m.group(2)).orElse("hosts");
    if (!KINDS.contains(kind)) {
      skips = true;
      throw wrong(
          place.right(m.start(2)),
          "a section cannot be of '" + kind + "'",
          Near.hint(kind, KINDS).orElse("known: " + String.join(", ", KINDS)));
    }
    if (kind.equals("vars")) {
      drafts.expect(group, place.right(m.start(1)), "[" + group + ":vars] is of a group");
    } else {
      drafts.group(group, place.right(m.start(1)));
    }
  }

  private void endSection() {
    inSection.clear();
    if (!vars.isEmpty()) {
      List<Node.Entry> all = List.copyOf(vars.values());
      drafts.vars(group, new Node.Mapping(all, all.getFirst().key().place()), false);
      vars.clear();
    }
  }

  private void hosts(String line, Place place) {
    List<IniWords.Word> words = IniWords.of(line, place);
    IniWords.Word first = words.getFirst();
    if (COLON.matcher(line).matches() || first.text().endsWith(":") || first.text().equals("-")) {
      throw wrong(
          place,
          "this is no line of the INI form",
          "a host line is NAME key=value ...; an inventory in YAML begins with 'all:'");
    }
    if (first.equals() >= 0) {
      throw wrong(
          place,
          "a host line begins with the name of a host",
          "variables of a group stand below [" + group + ":vars]");
    }
    Place earlier = inSection.putIfAbsent(first.text(), place);
    if (earlier != null) {
      throw wrong(
          place,
          "'" + first.text() + "' stands twice in [" + group + "]",
          "it stands first in line " + earlier.line() + "; keep one of them");
    }
    HostWord hosts = HostWord.read(first.text(), place);
    Optional<Node.Mapping> own = variables(words.subList(1, words.size()));
    for (String name : hosts.names()) {
      drafts.host(group, name, place);
      hosts.portVariable(place).ifPresent(p -> drafts.hostVars(name, p, false));
      own.ifPresent(m -> drafts.hostVars(name, m, false));
    }
  }

  private Optional<Node.Mapping> variables(List<IniWords.Word> words) {
    var entries = new LinkedHashMap<String, Node.Entry>();
    for (IniWords.Word word : words) {
      int equals = word.equals();
      if (equals <= 0) {
        problems.error(
            word.place(),
            "behind the name of a host stand variables as key=value, not '" + word.text() + "'",
            "there are no blanks around '='; a value with blanks is quoted");
        break;
      }
      put(
          entries,
          new Node.Scalar(word.text().substring(0, equals), Node.Kind.TEXT, true, "", word.place()),
          value(word.text().substring(equals + 1), word.value()));
    }
    return entries.isEmpty()
        ? Optional.empty()
        : Optional.of(new Node.Mapping(List.copyOf(entries.values()), words.getFirst().place()));
  }

  private void put(Map<String, Node.Entry> into, Node.Scalar key, Node value) {
    if (!key.text().matches("[A-Za-z_]\\w*")) {
      problems.error(
          key.place(),
          "'" + key.text() + "' cannot be the name of a variable",
          "a name has letters, digits and _, and no digit in front");
      return;
    }
    Node.Entry earlier = into.putIfAbsent(key.text(), new Node.Entry(key, value));
    if (earlier != null) {
      problems.error(
          key.place(),
          "the key '" + key.text() + "' stands twice",
          "it stands first at " + earlier.key().place() + "; keep one of them");
    }
  }

  private void child(String line, Place place) {
    Matcher m = GROUP.matcher(line);
    if (!m.matches()) {
      throw wrong(
          place,
          "below [" + group + ":children] stands the name of a group in each line",
          "hosts stand below [" + group + "]");
    }
    drafts.child(group, m.group(1), place);
  }

  private void variable(String line, Place place) {
    int equals = line.indexOf('=');
    if (equals <= 0) {
      throw wrong(
          place,
          "below [" + group + ":vars] stands key=value in each line",
          COLON.matcher(line).matches() ? "write = for :" : "");
    }
    String key = line.substring(0, equals).strip();
    String value = line.substring(equals + 1);
    Place at = place.right(equals + 1 + value.length() - value.stripLeading().length());
    String text = value.strip();
    Node typed = value(text, at);
    Matcher comment = COMMENT.matcher(text);
    boolean kept = typed instanceof Node.Scalar s && s.text().equals(text) && comment.find();
    if (kept) {
      problems.add(
          Problem.warning(
              "inventory-value-kept",
              at.right(comment.start() + 1),
              "this is part of the value, not a comment",
              "a comment stands on a line of its own; quote the value if '#' is meant"));
    }
    put(vars, new Node.Scalar(key, Node.Kind.TEXT, true, "", place), typed);
  }

  private Node value(String text, Place place) {
    Optional<Node> literal = PythonLiteral.parse(text, place);
    if (literal.isEmpty() && PythonLiteral.isJson(text, place)) {
      problems.add(
          Problem.warning(
              "inventory-value-kept",
              place,
              "this is a text, not a list or mapping",
              "the INI form has Python's words: True, False and None"));
    }
    return literal.orElseGet(() -> new Node.Scalar(text, Node.Kind.TEXT, true, "", place));
  }

  private static SourceException wrong(Place place, String message, String advice) {
    return new SourceException(Problem.error(place, message, advice));
  }
}
