package dev.hactl.engine.template.jinja;

/** What is known of the variables that expressions name. */
public interface Known {

  /** What a variable holds, as far as it is known before anything runs. */
  enum Kind {
    /** True or false. */
    BOOLEAN,
    /** A text. */
    TEXT,
    /** A number. */
    NUMBER,
    /** A list. */
    LIST,
    /** A mapping. */
    MAPPING,
    /** One thing here and another there, or nobody says. */
    UNKNOWN
  }

  /**
   * What values of this name hold.
   *
   * @param name of a variable, or the last part of a path such as {@code port} of {@code item.port}
   */
  Kind kind(String name);

  /** Whether this is a fact that hactl reads, with its prefix {@code ansible_}. */
  boolean fact(String name);
}
