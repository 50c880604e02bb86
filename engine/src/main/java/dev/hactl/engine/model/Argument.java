package dev.hactl.engine.model;

import dev.hactl.engine.source.Node;
import java.util.List;
import java.util.Optional;

/**
 * An argument that a role declares in {@code meta/argument_specs.yml}.
 *
 * @param name with the place of the declaration
 * @param type what its value must be
 * @param elements what the items of a list must be
 * @param required whether it must have a value
 * @param choices the values it may have; empty for any
 * @param options the keys of a mapping, or of the mappings in a list; empty for any
 * @param hidden whether its value must not be shown
 */
public record Argument(
    Node.Scalar name,
    Type type,
    Optional<Type> elements,
    boolean required,
    List<Node.Scalar> choices,
    List<Argument> options,
    boolean hidden) {

  /** The types that can be declared. */
  public enum Type {
    STR("text"),
    INT("a whole number"),
    FLOAT("a number"),
    BOOL("true or false"),
    LIST("a list"),
    DICT("a mapping"),
    PATH("a path"),
    RAW("anything");

    private final String wanted;

    Type(String wanted) {
      this.wanted = wanted;
    }

    /** What a value must be, in words. */
    public String wanted() {
      return wanted;
    }
  }
}
