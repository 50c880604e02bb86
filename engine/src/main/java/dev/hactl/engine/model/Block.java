package dev.hactl.engine.model;

import dev.hactl.engine.source.Node;
import dev.hactl.engine.source.Place;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Tasks that share keywords. What a block says has already been handed down to its tasks; the block
 * itself stays for what concerns the tasks as a whole.
 *
 * @param name as written, or empty
 * @param items tasks and blocks
 * @param rescue what a host does whose task among {@code items} failed, instead of the rest of them
 * @param always what every host does that began the block, whatever happened in it
 * @param rescuesUnreachable whether a host that is lost among {@code items} is rescued too
 * @param transaction the document that all of {@code items} edit as one, if they do
 * @param place where the block begins
 */
public record Block(
    String name,
    List<Item> items,
    List<Item> rescue,
    List<Item> always,
    boolean rescuesUnreachable,
    Optional<Node.Scalar> transaction,
    Place place)
    implements Item {

  /** The tasks of all three sections. */
  @Override
  public List<Task> flat() {
    return Stream.of(items, rescue, always).flatMap(s -> flat(s).stream()).toList();
  }

  /** The tasks of a section, in order. */
  public static List<Task> flat(List<Item> section) {
    return section.stream().flatMap(i -> i.flat().stream()).toList();
  }
}
