package dev.hactl.modules.cib;

import dev.hactl.modules.text.Tainted;

/**
 * A named value that is wanted; an empty one means that the name is to be gone.
 *
 * @param name as Pacemaker or the agent calls it
 * @param value may be secret
 */
public record Setting(String name, Tainted value) {

  /** A setting that may be shown. */
  public static Setting of(String name, String value) {
    return new Setting(name, Tainted.open(value));
  }

  /** The value itself. */
  public String text() {
    return value.text();
  }

  /** Whether the name is to be gone. */
  public boolean isGone() {
    return value.text().isEmpty();
  }
}
