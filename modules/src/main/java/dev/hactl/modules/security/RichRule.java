package dev.hactl.modules.security;

import java.util.ArrayList;
import java.util.List;

/** firewalld.richlanguage(5): two spellings of one rule compare equal. */
final class RichRule {
  private RichRule() {}

  /**
   * The words without quotes, the attributes of each element in alphabetical order: firewalld
   * prints every value quoted and attributes in an order of its own.
   */
  static List<String> normal(String rule) {
    var words = new ArrayList<String>();
    var attributes = new ArrayList<String>();
    for (String word : words(rule)) {
      if (word.contains("=")) {
        attributes.add(word);
      } else {
        attributes.stream().sorted().forEach(words::add);
        attributes.clear();
        words.add(word);
      }
    }
    attributes.stream().sorted().forEach(words::add);
    return words;
  }

  private static List<String> words(String rule) {
    var words = new ArrayList<String>();
    var word = new StringBuilder();
    char quote = 0;
    for (int i = 0; i < rule.length(); i++) {
      char c = rule.charAt(i);
      if (quote != 0 ? c == quote : c == '"' || c == '\'') {
        quote = quote == 0 ? c : 0;
      } else if (quote == 0 && Character.isWhitespace(c)) {
        if (!word.isEmpty()) {
          words.add(word.toString());
          word.setLength(0);
        }
      } else {
        word.append(c);
      }
    }
    if (!word.isEmpty()) {
      words.add(word.toString());
    }
    return words;
  }

  /** Whether it keeps packets out. */
  static boolean closes(String rule) {
    List<String> words = words(rule);
    return words.contains("drop") || words.contains("reject");
  }
}
