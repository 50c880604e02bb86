package dev.hactl.engine.model;

import dev.hactl.engine.source.Node;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How a task goes through its loop.
 *
 * @param variable the name of the item, {@code item} unless said otherwise
 * @param index the name that counts the items from 0
 * @param label what is told of an item instead of all of it
 * @param pause seconds to wait between items
 * @param extended whether {@code ansible_loop} says where in the loop the item stands
 */
public record LoopControl(
    Name variable,
    Optional<Name> index,
    Optional<Node.Scalar> label,
    Optional<Node.Scalar> pause,
    boolean extended) {

  /** The name that says where in the loop an item stands. */
  public static final String EXTENDED = "ansible_loop";

  /**
   * A variable of the loop.
   *
   * @param written where it was chosen; empty for the usual name
   */
  public record Name(String text, Optional<Node.Scalar> written) {}

  /** Nothing said. */
  public static final LoopControl NONE =
      new LoopControl(
          new Name("item", Optional.empty()),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          false);

  /** The names an item defines. */
  public Stream<String> names() {
    return Stream.of(
            Stream.of(variable.text()),
            index.stream().map(Name::text),
            extended ? Stream.of(EXTENDED) : Stream.<String>empty())
        .flatMap(s -> s);
  }
}
