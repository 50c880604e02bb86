package dev.hactl.cli.convert;

import dev.hactl.engine.source.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Converts lists of tasks. A task that cannot be converted stays as a comment. */
final class Tasks {
  private static final Set<String> SECTIONS = Set.of("block", "rescue", "always");

  private final Texts texts;
  private final Keywords keywords;
  private final Arguments arguments;
  private final Imports imports;

  Tasks(Texts texts, Keywords keywords, Arguments arguments, References references) {
    this.texts = texts;
    this.keywords = keywords;
    this.arguments = arguments;
    this.imports = new Imports(texts, references);
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
      if (block && SECTIONS.contains(YamlFile.scalar(t.getKeyNode()))) {
        section(t, draft);
      } else if (!keywords.keyword(t, m, draft)) {
        calls.add(t);
      }
    }
    if (block) {
      calls.forEach(c -> keywords.unknown(c, draft));
    } else if (calls.size() != 1) {
      draft.refuse(
          texts.file.place(m),
          calls.isEmpty()
              ? "this task calls no module"
              : "one of these is no keyword that hactl knows: "
                  + String.join(
                      ", ", calls.stream().map(c -> YamlFile.scalar(c.getKeyNode())).toList()));
    } else if (Background.asks(calls.getFirst())) {
      new Background(texts)
          .await(calls.getFirst(), m, draft)
          .forEach(needless -> keywords.dropped(needless, true, m, draft));
    } else {
      call(calls.getFirst(), m, args, draft);
    }
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

  private void call(NodeTuple call, MappingNode m, Optional<Node> args, Draft draft) {
    String name = Arguments.shortName(YamlFile.scalar(call.getKeyNode()));
    switch (name) {
      case "import_tasks", "include_tasks", "include" -> imports.tasks(call, m, draft);
      case "import_role", "include_role" -> imports.role(call, m, draft);
      case "include_vars" -> imports.variables(call, draft);
      case "setup", "gather_facts" ->
          draft.refuse(
              texts.file.place(call.getKeyNode()),
              "hactl reads facts when something names one",
              "leave it out");
      default -> arguments.call(call, args, draft);
    }
  }
}
