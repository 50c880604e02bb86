package dev.hactl.cli.convert;

import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.snakeyaml.engine.v2.common.ScalarStyle;

/** Writes texts as scalars of YAML. */
final class Quoting {
  private static final Pattern PLAIN =
      Pattern.compile("(?![-?:](?:\\s|$))[^\\s\\[\\]{},#&*!|>'\"%@`](?:[^\\n\\t]*\\S)?");
  private static final Pattern TYPED =
      Pattern.compile(
          "(?i)true|false|yes|no|on|off|y|n|null|~|[-+]?(?:0x[0-9a-f]+|0o?[0-7]+|[0-9][0-9_]*"
              + "(?:\\.[0-9]*)?(?:e[-+]?[0-9]+)?|\\.[0-9]+|\\.inf|\\.nan)|[0-9]+(?::[0-9]+)+"
              + "|[0-9]{4}-[0-9]{2}-[0-9]{2}.*");

  private Quoting() {}

  /**
   * A text on one line.
   *
   * @param style how it was written before
   * @param flow whether it stands within brackets or braces
   */
  static String line(String text, ScalarStyle style, boolean flow) {
    boolean control = text.chars().anyMatch(c -> c < ' ' || c == 0x7f);
    if (control) {
      return doubled(text);
    }
    return switch (style) {
      case DOUBLE_QUOTED ->
          !text.contains("\"") && !text.contains("\\")
              ? "\"" + text + "\""
              : text.contains("'") && !text.contains("\\") ? single(text) : better(text);
      case SINGLE_QUOTED -> text.contains("'") ? better(text) : single(text);
      case PLAIN, LITERAL, FOLDED, JSON_SCALAR_STYLE -> plain(text, flow) ? text : better(text);
    };
  }

  /** A text that says nothing of how it is to be written. */
  static String word(String text, boolean flow) {
    return TYPED.matcher(text).matches() || text.isEmpty()
        ? single(text)
        : line(text, ScalarStyle.PLAIN, flow);
  }

  private static boolean plain(String text, boolean flow) {
    return PLAIN.matcher(text).matches()
        && !text.contains(": ")
        && !text.contains(" #")
        && !text.endsWith(":")
        && !(flow && text.matches("(?s).*[\\[\\]{},].*"));
  }

  private static String better(String text) {
    return text.contains("'") && !text.contains("\"") && !text.contains("\\")
        ? "\"" + text + "\""
        : single(text);
  }

  private static String single(String text) {
    return "'" + text.replace("'", "''") + "'";
  }

  private static String doubled(String text) {
    var out = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '\n' -> out.append("\\n");
        case '\t' -> out.append("\\t");
        case '\r' -> out.append("\\r");
        case '"', '\\' -> out.append('\\').append(c);
        default ->
            out.append(c < ' ' || c == 0x7f ? "\\x%02x".formatted((int) c) : String.valueOf(c));
      }
    }
    return out.append('"').toString();
  }

  /** A text of several lines as a literal block. */
  static String block(String text, int indentation) {
    String body = text.stripTrailing().isEmpty() ? "" : text.replaceAll("\\n+$", "");
    int ends = text.length() - body.length();
    String chomp = ends == 0 ? "-" : ends == 1 ? "" : "+";
    if (body.startsWith(" ") || body.startsWith("\n")) {
      return doubled(text);
    }
    String margin = " ".repeat(indentation);
    String lines =
        body.lines().map(l -> l.isEmpty() ? "" : margin + l).collect(Collectors.joining("\n"));
    return "|" + chomp + "\n" + lines + "\n".repeat(Math.max(0, ends - 1));
  }
}
