package dev.hactl.cli;

import java.util.Collection;
import java.util.SequencedMap;
import java.util.TreeMap;

/**
 * What may stand where somebody is typing.
 *
 * @param kind {@code words}, {@code files} or {@code folders}
 * @param skipped how many characters of the unfinished word come before it
 * @param words sorted, with their descriptions
 */
record Suggestion(String kind, int skipped, SequencedMap<String, String> words) {

  static Suggestion nothing() {
    return new Suggestion("words", 0, new TreeMap<>());
  }

  static Suggestion files(int skipped) {
    return new Suggestion("files", skipped, new TreeMap<>());
  }

  static Suggestion folders(int skipped) {
    return new Suggestion("folders", skipped, new TreeMap<>());
  }

  /** Those of the words that begin with what was typed after the skipped characters. */
  static Suggestion words(String typed, int skipped, SequencedMap<String, String> all) {
    String begin = typed.substring(skipped);
    var fitting = new TreeMap<String, String>();
    all.forEach((word, description) -> {
      if (word.startsWith(begin) && word.indexOf('\n') < 0 && word.indexOf('\t') < 0) {
        fitting.put(word, description);
      }
    });
    return new Suggestion("words", skipped, fitting);
  }

  static Suggestion words(String typed, int skipped, Collection<String> all) {
    var plain = new TreeMap<String, String>();
    all.forEach(word -> plain.put(word, ""));
    return words(typed, skipped, plain);
  }
}
