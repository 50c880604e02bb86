package dev.hactl.modules.cib;

import dev.hactl.engine.module.Diff;
import java.util.List;

/**
 * One object that differs between two configurations.
 *
 * @param what happens to it
 * @param kind {@code primitive}, {@code location}, {@code property}, ...
 * @param id its name
 * @param line the whole difference in one line, without the sign: a new or removed object with all
 *     it has, a changed one with what changes
 * @param properties the same for a diff of properties; secrets are replaced
 */
public record ObjectChange(
    What what, String kind, String id, String line, List<Diff.Property> properties) {

  /** Copies the list. */
  public ObjectChange {
    properties = List.copyOf(properties);
  }

  /** What happens to an object. */
  public enum What {
    ADDED('+'),
    CHANGED('~'),
    REMOVED('-');

    private final char sign;

    What(char sign) {
      this.sign = sign;
    }
  }

  /** The line with its sign. */
  @Override
  public String toString() {
    return what.sign + " " + line;
  }

  /** As the engine shows it. */
  public Diff diff() {
    return new Diff.Properties(kind + " " + id, properties);
  }
}
