package dev.hactl.engine.module;

import dev.hactl.engine.source.Node;
import dev.hactl.engine.value.Value;

/**
 * Turns what stands in a task into values of one host. Errors are {@code SourceException}s with the
 * place.
 */
public interface Evaluation {

  /** Renders every text in the node; a text that is exactly one {@code ${...}} keeps its type. */
  Value render(Node node);

  /** Whether the task hides what it is given ({@code no_log}). */
  default boolean hides() {
    return false;
  }

  /** Evaluates an expression as {@code when:} does. */
  Value evaluate(Node.Scalar expression);

  /**
   * Finds a file on the controller ({@code files/} beside the playbook first).
   *
   * @return its content; unknown text in the name is reported by {@link Missing}
   */
  Content file(Node node);

  /** Finds a file or folder where {@link #file} finds files. */
  default LocalSource source(Node node) {
    return new LocalSource.OneFile(file(node));
  }

  /** Finds and renders a FreeMarker template ({@code templates/} beside the playbook first). */
  Content template(Node node);

  /** Part of the input is not known yet: check mode, before an earlier change was made. */
  final class Missing extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Why it is not known. */
    public Missing(String why) {
      super(why, null, false, false);
    }
  }
}
