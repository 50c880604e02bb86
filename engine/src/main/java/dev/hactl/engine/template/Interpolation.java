package dev.hactl.engine.template;

import java.util.Optional;

/** Tells texts that need rendering from those that do not. */
final class Interpolation {
  private Interpolation() {}

  /** Whether FreeMarker has anything to do in a text. */
  static boolean dynamic(String text) {
    return text.contains("${") || text.contains("<#") || text.contains("<@");
  }

  /** The expression, when a text is exactly one <code>${...}</code>. */
  static Optional<String> single(String text) {
    if (!text.startsWith("${") || !text.endsWith("}")) {
      return Optional.empty();
    }
    return Brackets.close(text, 1, text.length()) == text.length() - 1
        ? Optional.of(text.substring(2, text.length() - 1))
        : Optional.empty();
  }
}
