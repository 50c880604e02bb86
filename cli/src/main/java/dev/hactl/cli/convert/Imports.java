package dev.hactl.cli.convert;

import dev.hactl.engine.template.jinja.JinjaText;
import java.util.List;
import java.util.Set;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** Converts what brings in other files, and notes which ones. */
final class Imports {
  private final Texts texts;
  private final References references;

  Imports(Texts texts, References references) {
    this.texts = texts;
    this.references = references;
  }

  /** Another file of tasks. */
  void tasks(NodeTuple call, MappingNode m, Draft draft) {
    forbidden(m, "a file of tasks", draft);
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

  /** A role whose tasks stand here. */
  void role(NodeTuple call, MappingNode m, Draft draft) {
    forbidden(m, "a role", draft);
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

  /** A file or folder of variables. */
  void variables(NodeTuple call, Draft draft) {
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

  private void renamed(NodeTuple call, String name, Draft draft) {
    Node key = call.getKeyNode();
    if (!YamlFile.scalar(key).equals(name)) {
      draft.replace(texts.file.start(key), texts.file.end(key), name);
    }
  }

  private void forbidden(MappingNode m, String what, Draft draft) {
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
}
