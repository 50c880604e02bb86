package dev.hactl.engine.value;

import java.util.Objects;

/**
 * A text that must never reach a command line, an output, a diff or the journal.
 *
 * <p>It prints as a placeholder; whoever really needs the text says {@link #reveal()}, which makes
 * every such place easy to find.
 */
public final class Secret {
  private final String text;

  private Secret(String text) {
    this.text = Objects.requireNonNull(text);
  }

  /** Wraps the text; the caller must not keep another copy of it. */
  public static Secret of(String text) {
    return new Secret(text);
  }

  /** The text itself, for the one place that sends it to a host over a pipe. */
  public String reveal() {
    return text;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Secret secret && secret.text.equals(text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  @Override
  public String toString() {
    return "<secret>";
  }
}
