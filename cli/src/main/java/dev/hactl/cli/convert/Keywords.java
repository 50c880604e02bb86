package dev.hactl.cli.convert;

import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;

/** Converts the keywords that tasks, blocks and plays share. */
final class Keywords {
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

  private final Texts texts;
  private final Arguments arguments;
  private final Loops loops;

  Keywords(Texts texts, Arguments arguments) {
    this.texts = texts;
    this.arguments = arguments;
    this.loops = new Loops(texts);
  }

  /**
   * Converts a keyword.
   *
   * @param m what it stands on
   * @return whether it is one
   */
  boolean keyword(NodeTuple t, MappingNode m, Draft draft) {
    Node value = t.getValueNode();
    String key = YamlFile.scalar(t.getKeyNode());
    if (FLAGS.contains(key) || TEXTS.contains(key)) {
      texts.value(value, draft);
    } else if (CONDITIONS.contains(key)) {
      texts.condition(value, draft);
    } else if (key.equals("loop") || key.startsWith("with_") || key.contains(".with_")) {
      loops.loop(t, draft);
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
        if (YamlFile.entry(m, "async").isEmpty()) {
          draft.refuse(texts.file.place(t.getKeyNode()), "'poll' without 'async' says nothing");
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

  void dropped(NodeTuple t, boolean needless, MappingNode m, Draft draft) {
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
    if (!waits) {
      new Background(texts).detach(t, m, draft);
      return;
    }
    if (YamlFile.entry(m, "timeout").isPresent()) {
      draft.refuse(
          texts.file.place(t.getKeyNode()), "'async' and 'timeout' both limit how long it takes");
      return;
    }
    draft.replace(texts.file.start(t.getKeyNode()), texts.file.end(t.getKeyNode()), "timeout");
    texts.value(t.getValueNode(), draft);
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

  /** Notes that it is none. */
  void unknown(NodeTuple t, Draft draft) {
    draft.refuse(
        texts.file.place(t.getKeyNode()),
        "hactl has no keyword '" + YamlFile.scalar(t.getKeyNode()) + "' here");
  }
}
