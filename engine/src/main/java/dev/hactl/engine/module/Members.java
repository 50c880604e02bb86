package dev.hactl.engine.module;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What was seen on the members of a cluster: of every member that the inventory names, whatever
 * {@code --limit}, {@code serial} or failed hosts say.
 *
 * @param all by name, in inventory order
 * @param acting the members that a task may change
 * @param <S> what is seen on one member
 */
public record Members<S>(SequencedMap<String, Seen<S>> all, Set<String> acting) {

  /** Copies the collections. */
  public Members {
    all = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(all));
    acting = Set.copyOf(acting);
  }

  /** What is known of one member. */
  public sealed interface Seen<S> {
    /** Its state. */
    record Observed<S>(S state) implements Seen<S> {}

    /** It could not be looked at: nothing that needs to know it may be done. */
    record Unknown<S>(String why) implements Seen<S> {}
  }

  /** The names of all members. */
  public List<String> names() {
    return List.copyOf(all.keySet());
  }

  /** The state of a member, if it could be observed. */
  public Optional<S> of(String name) {
    return Optional.ofNullable(all.get(name))
        .flatMap(seen ->
            switch (seen) {
              case Seen.Observed<S> o -> Optional.of(o.state());
              case Seen.Unknown<S> u -> Optional.empty();
            });
  }

  /** The states that were observed, by name. */
  public SequencedMap<String, S> observed() {
    var states = new LinkedHashMap<String, S>();
    all.keySet().forEach(name -> of(name).ifPresent(s -> states.put(name, s)));
    return states;
  }

  /** The members that could not be observed, with the reason. */
  public SequencedMap<String, String> unknown() {
    var reasons = new LinkedHashMap<String, String>();
    all.forEach((name, seen) -> {
      if (seen instanceof Seen.Unknown<S>(String why)) {
        reasons.put(name, why);
      }
    });
    return reasons;
  }

  /** The members that could not be observed, for the operator: {@code db2 (why), db3 (why)}. */
  public String unseen() {
    return unknown().entrySet().stream()
        .map(e -> e.getKey() + " (" + e.getValue() + ")")
        .collect(Collectors.joining(", "));
  }

  /** Whether every member was observed. */
  public boolean complete() {
    return unknown().isEmpty();
  }

  /** Whether this holds on every member that was observed, and there is one. */
  public boolean everywhere(Predicate<S> condition) {
    return !observed().isEmpty() && observed().values().stream().allMatch(condition);
  }

  /** The members that may be changed and on which this holds. */
  public SequencedSet<String> acting(Predicate<S> condition) {
    var names = new LinkedHashSet<String>();
    observed()
        .forEach((name, state) -> {
          if (acting.contains(name) && condition.test(state)) {
            names.add(name);
          }
        });
    return names;
  }
}
