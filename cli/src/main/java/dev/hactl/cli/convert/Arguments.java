package dev.hactl.cli.convert;

import dev.hactl.engine.module.Field;
import dev.hactl.engine.module.Form;
import dev.hactl.engine.module.Module;
import dev.hactl.engine.module.Modules;
import dev.hactl.engine.module.Type;
import dev.hactl.engine.module.Types;
import dev.hactl.engine.source.Near;
import dev.hactl.engine.source.Place;
import dev.hactl.engine.template.jinja.JinjaText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** Converts which module a task calls and what it is given. */
final class Arguments {
  private static final List<String> COLLECTIONS =
      List.of("ansible.builtin.", "ansible.legacy.", "ansible.posix.", "community.general.");
  private static final Set<String> COMMANDS = Set.of("command", "shell", "script");

  private final Texts texts;
  private final Modules modules;
  private final Templates templates;
  private final Differences differences = new Differences();

  Arguments(Texts texts, Modules modules, Templates templates) {
    this.texts = texts;
    this.modules = modules;
    this.templates = templates;
  }

  /** A module's name without the collections whose modules hactl has. */
  static String shortName(String name) {
    for (String collection : COLLECTIONS) {
      if (name.startsWith(collection) && name.indexOf('.', collection.length()) < 0) {
        return name.substring(collection.length());
      }
    }
    return name;
  }

  /** Converts a call; {@code args} is what stands beside it under that name. */
  void call(NodeTuple call, Optional<Node> args, Draft draft) {
    YamlFile file = texts.file;
    Node key = call.getKeyNode();
    Node value = call.getValueNode();
    String name = shortName(YamlFile.scalar(key));
    Map<String, Node> given = given(value, args);
    if (Set.of("systemd", "systemd_service").contains(name)) {
      systemd(given, key, draft);
      name = "service";
    }
    Optional<Module<?>> module = modules.find(name);
    if (module.isEmpty() || name.contains(".")) {
      draft.refuse(
          file.place(key),
          "hactl has no module '" + YamlFile.scalar(key) + "'",
          Instead.of(name)
              .or(() -> Near.hint(shortName(YamlFile.scalar(key)), modules.callable()))
              .orElse("'hactl doc' lists the modules"));
      return;
    }
    Form<?> form = module.get().form();
    if (!YamlFile.scalar(key).equals(name)) {
      draft.replace(file.start(key), file.end(key), name);
    }
    switch (value) {
      case MappingNode m -> mapping(name, form, m, draft);
      case ScalarNode s when YamlFile.isNull(s) -> {}
      case ScalarNode s -> text(name, form, key, s, draft);
      default -> texts.value(value, draft);
    }
    args.ifPresent(a -> {
      if (a instanceof MappingNode m) {
        mapping(module.get().form(), m, draft);
      } else {
        draft.refuse(file.place(a), "'args' is not a mapping");
      }
    });
  }

  private static Map<String, Node> given(Node value, Optional<Node> args) {
    var given = new LinkedHashMap<String, Node>();
    for (Optional<Node> node : List.of(Optional.of(value), args)) {
      if (node.orElse(null) instanceof MappingNode m) {
        m.getValue().forEach(t -> given.put(YamlFile.scalar(t.getKeyNode()), t.getValueNode()));
      }
    }
    return given;
  }

  /** What hactl's service does of itself, or has no word for. */
  private void systemd(Map<String, Node> given, Node key, Draft draft) {
    if (!given.containsKey("name")
        && !given.containsKey("service")
        && !given.containsKey("unit")
        && !given.isEmpty()) {
      draft.refuse(
          texts.file.place(key),
          "hactl reads changed unit files itself when it starts a service; this task starts none",
          "leave it out, or write: command: systemctl daemon-reload");
    }
  }

  private void mapping(String name, Form<?> form, MappingNode m, Draft draft) {
    mapping(form, m, draft);
    Map<String, Node> given = given(m, Optional.empty());
    templateSpace(name, given);
    Map<String, String> missing = differences.missing(name, given.keySet(), state(given));
    if (missing.isEmpty() || m.getValue().isEmpty()) {
      return;
    }
    boolean flow = YamlFile.flow(m);
    int end = flow ? texts.file.end(m) - 1 : texts.file.end(m);
    String margin = "\n" + " ".repeat(texts.file.column(m));
    var more = new StringBuilder();
    missing.forEach((k, v) -> more.append(flow ? ", " : margin).append(k).append(": ").append(v));
    draft.replace(
        flow ? end : texts.file.lineEnd(end),
        flow ? end : texts.file.lineEnd(end),
        more.toString());
  }

  private static String state(Map<String, Node> given) {
    Node state = given.get("state");
    return state == null ? "" : YamlFile.scalar(state);
  }

  private void templateSpace(String name, Map<String, Node> given) {
    Node src = given.get("src");
    if (name.equals("template") && src != null) {
      Node trim = given.get("trim_blocks");
      Node lstrip = given.get("lstrip_blocks");
      if (trim != null || lstrip != null) {
        templates.space(
            YamlFile.scalar(src),
            new JinjaText.Space(
                trim == null || Names.truth(YamlFile.scalar(trim)),
                lstrip != null && Names.truth(YamlFile.scalar(lstrip))));
      }
    }
  }

  private void mapping(Form<?> form, MappingNode m, Draft draft) {
    for (NodeTuple t : m.getValue()) {
      String name = YamlFile.scalar(t.getKeyNode());
      Optional<Field<?>> field = form.field(name);
      if (field.isPresent()) {
        argument(field.get(), t.getValueNode(), draft);
      } else if (form.open()) {
        if (name.equals("cacheable")) {
          draft.refuse(texts.file.place(t.getKeyNode()), "hactl keeps no facts between runs");
        }
        texts.names.met(name, t.getValueNode());
        texts.value(t.getValueNode(), draft);
      } else {
        unknown(form, m, t, draft);
      }
    }
  }

  private void unknown(Form<?> form, MappingNode m, NodeTuple t, Draft draft) {
    String name = YamlFile.scalar(t.getKeyNode());
    if (differences.means(name, YamlFile.scalar(t.getValueNode()))
        && !name.equals(YamlFile.scalar(m.getValue().getFirst().getKeyNode()))
        && !YamlFile.flow(m)) {
      Removal.entry(texts.file, t, "no need of it here: ", draft);
      return;
    }
    var known = new TreeSet<String>();
    form.fields().forEach(f -> known.add(f.name()));
    draft.refuse(
        texts.file.place(t.getKeyNode()),
        "hactl's module has no parameter '" + name + "'",
        Near.hint(name, known).orElse("it has " + String.join(", ", known)));
  }

  private void argument(Field<?> field, Node value, Draft draft) {
    String text = YamlFile.scalar(value);
    switch (field.type()) {
      case Type.Expression e when field.name().equals("var") -> texts.expression(value, draft);
      case Type.Expression e -> texts.condition(value, draft);
      case Type.Expressions e -> texts.condition(value, draft);
      case Type.Plain<?> p when p.equals(Types.MODE) -> texts.mode(value, draft);
      case Type.Plain<?> p when p.json().isEmpty() -> texts.text(value, draft);
      case Type.Plain<?> p when p.json().equals("string") && p.choices().isEmpty() ->
          texts.text(value, draft);
      case Type.Plain<?> p -> {
        boolean fixed = value instanceof ScalarNode && !JinjaText.dynamic(text);
        if (fixed
            && !p.choices().isEmpty()
            && !p.choices().contains(text)
            && !Names.oldBoolean((ScalarNode) value)) {
          draft.refuse(
              texts.file.place(value),
              "'" + field.name() + ": " + text + "' is not among what hactl knows",
              "known: " + String.join(", ", p.choices()));
        }
        texts.value(value, draft);
      }
      case Type.LocalFile f -> texts.value(value, draft);
      case Type.LocalCommand c -> texts.value(value, draft);
      case Type.Source s -> texts.value(value, draft);
      case Type.Template t -> texts.value(value, draft);
    }
  }

  /** Arguments in one text become a mapping. */
  private void text(String name, Form<?> form, Node key, ScalarNode value, Draft draft) {
    boolean command = COMMANDS.contains(name);
    FreeForm words = FreeForm.of(value.getValue(), command ? FreeForm.OF_COMMANDS : Set.of());
    if (words.given().isEmpty() && form.freeForm().isPresent()) {
      texts.value(value, draft);
      return;
    }
    Place place = texts.file.place(value);
    var lines = new ArrayList<String>();
    boolean flow = texts.flow(value);
    if (!words.rest().isEmpty()) {
      if (!command) {
        draft.refuse(place, "'" + words.rest() + "' is no argument", "write NAME: VALUE below it");
        return;
      }
      lines.add(
          form.freeForm().orElse("cmd") + ": " + texts.rewritten(words.rest(), place, flow, draft));
    }
    var all = new LinkedHashMap<>(words.given());
    if (command) {
      all.remove("warn");
    }
    for (Map.Entry<String, String> e : all.entrySet()) {
      if (form.field(e.getKey()).isEmpty() && !form.open()) {
        draft.refuse(
            place,
            "hactl's module has no parameter '" + e.getKey() + "'",
            Near.hint(e.getKey(), form.fields().stream().map(Field::name).toList()).orElse(""));
      }
      boolean expression =
          form.field(e.getKey())
              .filter(
                  f -> f.type() instanceof Type.Expression || f.type() instanceof Type.Expressions)
              .isPresent();
      String text = expression ? "{{ " + e.getValue() + " }}" : e.getValue();
      boolean truth =
          form.field(e.getKey()).filter(f -> f.type().equals(Types.BOOL)).isPresent()
              && text.matches("(?i)yes|no|on|off|true|false");
      String mode =
          form.field(e.getKey()).filter(f -> f.type().equals(Types.MODE)).isPresent()
                  && text.matches("0+[0-7]{4}")
              ? text.substring(text.length() - 4)
              : text;
      String yaml = truth ? "" + Names.truth(text) : texts.rewritten(mode, place, flow, draft);
      lines.add(e.getKey() + ": " + (expression ? yaml.replaceAll("\\$\\{(.*)\\}", "$1") : yaml));
    }
    differences
        .missing(name, all.keySet(), all.getOrDefault("state", ""))
        .forEach((k, v) -> lines.add(k + ": " + v));
    write(key, value, lines, draft);
  }

  private void write(Node key, Node value, List<String> lines, Draft draft) {
    YamlFile file = texts.file;
    if (texts.flow(value)) {
      texts.write(value, "{" + String.join(", ", lines) + "}", draft);
      return;
    }
    String margin = "\n" + " ".repeat(file.column(key) + 2);
    draft.replace(file.end(key), file.end(value), ":" + margin + String.join(margin, lines));
  }
}
