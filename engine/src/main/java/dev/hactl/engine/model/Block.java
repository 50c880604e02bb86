package dev.hactl.engine.model;

import dev.hactl.engine.source.Place;
import java.util.List;

/**
 * Tasks that share keywords. What a block says has already been handed down to its tasks; the block
 * itself stays for what concerns the tasks as a whole.
 *
 * @param name as written, or empty
 * @param items tasks and blocks
 * @param place where the block begins
 */
public record Block(String name, List<Item> items, Place place) implements Item {
  @Override
  public List<Task> flat() {
    return items.stream().flatMap(i -> i.flat().stream()).toList();
  }
}
