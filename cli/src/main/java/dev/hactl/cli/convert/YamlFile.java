package dev.hactl.cli.convert;

import dev.hactl.engine.source.Place;
import dev.hactl.engine.source.SourceFile;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.CollectionNode;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/**
 * A file of YAML with the spans of its nodes, so that parts of its text can be replaced while
 * comments, order and layout stay.
 *
 * @param source the file
 */
record YamlFile(SourceFile source) {

  /** The root; the text was read without a mistake before. */
  Optional<Node> root() {
    LoadSettings settings =
        LoadSettings.builder().setSchema(new CoreSchema()).setAllowNonScalarKeys(true).build();
    return new Compose(settings).composeString(source.text());
  }

  /** The root; empty also when the text is no YAML. */
  Optional<Node> rootIfPossible() {
    try {
      return root();
    } catch (YamlEngineException e) {
      return Optional.empty();
    }
  }

  String text() {
    return source.text();
  }

  private int offset(Mark mark) {
    return Math.min(source.text().offsetByCodePoints(0, mark.getIndex()), source.text().length());
  }

  /** Where a node begins, its anchor and tag among it. */
  int start(Node node) {
    return node.getStartMark().map(this::offset).orElse(0);
  }

  /** Where its value begins, behind an anchor. */
  int valueStart(Node node) {
    int at = start(node);
    if (node.getAnchor().isPresent() && text().charAt(at) == '&') {
      while (!Character.isWhitespace(text().charAt(at))) {
        at++;
      }
      while (text().charAt(at) == ' ') {
        at++;
      }
    }
    return at;
  }

  /** Where a node ends, without line ends and comments behind it. */
  int end(Node node) {
    return switch (node) {
      case ScalarNode s -> scalarEnd(s);
      case CollectionNode<?> c when c.getFlowStyle() == FlowStyle.FLOW ->
          c.getEndMark().map(this::offset).orElse(start(c));
      case MappingNode m -> m.getValue().isEmpty() ? start(m) : tupleEnd(m.getValue().getLast());
      case SequenceNode s -> s.getValue().isEmpty() ? start(s) : end(s.getValue().getLast());
      default -> start(node);
    };
  }

  /** Where an entry ends; an alias ends where it stands, not where its anchor does. */
  int tupleEnd(NodeTuple tuple) {
    int key = end(tuple.getKeyNode());
    int value = end(tuple.getValueNode());
    return value >= key ? value : lineEnd(key);
  }

  private int scalarEnd(ScalarNode s) {
    int end = s.getEndMark().map(this::offset).orElse(start(s));
    if (s.getScalarStyle() == ScalarStyle.LITERAL || s.getScalarStyle() == ScalarStyle.FOLDED) {
      while (end > start(s) && Character.isWhitespace(text().charAt(end - 1))) {
        end--;
      }
    }
    return end;
  }

  int lineStart(int offset) {
    return text().lastIndexOf('\n', offset - 1) + 1;
  }

  int lineEnd(int offset) {
    int end = text().indexOf('\n', offset);
    return end < 0 ? text().length() : end;
  }

  /** How far a node stands from the margin. */
  int column(Node node) {
    return start(node) - lineStart(start(node));
  }

  Place place(Node node) {
    return node.getStartMark()
        .map(m -> source.at(m.getLine() + 1, m.getColumn() + 1))
        .orElse(source.at(1, 1));
  }

  static boolean isNull(Node node) {
    return node instanceof ScalarNode s && s.getTag().equals(Tag.NULL);
  }

  static boolean flow(Node node) {
    return node instanceof CollectionNode<?> c && c.getFlowStyle() == FlowStyle.FLOW;
  }

  /** The text of a scalar; empty for anything else. */
  static String scalar(Node node) {
    return node instanceof ScalarNode s ? s.getValue() : "";
  }

  /** The entry of a key. */
  static Optional<NodeTuple> entry(MappingNode m, String key) {
    return m.getValue().stream().filter(t -> scalar(t.getKeyNode()).equals(key)).findFirst();
  }

  /** The items of a list; the node itself when it is none. */
  static List<Node> items(Node node) {
    return node instanceof SequenceNode s ? s.getValue() : isNull(node) ? List.of() : List.of(node);
  }
}
