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

  /** Generated mistakes: an unknown parameter, wrong types, missing ones, unknown words. */
  List<Variant> mistakes() {
    var variants = new ArrayList<Variant>();
    if (args.isEmpty()) {
      return variants;
    }
    List<Node.Entry> entries = args.get().entries();
    if (!form.open()) {
      variants.add(
          new Variant("an unknown parameter", "no_such_parameter", with("no_such_parameter: 1")));
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
    for (Field<?> field : form.fields()) {
      boolean there =
          entries.stream().anyMatch(e -> form.field(e.name()).equals(Optional.of(field)));
      if (!there && field.type() instanceof Type.Plain<?> p && !p.choices().isEmpty()) {
        String name = field.name();
        variants.add(
            new Variant(
                "'" + name + "' with a word that is none of its", name, with(name + ": no_word")));
      }
    }
    return variants;
  }

  /** The example with one more parameter, after the first one. */
  private String with(String parameter) {
    Node.Entry first = args.orElseThrow().entries().getFirst();
    int at = first.key().place().line() - 1;
    var copy = new ArrayList<>(lines);
    copy.add(at + 1 + extent(0), " ".repeat(first.key().place().column() - 1) + parameter);
    return text(copy);
  }

  /**
   * The example with a secret at the end of each text, one text at a time; of a mapping, at the end
   * of all its texts at once.
   */
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
        variants.add(new Variant(entry.name(), "", replaced(i, withSecret(s.text()))));
      } else if (entry.value() instanceof Node.Mapping mapping) {
        inside(mapping).ifPresent(y -> variants.add(new Variant(entry.name(), "", y)));
      }
    }
    return variants;
  }

  private static String withSecret(String text) {
    return "\""
        + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n")
        + "${"
        + Playbook.SECRET
        + "}\"";
  }

  /** With a secret in every text of a mapping that stands there plainly, in one line. */
  private Optional<String> inside(Node.Mapping mapping) {
    var copy = new ArrayList<>(lines);
    // From the last one on, so that those before stay where they are in their line.
    for (Node.Entry entry : mapping.entries().reversed()) {
      if (entry.value() instanceof Node.Scalar s && s.kind() == Node.Kind.TEXT) {
        int at = s.place().line() - 1;
        int column = s.place().column() - 1;
        String line = copy.get(at);
        if (line.startsWith(s.text(), column)) {
          String rest = line.substring(column + s.text().length());
          copy.set(at, line.substring(0, column) + withSecret(s.text()) + rest);
        }
      }
    }
    return copy.equals(lines) ? Optional.empty() : Optional.of(text(copy));
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
