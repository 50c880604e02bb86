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
 * @param sources where its variables, roles and files come from
 * @param preItems tasks and blocks that come first
 * @param items tasks and blocks in order
 * @param postItems tasks and blocks that come last
 * @param handlers run at the end of the play when a changed task notified them, in this order
 * @param serial how many hosts at a time: numbers or percentages, the last repeats; empty for all
 *     at once
 * @param order in which order the hosts are taken
 * @param forceHandlers whether handlers also run where a host failed after it notified them
 * @param needs which hosts must be reachable before the first change
 * @param gatherFacts whether facts are read; empty reads them when something in the play names one
 * @param place where the play begins
 */
public record Play(
    String name,
    Node.Scalar hosts,
    PlaySources sources,
    List<Item> preItems,
    List<Item> items,
    List<Item> postItems,
    List<Task> handlers,
    List<Batch> serial,
    Order order,
    boolean forceHandlers,
    Needs needs,
    Optional<Boolean> gatherFacts,
    Place place) {

  /** The tasks in order, without handlers. */
  public List<Task> tasks() {
    return sections().stream().flatMap(s -> Block.flat(s).stream()).toList();
  }

  /** What runs before, as and after the tasks; notified handlers run after each. */
  public List<List<Item>> sections() {
    return List.of(preItems, items, postItems);
  }

  /** In which order hosts are taken. */
  public enum Order {
    INVENTORY,
    REVERSE_INVENTORY,
    SORTED,
    REVERSE_SORTED,
    SHUFFLE
  }

  /** Tasks and handlers. */
  public Stream<Task> all() {
    return Stream.concat(tasks().stream(), handlers.stream());
  }

  /**
   * The handlers that a task means by a name: those that listen to it; and of those that have it as
   * their name, the ones of the task's own role, else the play's own, else those of other roles. A
   * name such as {@code role : name} means the role's.
   */
  public List<Task> notified(Task task, String name) {
    List<Task> named =
        handlers.stream()
            .filter(h -> h.name().text().equals(name) || h.title().equals(name))
            .toList();
    List<Task> own =
        named.stream()
            .filter(
                h -> task.home().role().isPresent() && h.home().role().equals(task.home().role()))
            .toList();
    List<Task> plays = named.stream().filter(h -> h.home().role().isEmpty()).toList();
    List<Task> meant = !own.isEmpty() ? own : !plays.isEmpty() ? plays : named;
    return handlers.stream()
        .filter(h ->
            meant.stream().anyMatch(m -> m.id() == h.id()) || h.keywords().listen().contains(name))
        .toList();
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
