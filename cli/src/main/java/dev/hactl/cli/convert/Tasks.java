package dev.hactl.cli.convert;

import dev.hactl.engine.module.Modules;
import dev.hactl.engine.source.Problem;
import dev.hactl.engine.template.jinja.JinjaText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Converts lists of tasks. A task that cannot be converted stays as a comment. */
final class Tasks {
  private static final Set<String> FLAGS =
      Set.of(
          "become",
          "run_once",
          "no_log",
          "diff",
          "check_mode",
          "ignore_errors",
          "ignore_unreachable",
          "any_errors_fatal",
          "delegate_facts");
  private static final Set<String> CONDITIONS =
      Set.of("when", "changed_when", "failed_when", "until");
  private static final Set<String> TEXTS =
      Set.of(
          "name",
          "become_user",
          "tags",
          "notify",
          "listen",
          "register",
          "retries",
          "delay",
          "timeout",
          "throttle",
          "loop_control");
  private static final Set<String> SECTIONS = Set.of("block", "rescue", "always");

  private final Texts texts;
  private final References references;
  private final Arguments arguments;
  private final Loops loops;

  Tasks(Texts texts, Modules modules, Templates templates, References references) {
    this.texts = texts;
    this.references = references;
    this.arguments = new Arguments(texts, modules, templates);
    this.loops = new Loops(texts);
  }

  /**
   * Converts a list of tasks.
   *
   * @return whether all of them became comments
   */
  boolean list(Node node, Draft draft) {
    if (!(node instanceof SequenceNode list)) {
      if (!YamlFile.isNull(node)) {
        draft.refuse(texts.file.place(node), "a list of tasks is wanted here");
      }
      return false;
    }
    int left = 0;
    for (Node item : list.getValue()) {
      var own = new Draft();
      if (item instanceof MappingNode m) {
        task(m, own);
      } else {
        own.refuse(texts.file.place(item), "a task is a mapping");
      }
      left += item(item, YamlFile.flow(list), own, draft) ? 0 : 1;
    }
    return left == 0 && !list.getValue().isEmpty();
  }

  /** Takes over an item's draft, or makes a comment of the item; tells whether it did. */
  boolean item(Node item, boolean flow, Draft own, Draft draft) {
    List<Problem> reasons = own.refused();
    if (reasons.isEmpty()) {
      draft.take(own);
      return false;
    }
    if (flow) {
      draft.refuse(
          texts.file.place(item),
          "this list of tasks is written in brackets",
          "write one task a line, so that one can be left out");
      draft.told(own);
      return false;
    }
    Removal.item(texts.file, item, reasons, draft);
    draft.told(own);
    return true;
  }

  private void task(MappingNode m, Draft draft) {
    boolean block = YamlFile.entry(m, "block").isPresent();
    Optional<Node> args = YamlFile.entry(m, "args").map(NodeTuple::getValueNode);
    var calls = new ArrayList<NodeTuple>();
    for (NodeTuple t : m.getValue()) {
      if (!keyword(t, m, block, draft)) {
        calls.add(t);
      }
    }
    if (block) {
      calls.forEach(c -> unknown(c, draft));
    } else if (calls.size() != 1) {
      draft.refuse(
          texts.file.place(m),
          calls.isEmpty()
              ? "this task calls no module"
              : "one of these is no keyword that hactl knows: "
                  + String.join(
                      ", ", calls.stream().map(c -> YamlFile.scalar(c.getKeyNode())).toList()));
    } else {
      call(calls.getFirst(), m, args, draft);
    }
  }

  private void unknown(NodeTuple t, Draft draft) {
    draft.refuse(
        texts.file.place(t.getKeyNode()),
        "hactl has no keyword '" + YamlFile.scalar(t.getKeyNode()) + "' here");
  }

  /** Converts a keyword that tasks, blocks and plays share; tells whether it is one. */
  boolean keyword(NodeTuple t, MappingNode m, boolean block, Draft draft) {
    Node value = t.getValueNode();
    String key = YamlFile.scalar(t.getKeyNode());
    if (FLAGS.contains(key) || TEXTS.contains(key)) {
      texts.value(value, draft);
    } else if (CONDITIONS.contains(key)) {
      texts.condition(value, draft);
    } else if (key.equals("loop") || key.startsWith("with_") || key.contains(".with_")) {
      loops.loop(t, draft);
    } else if (SECTIONS.contains(key) && block) {
      section(t, draft);
    } else {
      return special(key, t, m, draft);
    }
    return true;
  }

  private boolean special(String key, NodeTuple t, MappingNode m, Draft draft) {
    Node value = t.getValueNode();
    switch (key) {
      case "args" -> {}
      case "vars" -> texts.variables(value, draft);
      case "environment" -> {
        if (!(value instanceof MappingNode)) {
          draft.refuse(texts.file.place(value), "hactl wants a mapping of names and values here");
        }
        texts.value(value, draft);
      }
      case "module_defaults" -> defaults(value, draft);
      case "delegate_to" -> {
        if (YamlFile.scalar(value).equals("127.0.0.1")) {
          texts.write(value, "localhost", draft);
        } else {
          texts.value(value, draft);
        }
      }
      case "become_method" -> dropped(t, YamlFile.scalar(value).equals("sudo"), m, draft);
      case "become_flags",
          "become_exe",
          "remote_user",
          "connection",
          "port",
          "debugger",
          "first_available_file" ->
          unknown(t, draft);
      case "collections" -> dropped(t, true, m, draft);
      case "async" -> waiting(t, m, draft);
      case "poll" -> {
        if (YamlFile.entry(m, "async").isEmpty() || YamlFile.scalar(value).equals("0")) {
          draft.refuse(
              texts.file.place(t.getKeyNode()),
              "hactl waits for every task; it starts none and goes on");
        } else {
          dropped(t, true, m, draft);
        }
      }
      case "action", "local_action" ->
          draft.refuse(
              texts.file.place(t.getKeyNode()),
              "'" + key + "' names a module in its text",
              "write the module as a key"
                  + (key.equals("action") ? "" : ", and delegate_to: localhost"));
      default -> {
        return false;
      }
    }
    return true;
  }

  private void dropped(NodeTuple t, boolean needless, MappingNode m, Draft draft) {
    boolean first = m.getValue().getFirst().equals(t);
    if (!needless || first || YamlFile.flow(m)) {
      unknown(t, draft);
    } else {
      Removal.entry(texts.file, t, "no need of it here: ", draft);
    }
  }

  /** A task that is waited for anyway may only take as long. */
  private void waiting(NodeTuple t, MappingNode m, Draft draft) {
    boolean waits =
        YamlFile.entry(m, "poll")
            .map(p -> !YamlFile.scalar(p.getValueNode()).equals("0"))
            .orElse(true);
    if (!waits || YamlFile.entry(m, "timeout").isPresent()) {
      draft.refuse(
          texts.file.place(t.getKeyNode()),
          "hactl waits for every task; it starts none and goes on");
      return;
    }
    draft.replace(texts.file.start(t.getKeyNode()), texts.file.end(t.getKeyNode()), "timeout");
    texts.value(t.getValueNode(), draft);
  }

  private void section(NodeTuple t, Draft draft) {
    boolean none = list(t.getValueNode(), draft);
    if (none && YamlFile.scalar(t.getKeyNode()).equals("block")) {
      draft.refuse(texts.file.place(t.getKeyNode()), "no task of the block could be converted");
    } else if (none) {
      empty(t, draft);
    }
  }

  /** A list whose items are all comments now is an empty list. */
  void empty(NodeTuple t, Draft draft) {
    int at = texts.file.text().indexOf(':', texts.file.end(t.getKeyNode())) + 1;
    draft.replace(at, at, " []");
  }

  private void defaults(Node value, Draft draft) {
    if (!(value instanceof MappingNode m)) {
      draft.refuse(texts.file.place(value), "a mapping is wanted here");
      return;
    }
    for (NodeTuple t : m.getValue()) {
      if (YamlFile.scalar(t.getKeyNode()).startsWith("group/")) {
        draft.refuse(texts.file.place(t.getKeyNode()), "hactl has no groups of modules");
      } else {
        arguments.call(t, Optional.empty(), draft);
      }
    }
  }

  private void call(NodeTuple call, MappingNode m, Optional<Node> args, Draft draft) {
    String name = Arguments.shortName(YamlFile.scalar(call.getKeyNode()));
    switch (name) {
      case "import_tasks", "include_tasks", "include" -> tasks(call, m, draft);
      case "import_role", "include_role" -> role(call, m, draft);
      case "include_vars" -> variables(call, draft);
      case "setup", "gather_facts" ->
          draft.refuse(
              texts.file.place(call.getKeyNode()),
              "hactl reads facts when something names one",
              "leave it out");
      default -> arguments.call(call, args, draft);
    }
  }

  private void renamed(NodeTuple call, String name, Draft draft) {
    Node key = call.getKeyNode();
    if (!YamlFile.scalar(key).equals(name)) {
      draft.replace(texts.file.start(key), texts.file.end(key), name);
    }
  }

  private void stands(MappingNode m, String what, Draft draft) {
    for (String word : List.of("loop", "until", "register", "retries", "args")) {
      YamlFile.entry(m, word).ifPresent(t -> never(t, what, draft));
    }
    m.getValue().stream()
        .filter(t -> YamlFile.scalar(t.getKeyNode()).startsWith("with_"))
        .forEach(t -> never(t, what, draft));
  }

  private void never(NodeTuple t, String what, Draft draft) {
    draft.refuse(
        texts.file.place(t.getKeyNode()),
        "hactl reads "
            + what
            + " before it connects, so '"
            + YamlFile.scalar(t.getKeyNode())
            + "' cannot stand here",
        "say it on the tasks themselves");
  }

  private void tasks(NodeTuple call, MappingNode m, Draft draft) {
    stands(m, "a file of tasks", draft);
    renamed(call, "import_tasks", draft);
    Node value = call.getValueNode();
    if (value instanceof MappingNode given) {
      allowed(given, Set.of("file"), draft);
      YamlFile.entry(given, "file")
          .ifPresent(f -> file(f.getValueNode(), references.tasks(), draft));
    } else if (YamlFile.scalar(value).contains("=")
        || YamlFile.scalar(value).strip().contains(" ")) {
      draft.refuse(
          texts.file.place(value), "arguments behind the name of the file", "write 'vars:'");
    } else {
      file(value, references.tasks(), draft);
    }
  }

  private void file(Node name, Set<String> into, Draft draft) {
    if (name instanceof ScalarNode s && !JinjaText.dynamic(s.getValue())) {
      into.add(s.getValue());
    } else {
      draft.refuse(
          texts.file.place(name),
          "the name of this file is known only while it runs, and hactl reads all files before",
          "write one line for each, with 'when:'");
    }
  }

  private void allowed(MappingNode given, Set<String> known, Draft draft) {
    for (NodeTuple t : given.getValue()) {
      if (!known.contains(YamlFile.scalar(t.getKeyNode()))) {
        draft.refuse(
            texts.file.place(t.getKeyNode()),
            "there is no '" + YamlFile.scalar(t.getKeyNode()) + "' here");
      }
    }
  }

  private void role(NodeTuple call, MappingNode m, Draft draft) {
    stands(m, "a role", draft);
    renamed(call, "import_role", draft);
    if (call.getValueNode() instanceof MappingNode given) {
      allowed(
          given,
          Set.of("name", "tasks_from", "vars_from", "defaults_from", "handlers_from"),
          draft);
      YamlFile.entry(given, "name")
          .ifPresent(n -> file(n.getValueNode(), references.roles(), draft));
      return;
    }
    FreeForm form = FreeForm.of(YamlFile.scalar(call.getValueNode()), Set.of());
    String name = form.given().get("name");
    if (name == null || form.given().size() != 1 || JinjaText.dynamic(name)) {
      draft.refuse(texts.file.place(call.getValueNode()), "a mapping with 'name' is wanted here");
      return;
    }
    references.roles().add(name);
    texts.write(call.getValueNode(), "{name: " + name + "}", draft);
  }

  private void variables(NodeTuple call, Draft draft) {
    renamed(call, "include_vars", draft);
    Node value = call.getValueNode();
    if (value instanceof MappingNode given) {
      allowed(given, Set.of("file", "dir", "name"), draft);
      texts.value(value, draft);
      YamlFile.entry(given, "file")
          .ifPresent(f -> file(f.getValueNode(), references.variables(), draft));
      YamlFile.entry(given, "dir")
          .ifPresent(f -> file(f.getValueNode(), references.variables(), draft));
    } else {
      file(value, references.variables(), draft);
    }
  }
}
