package dev.hactl.modules.contract;

import dev.hactl.engine.module.Field;
import dev.hactl.engine.module.Form;
import dev.hactl.engine.module.Type;
import dev.hactl.engine.source.Node;
import dev.hactl.engine.source.Problems;
import dev.hactl.engine.source.SourceFile;
import dev.hactl.engine.source.YamlReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Variants of an example: with mistakes that must be refused, and with secrets in its texts. */
final class Mistakes {
  private static final Set<String> TYPED = Set.of("string", "integer", "number", "boolean");

  private final String yaml;
  private final List<String> lines;
  private final Form<?> form;
  private final Optional<Node.Mapping> args;

  /**
   * An example to vary.
   *
   * @param names how its module is called in playbooks
   */
  Mistakes(String yaml, Form<?> form, Set<String> names) {
    this.yaml = yaml;
    this.lines = yaml.lines().toList();
    this.form = form;
    this.args = arguments(names);
  }

  /**
   * A variant.
   *
   * @param what what was done to the example
   * @param says what the message must name
   */
  record Variant(String what, String says, String yaml) {}

  /** The first call of the module whose parameters stand on lines of their own. */
  private Optional<Node.Mapping> arguments(Set<String> names) {
    var root = YamlReader.parse(new SourceFile("example", yaml), new Problems());
    if (root.isEmpty() || !(root.get() instanceof Node.Sequence tasks)) {
      return Optional.empty();
    }
    for (Node task : tasks.items()) {
      if (task instanceof Node.Mapping mapping) {
        for (Node.Entry entry : mapping.entries()) {
          if (names.contains(entry.name())
              && entry.value() instanceof Node.Mapping found
              && !found.entries().isEmpty()
              && found.place().line() > entry.key().place().line()) {
            return Optional.of(found);
          }
        }
      }
    }
    return Optional.empty();
  }

  /** Generated mistakes: an unknown parameter, wrong types, missing ones. */
  List<Variant> mistakes() {
    var variants = new ArrayList<Variant>();
    if (args.isEmpty()) {
      return variants;
    }
    List<Node.Entry> entries = args.get().entries();
    if (!form.open()) {
      Node.Entry first = entries.getFirst();
      int at = first.key().place().line() - 1;
      String indent = lines.get(at).substring(0, first.key().place().column() - 1);
      var copy = new ArrayList<>(lines);
      copy.add(at + 1 + extent(0), " ".repeat(indent.length()) + "no_such_parameter: 1");
      variants.add(new Variant("an unknown parameter", "no_such_parameter", text(copy)));
    }
    for (int i = 0; i < entries.size(); i++) {
      Optional<Field<?>> field = form.field(entries.get(i).name());
      if (field.isEmpty()) {
        continue;
      }
      String name = field.get().name();
      if (field.get().type() instanceof Type.Plain<?> plain && TYPED.contains(plain.json())) {
        variants.add(
            new Variant("'" + name + "' of a wrong type", name, replaced(i, "[{not: a scalar}]")));
      }
      if (field.get().required() && entries.size() > 1) {
        variants.add(new Variant("without '" + name + "'", name, without(i)));
      }
    }
    return variants;
  }

  /** The example with a secret at the end of each text, one text at a time. */
  List<Variant> secrets() {
    var variants = new ArrayList<Variant>();
    List<Node.Entry> entries = args.map(Node.Mapping::entries).orElse(List.of());
    for (int i = 0; i < entries.size(); i++) {
      Node.Entry entry = entries.get(i);
      boolean text =
          form.field(entry.name())
              .map(f -> f.type() instanceof Type.Plain<?> p && takesText(p))
              .orElse(form.open());
      if (text && entry.value() instanceof Node.Scalar s && s.kind() == Node.Kind.TEXT) {
        String value =
            "\""
                + s.text().replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n")
                + "${"
                + Playbook.SECRET
                + "}\"";
        variants.add(new Variant(entry.name(), "", replaced(i, value)));
      }
    }
    return variants;
  }

  private static boolean takesText(Type.Plain<?> type) {
    return Set.of("string", "").contains(type.json()) && type.choices().isEmpty();
  }

  /** How many lines after its first an entry goes on. */
  private int extent(int entry) {
    int first = args.orElseThrow().entries().get(entry).key().place().line() - 1;
    int column = args.orElseThrow().entries().get(entry).key().place().column() - 1;
    int next = first + 1;
    while (next < lines.size() && deeper(lines.get(next), column)) {
      next++;
    }
    return next - first - 1;
  }

  private static boolean deeper(String line, int column) {
    return line.isBlank() || line.length() - line.stripLeading().length() > column;
  }

  private String replaced(int entry, String value) {
    Node.Entry old = args.orElseThrow().entries().get(entry);
    int at = old.key().place().line() - 1;
    var copy = new ArrayList<>(lines);
    for (int i = extent(entry); i > 0; i--) {
      copy.remove(at + i);
    }
    copy.set(
        at, lines.get(at).substring(0, old.key().place().column() - 1) + old.name() + ": " + value);
    return text(copy);
  }

  private String without(int entry) {
    int at = args.orElseThrow().entries().get(entry).key().place().line() - 1;
    var copy = new ArrayList<>(lines);
    for (int i = extent(entry); i >= 0; i--) {
      copy.remove(at + i);
    }
    return text(copy);
  }

  private static String text(List<String> lines) {
    return String.join("\n", lines) + "\n";
  }
}
