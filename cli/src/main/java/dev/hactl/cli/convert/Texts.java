package dev.hactl.cli.convert;

import dev.hactl.engine.source.Place;
import dev.hactl.engine.template.jinja.JinjaText;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Converts values of one file: texts with Jinja in them, conditions, and what YAML 1.1 read. */
final class Texts {
  private static final Pattern OCTAL = Pattern.compile("0[0-7]+");
  private static final Pattern CLOCK = Pattern.compile("[1-9][0-9]*(?::[0-5]?[0-9])+");
  private static final Pattern LAST_NAME = Pattern.compile("\\{\\{\\s*[\\w.]*?(\\w+)\\s*\\}\\}");
  private static final Set<String> ENCRYPTED = Set.of("!vault", "!vault-encrypted");

  final YamlFile file;
  final Names names;
  private final Templates templates;
  private final IdentityHashMap<Node, Boolean> inFlow = new IdentityHashMap<>();

  Texts(YamlFile file, Node root, Names names, Templates templates) {
    this.file = file;
    this.names = names;
    this.templates = templates;
    within(root, false);
  }

  private void within(Node node, boolean flow) {
    if (flow) {
      inFlow.put(node, true);
    }
    boolean inner = flow || YamlFile.flow(node);
    switch (node) {
      case MappingNode m -> {
        for (NodeTuple t : m.getValue()) {
          within(t.getKeyNode(), inner);
          within(t.getValueNode(), inner);
        }
      }
      case SequenceNode s -> s.getValue().forEach(n -> within(n, inner));
      default -> {}
    }
  }

  /** Whether a node stands among braces or brackets, where fewer texts can do without quotes. */
  boolean flow(Node node) {
    return inFlow.containsKey(node);
  }

  /** Variables: their kinds are remembered, and what is in them is converted. */
  void variables(Node node, Draft draft) {
    if (node instanceof MappingNode m) {
      for (NodeTuple t : m.getValue()) {
        names.met(YamlFile.scalar(t.getKeyNode()), t.getValueNode());
        value(t.getValueNode(), YamlFile.scalar(t.getKeyNode()), draft);
      }
    } else {
      value(node, "", draft);
    }
  }

  void value(Node node, Draft draft) {
    value(node, "", draft);
  }

  private void value(Node node, String name, Draft draft) {
    switch (node) {
      case MappingNode m -> {
        for (NodeTuple t : m.getValue()) {
          if (JinjaText.dynamic(YamlFile.scalar(t.getKeyNode()))) {
            draft.refuse(file.place(t.getKeyNode()), "a name with an expression in it");
          }
          value(t.getValueNode(), YamlFile.scalar(t.getKeyNode()), draft);
        }
      }
      case SequenceNode s -> s.getValue().forEach(n -> value(n, name, draft));
      case ScalarNode s -> scalar(s, name, draft);
      default -> {}
    }
  }

  private void scalar(ScalarNode s, String name, Draft draft) {
    String text = s.getValue();
    String tag = s.getTag().getValue();
    if (ENCRYPTED.contains(tag)) {
      return;
    }
    if (tag.equals("!unsafe")) {
      draft.refuse(file.place(s), "!unsafe", "write ${'{{'} where braces are meant");
      return;
    }
    if (s.isPlain() && Names.oldBoolean(s)) {
      bool(s, draft);
    } else if (s.isPlain() && OCTAL.matcher(text).matches()) {
      write(
          s,
          names.isMode(name) ? octal(Long.parseLong(text, 8)) : "" + Long.parseLong(text, 8),
          draft);
    } else if (s.isPlain() && CLOCK.matcher(text).matches()) {
      write(s, "" + sixties(text), draft);
    } else {
      String renamed = templates.renamed(text);
      convert(s, JinjaText.value(renamed, names), draft);
    }
  }

  private static long sixties(String text) {
    long all = 0;
    for (String part : text.split(":")) {
      all = all * 60 + Long.parseLong(part);
    }
    return all;
  }

  private void bool(ScalarNode s, Draft draft) {
    String word = "" + Names.truth(s.getValue());
    if (!s.getValue().equals(word)) {
      write(s, word, draft);
    }
  }

  /** Permissions. */
  void mode(Node node, Draft draft) {
    String text = YamlFile.scalar(node);
    Matcher variable = LAST_NAME.matcher(text);
    if (variable.matches()) {
      names.mode(variable.group(1));
    }
    if (!(node instanceof ScalarNode s) || !s.isPlain() || !text.matches("[0-9]+|0o[0-7]+")) {
      value(node, draft);
    } else if (text.startsWith("0")) {
      write(s, octal(Long.parseLong(text.replace("o", ""), 8)), draft);
    } else {
      write(s, octal(Long.parseLong(text)), draft);
      draft.note(
          file.place(node),
          "a mode without a leading zero is a decimal number to Ansible, which it is here too",
          "if '0" + text + "' was meant, write that");
    }
  }

  private static String octal(long mode) {
    return "'%04o'".formatted(mode);
  }

  /** What a task prints or hands over as a text, where YAML would make a boolean of it. */
  void text(Node node, Draft draft) {
    if (node instanceof ScalarNode s && Names.oldBoolean(s)) {
      write(s, Names.truth(s.getValue()) ? "'True'" : "'False'", draft);
    } else {
      value(node, draft);
    }
  }

  /** A condition, or a list of them. */
  void condition(Node node, Draft draft) {
    switch (node) {
      case SequenceNode s -> s.getValue().forEach(n -> condition(n, draft));
      case ScalarNode s when Names.oldBoolean(s) -> bool(s, draft);
      case ScalarNode s when !s.getValue().isBlank() ->
          convert(s, JinjaText.condition(s.getValue(), names), draft);
      default -> draft.refuse(file.place(node), "a condition is wanted here");
    }
  }

  /** An expression whose value is wanted. */
  void expression(Node node, Draft draft) {
    switch (node) {
      case SequenceNode s -> s.getValue().forEach(n -> expression(n, draft));
      case ScalarNode s -> convert(s, JinjaText.expression(s.getValue(), names), draft);
      default -> draft.refuse(file.place(node), "an expression is wanted here");
    }
  }

  private void convert(ScalarNode s, JinjaText.Result result, Draft draft) {
    switch (result) {
      case JinjaText.Done done when done.text().equals(s.getValue()) -> {}
      case JinjaText.Done done -> write(s, written(s, done.text()), draft);
      case JinjaText.Refused refused -> {
        draft.refuse(place(s, refused.offset()), refused.reason(), refused.advice());
        for (JinjaText.Refused r : refused.further()) {
          draft.refuse(place(s, r.offset()), r.reason(), r.advice());
        }
      }
    }
  }

  private Place place(ScalarNode s, int offset) {
    Place place = file.place(s);
    boolean block = s.getScalarStyle() == ScalarStyle.LITERAL;
    if (!block) {
      return place.line() == 0 || offset == 0
          ? place
          : place.right(s.isPlain() ? offset : offset + 1);
    }
    int lines = (int) s.getValue().substring(0, offset).chars().filter(c -> c == '\n').count();
    return place.file().at(place.line() + 1 + lines, 1);
  }

  private String written(ScalarNode s, String text) {
    boolean several = text.stripTrailing().contains("\n");
    boolean block =
        s.getScalarStyle() == ScalarStyle.LITERAL || s.getScalarStyle() == ScalarStyle.FOLDED;
    if (block && (several || text.endsWith("\n"))) {
      return Quoting.block(text, indentation(s));
    }
    return Quoting.line(text, s.getScalarStyle(), flow(s));
  }

  private int indentation(ScalarNode s) {
    int line = file.lineEnd(file.start(s)) + 1;
    String body = file.text().substring(Math.min(line, file.end(s)), file.end(s));
    return body.lines()
        .filter(l -> !l.isBlank())
        .mapToInt(l -> l.length() - l.stripLeading().length())
        .findFirst()
        .orElse(2);
  }

  void write(Node node, String yaml, Draft draft) {
    draft.replace(file.valueStart(node), file.end(node), yaml);
  }

  /** A text as it stands in another place, with quotes where they are needed. */
  String rewritten(String text, Place place, boolean flow, Draft draft) {
    return switch (JinjaText.value(templates.renamed(text), names)) {
      case JinjaText.Done done -> Quoting.word(done.text(), flow);
      case JinjaText.Refused refused -> {
        draft.refuse(place, refused.reason(), refused.advice());
        yield "''";
      }
    };
  }
}
