package dev.hactl.engine.template.jinja;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes a template of Jinja apart as Jinja's lexer does: {@code trim_blocks}, {@code
 * lstrip_blocks}, and a minus beside a brace.
 */
final class JinjaParts {
  private static final Pattern ENDRAW =
      Pattern.compile("\\{%([-+]?)\\s*endraw\\s*([-+]?)%\\}(\\n?)");
  private static final Pattern RAW = Pattern.compile("\\{%([-+]?)\\s*raw\\s*(-?)%\\}");

  private final String text;
  private final boolean trim;
  private final boolean lstrip;
  private final List<Part> parts = new ArrayList<>();
  private final StringBuilder pending = new StringBuilder();
  private boolean stripNext;

  /** Whether what is pending begins a line: behind a line end that is put out or eaten. */
  private boolean lineStart = true;

  private JinjaParts(String text, boolean trim, boolean lstrip) {
    this.text = text;
    this.trim = trim;
    this.lstrip = lstrip;
  }

  /**
   * The parts of a template.
   *
   * @param trim whether the line end behind a statement or comment is not put out
   * @param lstrip whether spaces before a statement at the beginning of a line are not put out
   */
  static List<Part> of(String text, boolean trim, boolean lstrip) {
    var reader = new JinjaParts(text, trim, lstrip);
    reader.read();
    return List.copyOf(reader.parts);
  }

  private void read() {
    int at = 0;
    while (at < text.length()) {
      int open = opening(at);
      String literal = text.substring(at, open);
      pending.append(stripNext ? literal.stripLeading() : literal);
      if (!literal.isBlank() || open == text.length()) {
        stripNext = false;
      }
      if (open == text.length()) {
        break;
      }
      at = element(open);
    }
    flush();
  }

  private int opening(int from) {
    for (int i = from; i + 1 < text.length(); i++) {
      if (text.charAt(i) == '{' && "{%#".indexOf(text.charAt(i + 1)) >= 0) {
        return i;
      }
    }
    return text.length();
  }

  private int element(int open) {
    char kind = text.charAt(open + 1);
    Matcher raw = RAW.matcher(text).region(open, text.length());
    if (kind == '%' && raw.lookingAt()) {
      return raw(open, raw);
    }
    char sign = open + 2 < text.length() ? text.charAt(open + 2) : ' ';
    int from = open + ((sign == '+' && kind != '{') || sign == '-' ? 3 : 2);
    int close = kind == '#' ? text.indexOf("#}", from) : closing(from, kind == '{' ? "}}" : "%}");
    if (close < 0) {
      throw new Untranslatable("'" + text.substring(open, open + 2) + "' is not closed", open);
    }
    String code = text.substring(from, close);
    boolean minus = code.endsWith("-");
    boolean plus = code.endsWith("+") && kind != '{';
    if (minus || plus) {
      code = code.substring(0, code.length() - 1);
    }
    before(sign == '-' && from == open + 3, lstrip && kind != '{' && sign != '+');
    int end = close + 2;
    boolean eaten = false;
    if (kind != '{' && !minus && !plus && trim && text.startsWith("\n", end)) {
      eaten = true;
      end++;
    }
    stripNext = minus;
    lineStart = eaten;
    parts.add(
        switch (kind) {
          case '{' -> new Part.Print(code, open);
          case '%' -> new Part.Tag(code.strip(), open, eaten);
          default -> new Part.Note(code, eaten);
        });
    return end;
  }

  private int raw(int open, Matcher raw) {
    Matcher end = ENDRAW.matcher(text);
    if (!end.find(raw.end())) {
      throw new Untranslatable("'raw' is not closed", open);
    }
    String inner = text.substring(raw.end(), end.start());
    before(raw.group(1).equals("-"), lstrip && raw.group(1).isEmpty());
    if (raw.group(2).equals("-")) {
      inner = inner.stripLeading();
    }
    inner = end.group(1).equals("-") ? inner.stripTrailing() : inner;
    if (lstrip && end.group(1).isEmpty()) {
      int line = inner.lastIndexOf('\n') + 1;
      inner = inner.substring(line).isBlank() && line > 0 ? inner.substring(0, line) : inner;
    }
    boolean eaten = trim && end.group(2).isEmpty() && !end.group(3).isEmpty();
    pending.append(inner);
    flush();
    lineStart = eaten;
    stripNext = end.group(2).equals("-");
    return eaten ? end.end() : end.end() - end.group(3).length();
  }

  /** What stands before an element loses white space where the element says so. */
  private void before(boolean minus, boolean left) {
    if (minus) {
      pending.setLength(pending.toString().stripTrailing().length());
    } else if (left) {
      int line = pending.lastIndexOf("\n") + 1;
      if ((line > 0 || lineStart) && pending.substring(line).isBlank()) {
        pending.setLength(line);
      }
    }
    flush();
  }

  private void flush() {
    if (!pending.isEmpty()) {
      parts.add(new Part.Text(pending.toString()));
      pending.setLength(0);
    }
  }

  /** Where an expression ends: not in a string, and not in a mapping. */
  private int closing(int from, String close) {
    int depth = 0;
    for (int i = from; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\'' || c == '"') {
        i = string(i);
      } else if (depth == 0 && text.startsWith(close, i)) {
        return i;
      } else if ("([{".indexOf(c) >= 0) {
        depth++;
      } else if (")]}".indexOf(c) >= 0) {
        depth--;
      }
    }
    return -1;
  }

  private int string(int open) {
    for (int i = open + 1; i < text.length(); i++) {
      if (text.charAt(i) == '\\') {
        i++;
      } else if (text.charAt(i) == text.charAt(open)) {
        return i;
      }
    }
    return text.length();
  }
}
