package dev.hactl.engine.inventory;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * A pattern taken apart: words that add hosts, then words that keep, then words that take away,
 * whatever the order in which they stand.
 *
 * @param parts in the order they stand
 */
record HostPattern(List<Part> parts) {

  /** What a word does. */
  enum Kind {
    ADD,
    KEEP,
    DROP
  }

  /** One word without its {@code &} or {@code !}. */
  record Part(Kind kind, String word) {}

  /**
   * Takes a text apart at {@code ,} and {@code :}, not inside of brackets and not inside of an IPv6
   * address or a name that somebody has.
   */
  static HostPattern of(String text, Predicate<String> known) {
    var parts = new ArrayList<Part>();
    for (String piece : split(text, ',')) {
      String word = piece.strip();
      String bare = word.replaceFirst("^[!&]", "");
      if (known.test(bare) || HostWord.isIpv6(bare)) {
        add(word, parts);
      } else {
        split(word, ':').forEach(w -> add(w.strip(), parts));
      }
    }
    return new HostPattern(parts);
  }

  private static void add(String word, List<Part> parts) {
    if (!word.isEmpty()) {
      Kind kind =
          switch (word.charAt(0)) {
            case '!' -> Kind.DROP;
            case '&' -> Kind.KEEP;
            default -> Kind.ADD;
          };
      parts.add(new Part(kind, kind == Kind.ADD ? word : word.substring(1).strip()));
    }
  }

  private static List<String> split(String text, char separator) {
    var words = new ArrayList<String>();
    int depth = 0;
    int begin = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '[' || c == '(') {
        depth++;
      } else if (c == ']' || c == ')') {
        depth = Math.max(0, depth - 1);
      } else if (c == separator && depth == 0) {
        words.add(text.substring(begin, i));
        begin = i + 1;
      }
    }
    words.add(text.substring(begin));
    return words;
  }
}
