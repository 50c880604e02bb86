package dev.hactl.engine.module;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * Changes that may be made at the same time; the next stage begins when these have converged. Those
 * that disrupt or destroy go one member at a time, in this order.
 *
 * @param changes by member
 * @param moved the exit status by which a step tells that it did nothing, because what it was
 *     planned for is not so any more: all is looked at and planned anew then
 * @param <S> what is seen on one member
 */
public record Stage<S>(
    SequencedMap<String, List<Change<Members<S>>>> changes, Optional<Integer> moved) {

  /** Copies the map. */
  public Stage {
    var copy = new LinkedHashMap<String, List<Change<Members<S>>>>();
    changes.forEach((name, list) -> copy.put(name, List.copyOf(list)));
    changes = Collections.unmodifiableSequencedMap(copy);
  }

  /** Changes whose steps succeed or fail. */
  public Stage(SequencedMap<String, List<Change<Members<S>>>> changes) {
    this(changes, Optional.empty());
  }

  /** The same, given up and planned anew when a step ends with this status. */
  public Stage<S> unlessMoved(int status) {
    return new Stage<>(changes, Optional.of(status));
  }

  /** Some of the changes, on one member. */
  public Stage<S> on(String member) {
    var one = new LinkedHashMap<String, List<Change<Members<S>>>>();
    one.put(member, changes.getOrDefault(member, List.of()));
    return new Stage<>(one, moved);
  }

  /** One change on one member. */
  public static <S> Stage<S> of(String member, Change<Members<S>> change) {
    var changes = new LinkedHashMap<String, List<Change<Members<S>>>>();
    changes.put(member, List.of(change));
    return new Stage<>(changes);
  }

  /** All changes, in order. */
  public List<Change<Members<S>>> all() {
    var all = new ArrayList<Change<Members<S>>>();
    changes.values().forEach(all::addAll);
    return all;
  }
}
