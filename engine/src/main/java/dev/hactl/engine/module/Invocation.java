package dev.hactl.engine.module;

import dev.hactl.engine.source.Node;
import dev.hactl.engine.value.Value;

/**
 * A file of the controller that is run on a host, and what it is started with.
 *
 * @param file the program
 * @param arguments the words after it, not yet split
 */
public record Invocation(Content file, Value arguments) {

  /**
   * Takes {@code files/setup.sh --name ${name}} apart. The text is split before it is rendered, so
   * that a value which holds blanks or came from a host can never become the name of a file.
   */
  static Invocation read(Node node, Evaluation with) {
    if (!(node instanceof Node.Scalar s)) {
      throw new BadValue("a file and its arguments are wanted, this is a " + node.describe());
    }
    String text = s.text().strip();
    boolean quoted = text.startsWith("'") || text.startsWith("\"");
    int end = quoted ? text.indexOf(text.charAt(0), 1) : endOfWord(text);
    if (text.isEmpty() || end < 0) {
      throw new BadValue(
          text.isEmpty() ? "a file on the controller is wanted" : "a quote is not closed");
    }
    String name = quoted ? text.substring(1, end) : text.substring(0, end);
    String rest = text.substring(quoted ? end + 1 : end).strip();
    return new Invocation(
        with.file(part(s, name)), Value.tainted(with.render(part(s, rest)), with.hides()));
  }

  private static Node.Scalar part(Node.Scalar whole, String text) {
    return new Node.Scalar(text, Node.Kind.TEXT, false, whole.tag(), whole.place());
  }

  /** The first blank outside of {@code ${...}}, or the end. */
  private static int endOfWord(String text) {
    int depth = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '{' && i > 0 && text.charAt(i - 1) == '$') {
        depth++;
      } else if (c == '{' && depth > 0) {
        depth++;
      } else if (c == '}' && depth > 0) {
        depth--;
      } else if (depth == 0 && Character.isWhitespace(c)) {
        return i;
      }
    }
    return text.length();
  }
}
