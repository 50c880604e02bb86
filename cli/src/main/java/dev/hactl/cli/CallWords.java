package dev.hactl.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Splits a text at the blanks outside quotes and {@code ${...}}. Quotes and backslashes stay in the
 * words: what they mean is the business of whoever takes them.
 */
final class CallWords {
  /** Those that Ansible reads in a value, without the ones that no file holds. */
  private static final Pattern ESCAPE =
      Pattern.compile("\\\\(?:([nrt\\\\'\"])|x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4}))");

  private static final int HEXADECIMAL = 16;

  private final String text;
  private final List<Word> words = new ArrayList<>();
  private int unclosed = -1;
  private int at;

  /** A word and where it stands. */
  record Word(String text, int begin, int end) {}

  CallWords(String text) {
    this.text = text;
    while (at < text.length()) {
      if (Character.isWhitespace(text.charAt(at))) {
        at++;
      } else {
        int begin = at;
        skipWord();
        words.add(new Word(text.substring(begin, at), begin, at));
      }
    }
  }

  List<Word> words() {
    return List.copyOf(words);
  }

  /** Where a quote begins that does not close; negative when all do. */
  int unclosed() {
    return unclosed;
  }

  private void skipWord() {
    while (at < text.length() && !Character.isWhitespace(text.charAt(at))) {
      char c = text.charAt(at);
      if (c == '\\') {
        at = Math.min(text.length(), at + 2);
      } else if (c == '\'' || c == '"') {
        skipQuoted(c);
      } else if (text.startsWith("${", at)) {
        skipExpression();
      } else {
        at++;
      }
    }
  }

  private void skipQuoted(char quote) {
    int begin = at++;
    while (at < text.length() && text.charAt(at) != quote) {
      at += text.charAt(at) == '\\' ? 2 : 1;
    }
    if (at >= text.length()) {
      unclosed = unclosed < 0 ? begin : unclosed;
      at = text.length();
    } else {
      at++;
    }
  }

  private void skipExpression() {
    int depth = 0;
    do {
      char c = text.charAt(at++);
      depth += c == '{' ? 1 : c == '}' ? -1 : 0;
    } while (at < text.length() && (depth > 0 || text.charAt(at - 1) == '$'));
  }

  /** A value without the quotes around it, its escapes read as Ansible reads them. */
  static String value(String written) {
    int last = written.length() - 1;
    boolean quoted =
        last > 0
            && (written.charAt(0) == '"' || written.charAt(0) == '\'')
            && written.charAt(0) == written.charAt(last);
    return ESCAPE
        .matcher(quoted ? written.substring(1, last) : written)
        .replaceAll(escape -> Matcher.quoteReplacement(character(escape.group(1), escape)));
  }

  private static String character(
      @org.jspecify.annotations.Nullable String letter, MatchResult escape) {
    if (letter == null) {
      String digits = escape.group(2) == null ? escape.group(3) : escape.group(2);
      return String.valueOf((char) Integer.parseInt(digits, HEXADECIMAL));
    }
    return switch (letter) {
      case "n" -> "\n";
      case "r" -> "\r";
      case "t" -> "\t";
      default -> letter;
    };
  }
}
