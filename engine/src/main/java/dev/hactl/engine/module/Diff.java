package dev.hactl.engine.module;

import java.util.List;

/** Before and after, as an operator reads it. */
public sealed interface Diff {

  /**
   * Two versions of a text, shown as a unified diff.
   *
   * @param path the file on the host
   * @param source where the new text comes from, e.g. {@code templates/x.ftl}; empty when nowhere
   *     special
   * @param before the old text, empty when there is none
   * @param after the new text, empty when it goes away
   * @param secret whether the lines are hidden
   */
  record Lines(String path, String source, String before, String after, boolean secret)
      implements Diff {}

  /** Named properties, shown one a line. */
  record Properties(String subject, List<Property> properties) implements Diff {
    /** Copies the list. */
    public Properties {
      properties = List.copyOf(properties);
    }
  }

  /** One property. */
  record Property(String name, String before, String after) {}

  /** A difference that cannot be shown: binary, or too large. */
  record Opaque(String path, String reason) implements Diff {}

  /** Named properties of one subject. */
  static Diff of(String subject, Property... properties) {
    return new Properties(subject, List.of(properties));
  }
}
