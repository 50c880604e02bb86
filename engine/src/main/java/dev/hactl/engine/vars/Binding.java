package dev.hactl.engine.vars;

import dev.hactl.engine.source.Node;
import dev.hactl.engine.value.Origin;
import dev.hactl.engine.value.Value;
import java.util.function.Supplier;

/**
 * One variable at one level.
 *
 * @param level where it was set
 * @param content its value, or the text it is rendered from
 * @param origin where that stands
 */
public record Binding(Precedence level, Content content, Origin origin) {

  /** What is bound. */
  public sealed interface Content {
    /** As written; its texts are rendered when the variable is used. */
    record Written(Node node, boolean secret) implements Content {}

    /** A value that came from elsewhere (a host, a command line) and is never rendered. */
    record Ready(Value value) implements Content {}

    /** A value that is worked out when somebody asks for it, and then kept. */
    record Computed(Supplier<Value> value) implements Content {}
  }
}
