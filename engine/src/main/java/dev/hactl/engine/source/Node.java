package dev.hactl.engine.source;

import java.util.List;
import java.util.Optional;

/** A YAML node with its place. Aliases are resolved, merge keys merged, duplicate keys refused. */
public sealed interface Node {

  /** Where the node begins. */
  Place place();

  /** What a reader would call it: {@code text}, {@code list}, ... */
  String describe();

  /** What YAML 1.2's core schema makes of a plain scalar; quoted ones are always text. */
  enum Kind {
    TEXT,
    INTEGER,
    DECIMAL,
    BOOLEAN,
    NULL
  }

  /**
   * A single value.
   *
   * @param text the characters as written, without quotes ({@code 0644} stays {@code 0644})
   * @param kind what the core schema makes of it
   * @param plain whether it was written without quotes on one line
   * @param tag an explicit local tag such as {@code !vault}, or empty
   * @param place where it begins
   */
  record Scalar(String text, Kind kind, boolean plain, String tag, Place place) implements Node {
    @Override
    public String describe() {
      return switch (kind) {
        case TEXT -> "text";
        case INTEGER, DECIMAL -> "number";
        case BOOLEAN -> "boolean";
        case NULL -> "nothing";
      };
    }
  }

  /** A list. */
  record Sequence(List<Node> items, Place place) implements Node {
    @Override
    public String describe() {
      return "list";
    }
  }

  /** A mapping; keys are scalars and differ. */
  record Mapping(List<Entry> entries, Place place) implements Node {

    /** The value of a key. */
    public Optional<Node> get(String key) {
      return entry(key).map(Entry::value);
    }

    /** The entry of a key. */
    public Optional<Entry> entry(String key) {
      return entries.stream().filter(e -> e.key().text().equals(key)).findFirst();
    }

    @Override
    public String describe() {
      return "mapping";
    }
  }

  /** One key and its value. */
  record Entry(Scalar key, Node value) {
    /** The key's text. */
    public String name() {
      return key.text();
    }
  }
}
