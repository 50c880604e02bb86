package dev.hactl.engine.model;

import dev.hactl.engine.source.Node;
import dev.hactl.engine.source.Place;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Hosts and what is done to them.
 *
 * @param name as written, or the host pattern
 * @param hosts the pattern
 * @param vars variables of the play
 * @param varsFiles files with variables, later ones win
 * @param items tasks and blocks in order
 * @param handlers run at the end of the play when a changed task notified them, in this order
 * @param serial how many hosts at a time: numbers or percentages, the last repeats; empty for all
 *     at once
 * @param needs which hosts must be reachable before the first change
 * @param gatherFacts whether facts are read; empty reads them when something in the play names one
 * @param place where the play begins
 */
public record Play(
    String name,
    Node.Scalar hosts,
    Optional<Node.Mapping> vars,
    List<Node.Scalar> varsFiles,
    List<Item> items,
    List<Task> handlers,
    List<Batch> serial,
    Needs needs,
    Optional<Boolean> gatherFacts,
    Place place) {

  /** The tasks in order, without handlers. */
  public List<Task> tasks() {
    return items.stream().flatMap(i -> i.flat().stream()).toList();
  }

  /** Tasks and handlers. */
  public Stream<Task> all() {
    return Stream.concat(tasks().stream(), handlers.stream());
  }

  /** A batch size. */
  public record Batch(int number, boolean percent) {
    /** How many hosts of {@code all}; at least one. */
    public int of(int all) {
      int hosts = percent ? all * number / 100 : number;
      return Math.clamp(hosts, 1, Math.max(1, all));
    }
  }

  /** Which hosts of the play must be there. */
  public sealed interface Needs {
    /** Every one: a pair is changed as a whole or not at all. */
    record All() implements Needs {}

    /** At least one. */
    record Any() implements Needs {}

    /** These. */
    record Hosts(List<Node.Scalar> names) implements Needs {}
  }
}
