package dev.hactl.engine.module;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/**
 * Changes that may be made at the same time; the next stage begins when these have converged. Those
 * that disrupt or destroy go one member at a time, in this order.
 *
 * @param changes by member
 * @param <S> what is seen on one member
 */
public record Stage<S>(SequencedMap<String, List<Change<Members<S>>>> changes) {

  /** Copies the map. */
  public Stage {
    var copy = new LinkedHashMap<String, List<Change<Members<S>>>>();
    changes.forEach((name, list) -> copy.put(name, List.copyOf(list)));
    changes = java.util.Collections.unmodifiableSequencedMap(copy);
  }

  /** One change on one member. */
  public static <S> Stage<S> of(String member, Change<Members<S>> change) {
    var changes = new LinkedHashMap<String, List<Change<Members<S>>>>();
    changes.put(member, List.of(change));
    return new Stage<>(changes);
  }

  /** Changes on one member. */
  public static <S> Stage<S> alone(String member, List<Change<Members<S>>> changes) {
    var one = new LinkedHashMap<String, List<Change<Members<S>>>>();
    one.put(member, changes);
    return new Stage<>(one);
  }

  /** All changes, in order. */
  public List<Change<Members<S>>> all() {
    var all = new ArrayList<Change<Members<S>>>();
    changes.values().forEach(all::addAll);
    return all;
  }
}
