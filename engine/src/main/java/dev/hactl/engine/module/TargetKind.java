package dev.hactl.engine.module;

import java.util.List;

/**
 * A way to choose hosts at the moment a task is reached, by what they are then: {@code on:
 * NAME(ARGUMENT)}. It looks at all members of a cluster and decides which of them are meant.
 *
 * <p>Looking and deciding are separate, as in modules: {@link #choose} is pure.
 *
 * @param <S> what is seen on one member
 */
public interface TargetKind<S> {

  /** One sentence for documentation. */
  String description();

  /** What its arguments are called, in order. */
  List<String> arguments();

  /** How many of the arguments must be given. */
  default int required() {
    return arguments().size();
  }

  /** Whether it asks the software of a cluster, so that a host which is in none cannot be meant. */
  default boolean ofCluster() {
    return true;
  }

  /** What every member is asked; read-only. */
  Probe<S> probe(List<String> arguments);

  /** Which members are meant. Pure. */
  TargetChoice choose(List<String> arguments, Members<S> seen);

  /** What the choice rests on, on every member: earlier changes to it make it unknown. */
  List<Thing> reliesOn(List<String> arguments);
}
