package dev.hactl.modules.security;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Collects the words of an iptables rule; a value that begins with {@code !} is negated. */
final class RuleWords {
  private final List<String> words = new ArrayList<>();

  RuleWords option(String option, Optional<String> value) {
    value.ifPresent(v -> {
      if (v.startsWith("!")) {
        words.add("!");
      }
      words.add(option);
      words.add(v.startsWith("!") ? v.substring(1).strip() : v);
    });
    return this;
  }

  /** A match and its option, when there is a value. */
  RuleWords match(String match, String option, Optional<String> value) {
    if (value.isPresent()) {
      load(match);
      option(option, value);
    }
    return this;
  }

  /** Loads a match once. */
  RuleWords load(String match) {
    for (int i = 0; i + 1 < words.size(); i++) {
      if (words.get(i).equals("-m") && words.get(i + 1).equals(match)) {
        return this;
      }
    }
    return words("-m", match);
  }

  RuleWords words(String... more) {
    words.addAll(List.of(more));
    return this;
  }

  List<String> all() {
    return List.copyOf(words);
  }
}
