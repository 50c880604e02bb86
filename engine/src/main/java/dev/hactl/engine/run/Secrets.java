package dev.hactl.engine.run;

import dev.hactl.engine.value.Value;
import java.util.Comparator;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The secret texts a run has met. Whatever is shown passes through here, so that a secret that
 * slipped into the output of a program or the parameter of a module still does not appear.
 */
final class Secrets {
  /**
   * Shorter texts would turn ordinary output into placeholders; they are still hidden where they
   * are typed secret.
   */
  private static final int SHORTEST = 4;

  private final Set<String> texts = ConcurrentHashMap.newKeySet();

  /** Remembers every secret leaf of a value. */
  void meet(Value value) {
    if (!value.secret()) {
      return;
    }
    switch (value) {
      case Value.Text t -> meet(t.text());
      case Value.Num n -> meet(n.plain());
      case Value.Items i -> i.items().forEach(this::meet);
      case Value.Dict d -> d.entries().values().forEach(this::meet);
      case Value.Bool b -> {}
      case Value.Nothing n -> {}
      case Value.Unknown u -> {}
    }
  }

  /** Remembers a text, and each of its lines: a diff shows lines. */
  void meet(String text) {
    add(text.strip());
    if (text.indexOf('\n') >= 0 && text.length() < 1 << 16) {
      text.lines().forEach(line -> add(line.strip()));
    }
  }

  private void add(String text) {
    if (text.length() >= SHORTEST) {
      texts.add(text);
    }
  }

  /** The text with every secret replaced. */
  String hide(String text) {
    if (texts.isEmpty() || text.isEmpty()) {
      return text;
    }
    String hidden = text;
    for (String secret :
        texts.stream().sorted(Comparator.comparingInt(String::length).reversed()).toList()) {
      hidden = hidden.replace(secret, Value.REDACTED);
    }
    return hidden;
  }
}
