package dev.hactl.engine.run;

import java.util.Set;

/** The facts that hactl reads from hosts. */
public final class KnownFacts {
  private KnownFacts() {}

  /** Their names, each with its prefix {@code ansible_}. */
  public static Set<String> names() {
    return Set.copyOf(Blank.facts().keySet());
  }
}
