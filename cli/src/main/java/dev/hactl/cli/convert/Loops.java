package dev.hactl.cli.convert;

import dev.hactl.engine.template.jinja.JinjaText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** {@code with_...} as {@code loop}. */
final class Loops {
  private static final Pattern SINGLE =
      Pattern.compile("\\s*\\{\\{((?:[^{}]|\\{[^{}]*\\})*)\\}\\}\\s*");
  private static final Pattern FORMAT = Pattern.compile("([^%]*)%(0[1-9])?[du]([^%]*)");
  private static final Set<String> OF_SEQUENCES =
      Set.of("start", "end", "count", "stride", "format");

  private final Texts texts;

  Loops(Texts texts) {
    this.texts = texts;
  }

  /** Converts an entry whose key is {@code loop} or begins with {@code with_}. */
  void loop(NodeTuple entry, Draft draft) {
    Node key = entry.getKeyNode();
    Node value = entry.getValueNode();
    String word = YamlFile.scalar(key);
    YamlFile file = texts.file;
    if (word.equals("loop")) {
      texts.names.met("", value);
      texts.value(value, draft);
      return;
    }
    draft.replace(file.start(key), file.end(key), "loop");
    texts.names.met("", value);
    switch (word.substring(word.lastIndexOf('.') + 1)) {
      case "with_list" -> texts.value(value, draft);
      case "with_dict" -> mapping(value, draft);
      case "with_items", "with_flattened" ->
          items(value, word.endsWith("items") ? ", 1)" : ")", draft);
      case "with_sequence" -> sequence(value, draft);
      case "with_together" -> call("zip", value, draft);
      case "with_nested", "with_cartesian" -> call("product", value, draft);
      case "with_subelements" -> subelements(value, draft);
      case "with_indexed_items" ->
          single(value, draft)
              .ifPresent(e ->
                  write(
                      value, "zip(0..<flatten(" + e + ", 1)?size, flatten(" + e + ", 1))", draft));
      case "with_fileglob" -> call("fileglob", value, draft);
      default ->
          draft.refuse(
              file.place(key),
              "there is no form for '" + word + "'",
              "write 'loop:' with a list, or an expression that gives one");
    }
  }

  private void mapping(Node value, Draft draft) {
    if (value instanceof MappingNode || value instanceof ScalarNode) {
      texts.value(value, draft);
    } else {
      draft.refuse(texts.file.place(value), "with_dict over several mappings");
    }
  }

  /** Ansible takes lists in the list apart, one level of them. */
  private void items(Node value, String end, Draft draft) {
    if (value instanceof ScalarNode) {
      single(value, draft).ifPresent(e -> write(value, flat(e) ? e : "flatten(" + e + end, draft));
      return;
    }
    if (!(value instanceof SequenceNode list)) {
      draft.refuse(texts.file.place(value), "with_items over a mapping");
      return;
    }
    boolean some =
        list.getValue().stream().anyMatch(n -> SINGLE.matcher(YamlFile.scalar(n)).matches());
    boolean all =
        list.getValue().stream().allMatch(n -> SINGLE.matcher(YamlFile.scalar(n)).matches());
    boolean nested = list.getValue().stream().anyMatch(SequenceNode.class::isInstance);
    if (nested || (some && !all)) {
      draft.refuse(
          texts.file.place(value),
          "with_items takes lists in its list apart, and which of these are lists is not known",
          "write 'loop:' with a list, or an expression that gives one");
    } else if (all) {
      var expressions = new ArrayList<String>();
      list.getValue().forEach(n -> single(n, draft).ifPresent(expressions::add));
      write(
          value,
          expressions.size() == 1 && flat(expressions.getFirst())
              ? expressions.getFirst()
              : "flatten([" + String.join(", ", expressions) + "]" + end,
          draft);
    } else {
      texts.value(value, draft);
    }
  }

  /** Of these it is known that no list is in them. */
  private static boolean flat(String expression) {
    return expression.matches(
        "groups(\\.\\w+|\\['[\\w-]+'\\])|.*\\.stdout_lines|ansible_play_hosts");
  }

  private void sequence(Node value, Draft draft) {
    String text = YamlFile.scalar(value);
    FreeForm form = FreeForm.of(text, OF_SEQUENCES);
    Map<String, String> given = form.given();
    if (!form.rest().isEmpty()
        || !given.getOrDefault("stride", "1").equals("1")
        || given.containsKey("count") == given.containsKey("end")) {
      draft.refuse(
          texts.file.place(value), "there is no form for this sequence", "write loop: ${1..5}");
      return;
    }
    Optional<String> start = number(given.getOrDefault("start", "1"), value, draft);
    Optional<String> end =
        number(given.getOrDefault("end", given.getOrDefault("count", "")), value, draft);
    if (start.isEmpty() || end.isEmpty()) {
      return;
    }
    if (given.containsKey("count") && !given.getOrDefault("start", "1").equals("1")) {
      draft.refuse(texts.file.place(value), "'count' with 'start'", "write 'end'");
      return;
    }
    String range = start.get() + ".." + end.get();
    String format = given.getOrDefault("format", "%d");
    Matcher m = FORMAT.matcher(format);
    if (!m.matches() || format.contains("{{")) {
      draft.refuse(texts.file.place(value), "there is no form for the format '" + format + "'");
      return;
    }
    String number =
        m.group(2) == null ? "n" : "n?string('" + "0".repeat(m.group(2).charAt(1) - '0') + "')";
    boolean plain = m.group(1).isEmpty() && m.group(3).isEmpty() && m.group(2) == null;
    write(
        value,
        plain
            ? range
            : "("
                + range
                + ")?map(n -> "
                + ("'" + m.group(1) + "' + " + number + " + '" + m.group(3) + "'")
                    .replaceAll("^'' \\+ (?=n\\?)| \\+ ''$", "")
                + ")",
        draft);
  }

  private Optional<String> number(String text, Node value, Draft draft) {
    if (text.matches("[0-9]+")) {
      return Optional.of(text);
    }
    return expression(text, value, draft).map(e -> "(" + e + ")?number");
  }

  /** Several lists: {@code zip(a, b)}. */
  private void call(String function, Node value, Draft draft) {
    var arguments = new ArrayList<String>();
    for (Node n : YamlFile.items(value)) {
      argument(n, draft).ifPresent(arguments::add);
    }
    write(value, function + "(" + String.join(", ", arguments) + ")", draft);
  }

  private Optional<String> argument(Node n, Draft draft) {
    return switch (n) {
      case ScalarNode s when SINGLE.matcher(s.getValue()).matches() -> single(n, draft);
      case ScalarNode s when !JinjaText.dynamic(s.getValue()) -> Optional.of(literal(s));
      case SequenceNode list when list.getValue().stream().allMatch(Loops::fixed) -> {
        List<String> items = list.getValue().stream().map(i -> literal((ScalarNode) i)).toList();
        yield Optional.of("[" + String.join(", ", items) + "]");
      }
      default -> {
        draft.refuse(texts.file.place(n), "there is no form for this part of the loop");
        yield Optional.empty();
      }
    };
  }

  private static boolean fixed(Node n) {
    return n instanceof ScalarNode s && !JinjaText.dynamic(s.getValue());
  }

  private static String literal(ScalarNode s) {
    return s.isPlain() && s.getValue().matches("[0-9]+")
        ? s.getValue()
        : "'" + s.getValue().replace("\\", "\\\\").replace("'", "\\'").replace("${", "$\\{") + "'";
  }

  private void subelements(Node value, Draft draft) {
    List<Node> parts = YamlFile.items(value);
    if (parts.size() != 2) {
      draft.refuse(texts.file.place(value), "there is no form for 'skip_missing'");
      return;
    }
    argument(parts.getFirst(), draft)
        .ifPresent(e ->
            write(value, "subelements(" + e + ", '" + YamlFile.scalar(parts.get(1)) + "')", draft));
  }

  /** The expression of a text that is one. */
  private Optional<String> single(Node value, Draft draft) {
    Matcher m = SINGLE.matcher(YamlFile.scalar(value));
    if (!m.matches()) {
      draft.refuse(
          texts.file.place(value),
          "this may be a list or a text",
          "write 'loop:' with a list, or an expression that gives one");
      return Optional.empty();
    }
    return expression(YamlFile.scalar(value), value, draft);
  }

  private Optional<String> expression(String text, Node value, Draft draft) {
    return switch (JinjaText.expression(text, texts.names)) {
      case JinjaText.Done done -> Optional.of(done.text());
      case JinjaText.Refused refused -> {
        draft.refuse(texts.file.place(value), refused.reason());
        yield Optional.empty();
      }
    };
  }

  private void write(Node value, String expression, Draft draft) {
    YamlFile file = texts.file;
    String text = "${" + expression + "}";
    String yaml =
        value instanceof ScalarNode s
            ? Quoting.line(text, s.getScalarStyle(), texts.flow(value))
            : Quoting.word(text, texts.flow(value));
    if (value instanceof SequenceNode && !YamlFile.flow(value)) {
      int from = file.text().lastIndexOf(':', file.start(value)) + 1;
      draft.replace(from, file.end(value), " " + yaml);
    } else {
      texts.write(value, yaml, draft);
    }
  }
}
