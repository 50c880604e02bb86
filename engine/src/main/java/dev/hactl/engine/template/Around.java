package dev.hactl.engine.template;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The expression that an offset of a text lies in.
 *
 * @param before what opens it: <code>${</code>, the name of a tag, or nothing
 * @param expression the expression
 * @param after what closes it
 * @param closed whether that stands there
 */
record Around(String before, String expression, String after, boolean closed) {
  private static final Pattern CONDITION = Pattern.compile("<#(?:if|elseif)\\s+");

  /** Finds it; empty when the offset lies in none. */
  static Optional<Around> of(String text, int offset) {
    int from = text.lastIndexOf("${", offset);
    int close = from < 0 ? -1 : Brackets.close(text, from + 1, text.length());
    if (from >= 0 && close >= offset) {
      boolean closed = close < text.length();
      return Optional.of(new Around("${", text.substring(from + 2, close), "}", closed));
    }
    int tag = text.lastIndexOf("<#", offset);
    if (tag >= 0) {
      Matcher condition = CONDITION.matcher(text).region(tag, text.length());
      int end = Brackets.endOfTag(text, tag);
      return condition.lookingAt() && end >= offset && end >= condition.end()
          ? Optional.of(
              new Around(
                  condition.group(),
                  text.substring(condition.end(), end),
                  ">",
                  end < text.length()))
          : Optional.empty();
    }
    return from < 0 ? Optional.of(new Around("", text, "", true)) : Optional.empty();
  }

  /** The advice to write another expression in its place; empty when it is the same. */
  Optional<String> write(Optional<String> other) {
    return other
        .filter(o -> !closed || !o.equals(expression.strip()))
        .map(o -> "write " + before + o + after);
  }
}
