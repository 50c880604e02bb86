package dev.hactl.engine.run;

import java.util.AbstractSet;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The names that one task sees: those of the whole play and its own. A play of thousands of tasks
 * defines thousands of names, so they are looked through and not copied for each task.
 */
final class NamesBeyond extends AbstractSet<String> {
  private final Set<String> shared;
  private final Set<String> own = new HashSet<>();

  NamesBeyond(Set<String> shared) {
    this.shared = shared;
  }

  /** Those that were added here. */
  Set<String> own() {
    return own;
  }

  @Override
  public boolean add(String name) {
    return !shared.contains(name) && own.add(name);
  }

  @Override
  public boolean contains(Object name) {
    return own.contains(name) || shared.contains(name);
  }

  @Override
  public Iterator<String> iterator() {
    return Stream.concat(shared.stream(), own.stream()).iterator();
  }

  @Override
  public int size() {
    return shared.size() + own.size();
  }
}
