package dev.hactl.engine.module;

import dev.hactl.engine.source.Node;
import dev.hactl.engine.value.Value;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The type of a parameter: how its value is read and what documentation and editors call it.
 *
 * @param <T> what the module gets
 */
public sealed interface Type<T> {

  /** What {@code hactl doc} calls it. */
  String name();

  /**
   * A value, rendered first.
   *
   * @param name what documentation calls it
   * @param json the JSON Schema type: string, integer, number, boolean, array, object; empty for
   *     any
   * @param choices the allowed words; empty when they are not limited
   * @param literal looks at a scalar as written, before it is rendered; throws {@link BadValue} for
   *     traps such as an unquoted octal number
   * @param convert reads the rendered value; throws {@link BadValue}
   * @param inWords whether programs get it in their words, which every user of a host can read: a
   *     secret is refused
   */
  record Plain<T>(
      String name,
      String json,
      List<String> choices,
      Consumer<Node.Scalar> literal,
      Function<Value, T> convert,
      boolean inWords)
      implements Type<T> {

    /** A type whose values may be secret. */
    public Plain(
        String name,
        String json,
        List<String> choices,
        Consumer<Node.Scalar> literal,
        Function<Value, T> convert) {
      this(name, json, choices, literal, convert, false);
    }

    /** Throws {@link BadValue} when a value does not fit. */
    void require(Value value) {
      var fits = convert.apply(value);
      Objects.requireNonNull(fits);
    }

    /** The same type, its result read further. */
    public <U> Plain<U> map(String newName, Function<T, U> further) {
      return new Plain<>(newName, json, choices, literal, convert.andThen(further), inWords);
    }

    /** The same type for values that programs get in their words. */
    public Plain<T> openly() {
      return new Plain<>(name, json, choices, literal, convert, true);
    }
  }

  /** An expression, evaluated like {@code when:}. */
  record Expression() implements Type<Condition> {
    @Override
    public String name() {
      return "expression";
    }
  }

  /** One or several expressions. */
  record Expressions() implements Type<List<Condition>> {
    @Override
    public String name() {
      return "list of expressions";
    }
  }

  /** A file on the controller. */
  record LocalFile() implements Type<Content> {
    @Override
    public String name() {
      return "file on the controller";
    }
  }

  /** A file on the controller and the arguments it is started with, in one text. */
  record LocalCommand() implements Type<Invocation> {
    @Override
    public String name() {
      return "file on the controller and its arguments";
    }
  }

  /** A file or folder on the controller, or a path of the host when another parameter says so. */
  record Source() implements Type<SourceName> {
    @Override
    public String name() {
      return "file or folder on the controller";
    }
  }

  /** A FreeMarker template on the controller. */
  record Template() implements Type<Content> {
    @Override
    public String name() {
      return "FreeMarker template";
    }
  }
}
