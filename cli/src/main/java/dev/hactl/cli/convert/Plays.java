package dev.hactl.cli.convert;

import dev.hactl.engine.template.jinja.JinjaText;
import java.util.List;
import java.util.Set;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Converts the plays of a playbook, and what names roles. */
final class Plays {
  private static final Set<String> SECTIONS =
      Set.of("tasks", "pre_tasks", "post_tasks", "handlers");
  private static final Set<String> VALUES =
      Set.of("serial", "order", "gather_facts", "force_handlers", "vars_prompt");

  private final Texts texts;
  private final Keywords keywords;
  private final Tasks tasks;
  private final References references;

  Plays(Texts texts, Keywords keywords, Tasks tasks, References references) {
    this.texts = texts;
    this.keywords = keywords;
    this.tasks = tasks;
    this.references = references;
  }

  /** Converts a playbook. */
  void playbook(Node root, Draft draft) {
    if (!(root instanceof SequenceNode plays)) {
      draft.refuse(texts.file.place(root), "a playbook is a list of plays");
      return;
    }
    for (Node node : plays.getValue()) {
      var own = new Draft();
      if (!(node instanceof MappingNode m)) {
        own.refuse(texts.file.place(node), "a play is a mapping");
      } else if (!imported(m, own)) {
        play(m, own);
      }
      tasks.item(node, YamlFile.flow(plays), own, draft);
    }
  }

  private boolean imported(MappingNode m, Draft draft) {
    for (NodeTuple t : m.getValue()) {
      String name = Arguments.shortName(YamlFile.scalar(t.getKeyNode()));
      if (name.equals("import_playbook")) {
        draft.replace(texts.file.start(t.getKeyNode()), texts.file.end(t.getKeyNode()), name);
        if (JinjaText.dynamic(YamlFile.scalar(t.getValueNode()))) {
          draft.refuse(
              texts.file.place(t.getValueNode()), "hactl reads all playbooks before it runs");
        }
        references.playbooks().add(YamlFile.scalar(t.getValueNode()));
        for (NodeTuple other : m.getValue()) {
          if (!other.equals(t)) {
            keywords.keyword(other, m, draft);
          }
        }
        return true;
      }
    }
    return false;
  }

  private void play(MappingNode m, Draft draft) {
    for (NodeTuple t : m.getValue()) {
      Node value = t.getValueNode();
      String key = YamlFile.scalar(t.getKeyNode());
      if (SECTIONS.contains(key)) {
        if (tasks.list(value, draft)) {
          tasks.empty(t, draft);
        }
      } else if (VALUES.contains(key)) {
        texts.value(value, draft);
      } else {
        special(key, t, m, draft);
      }
    }
  }

  private void special(String key, NodeTuple t, MappingNode m, Draft draft) {
    Node value = t.getValueNode();
    switch (key) {
      case "hosts" -> {
        if (JinjaText.dynamic(YamlFile.scalar(value))) {
          draft.refuse(
              texts.file.place(value),
              "hactl wants to know the hosts of a play before it runs",
              "name groups and hosts, and choose among them with --limit");
        } else if (value instanceof SequenceNode s) {
          List<String> names = s.getValue().stream().map(YamlFile::scalar).toList();
          texts.write(value, Quoting.word(String.join(":", names), false), draft);
        }
      }
      case "roles" -> roles(value, draft);
      case "vars_files" -> files(value, draft);
      case "strategy" -> dropped(t, YamlFile.scalar(value).endsWith("linear"), m, draft);
      case "gather_subset", "gather_timeout", "fact_path", "collections" ->
          dropped(t, true, m, draft);
      case "connection" ->
          dropped(
              t,
              YamlFile.entry(m, "hosts")
                      .map(h -> local(YamlFile.scalar(h.getValueNode())))
                      .orElse(false)
                  && YamlFile.scalar(value).equals("local"),
              m,
              draft);
      default -> {
        if (!keywords.keyword(t, m, draft)) {
          dropped(t, false, m, draft);
        }
      }
    }
  }

  private static boolean local(String hosts) {
    return hosts.equals("localhost") || hosts.equals("127.0.0.1");
  }

  /** A keyword that hactl has not; one that would change what the play does is told. */
  private void dropped(NodeTuple t, boolean needless, MappingNode m, Draft draft) {
    String key = YamlFile.scalar(t.getKeyNode());
    boolean first = m.getValue().getFirst().equals(t);
    if (first || YamlFile.flow(m)) {
      draft.refuse(
          texts.file.place(t.getKeyNode()), "hactl has no keyword '" + key + "' for plays");
      return;
    }
    Removal.entry(texts.file, t, needless ? "no need of it here: " : "not converted: ", draft);
    if (!needless) {
      draft.left(texts.file.place(t.getKeyNode()), "hactl has no keyword '" + key + "' for plays");
    }
  }

  /** The roles of a play, and those that a role depends on. */
  void roles(Node list, Draft draft) {
    for (Node entry : YamlFile.items(list)) {
      switch (entry) {
        case ScalarNode s -> references.roles().add(s.getValue());
        case MappingNode m -> role(m, draft);
        default -> draft.refuse(texts.file.place(entry), "a role is a name or a mapping");
      }
    }
  }

  private void role(MappingNode m, Draft draft) {
    for (NodeTuple t : m.getValue()) {
      String key = YamlFile.scalar(t.getKeyNode());
      switch (key) {
        case "role" -> references.roles().add(YamlFile.scalar(t.getValueNode()));
        case "name" -> {
          if (YamlFile.entry(m, "role").isEmpty()) {
            draft.replace(texts.file.start(t.getKeyNode()), texts.file.end(t.getKeyNode()), "role");
            references.roles().add(YamlFile.scalar(t.getValueNode()));
          }
        }
        default -> {
          if (!keywords.keyword(t, m, draft)) {
            texts.names.met(key, t.getValueNode());
            texts.value(t.getValueNode(), draft);
          }
        }
      }
    }
  }

  private void files(Node list, Draft draft) {
    for (Node entry : YamlFile.items(list)) {
      for (Node name : YamlFile.items(entry)) {
        if (JinjaText.dynamic(YamlFile.scalar(name))) {
          texts.value(name, draft);
        } else {
          references.variables().add(YamlFile.scalar(name));
        }
      }
    }
  }
}
