package dev.hactl.engine.model;

import dev.hactl.engine.source.Node;
import dev.hactl.engine.source.Place;
import java.util.List;
import java.util.Optional;

/**
 * Tasks that share keywords. What a block says has already been handed down to its tasks; the block
 * itself stays for what concerns the tasks as a whole.
 *
 * @param name as written, or empty
 * @param items tasks and blocks
 * @param transaction the document that all its tasks edit as one, if they do
 * @param place where the block begins
 */
public record Block(String name, List<Item> items, Optional<Node.Scalar> transaction, Place place)
    implements Item {
  @Override
  public List<Task> flat() {
    return items.stream().flatMap(i -> i.flat().stream()).toList();
  }
}
