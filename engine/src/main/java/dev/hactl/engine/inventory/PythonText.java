package dev.hactl.engine.inventory;

import java.util.function.Supplier;

/** Texts in quotes as Python writes them on one line, with its escapes. */
final class PythonText {
  private PythonText() {}

  /** The text of the quotes that begin at a position. */
  static String read(String in, int begin, Supplier<? extends RuntimeException> wrong) {
    int end = end(in, begin, wrong);
    int quotes = quotes(in, begin);
    String inside = in.substring(begin + quotes, end - quotes);
    var text = new StringBuilder();
    int i = 0;
    while (i < inside.length()) {
      char c = inside.charAt(i++);
      if (c != '\\') {
        text.append(c);
        continue;
      }
      char escaped = inside.charAt(i);
      switch (escaped) {
        case '\\', '\'', '"' -> text.append(escaped);
        case 'n' -> text.append('\n');
        case 't' -> text.append('\t');
        case 'r' -> text.append('\r');
        case 'a' -> text.append('\u0007');
        case 'b' -> text.append('\b');
        case 'f' -> text.append('\f');
        case 'v' -> text.append('\u000b');
        case 'x' -> i = code(inside, i, 2, text, wrong);
        case 'u' -> i = code(inside, i, 4, text, wrong);
        case 'U' -> i = code(inside, i, 8, text, wrong);
        case '0', '1', '2', '3', '4', '5', '6', '7' -> i = octal(inside, i, text);
        case 'N' -> throw wrong.get(); // names of characters are not known here
        default -> text.append('\\').append(escaped); // Python keeps what it does not know
      }
      i++;
    }
    return text.toString();
  }

  /** Where the quotes that begin at a position have ended. */
  static int end(String in, int begin, Supplier<? extends RuntimeException> wrong) {
    int quotes = quotes(in, begin);
    String mark = in.substring(begin, begin + quotes);
    int at = begin + quotes;
    while (at < in.length()) {
      if (in.startsWith(mark, at)) {
        return at + quotes;
      }
      at += in.charAt(at) == '\\' ? 2 : 1;
    }
    throw wrong.get();
  }

  /** One quote or three of them. */
  private static int quotes(String in, int begin) {
    return in.startsWith(in.substring(begin, begin + 1).repeat(3), begin) ? 3 : 1;
  }

  private static int code(
      String in, int at, int digits, StringBuilder into, Supplier<? extends RuntimeException> bad) {
    int end = at + 1 + digits;
    if (end > in.length()
        || !in.substring(at + 1, end).chars().allMatch(c -> Character.digit(c, 16) >= 0)) {
      throw bad.get();
    }
    long point = Long.parseLong(in.substring(at + 1, end), 16);
    if (point > Character.MAX_CODE_POINT) {
      throw bad.get();
    }
    into.appendCodePoint((int) point);
    return end - 1;
  }

  private static int octal(String in, int at, StringBuilder into) {
    int end = at;
    while (end < in.length() && end < at + 3 && in.charAt(end) >= '0' && in.charAt(end) <= '7') {
      end++;
    }
    into.append((char) Integer.parseInt(in.substring(at, end), 8));
    return end - 1;
  }
}
