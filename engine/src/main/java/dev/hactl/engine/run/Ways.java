package dev.hactl.engine.run;

import dev.hactl.engine.model.Block;
import dev.hactl.engine.model.Item;
import dev.hactl.engine.model.Play;
import dev.hactl.engine.model.Task;
import dev.hactl.engine.source.Node;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which names only some ways through a play define: those of tasks that a failure leaves out or
 * brings in, and variables that a task sets under a condition.
 */
final class Ways {
  private enum Section {
    MAIN,
    RESCUE,
    ALWAYS
  }

  /**
   * A block around a task.
   *
   * @param block its number in the play
   * @param first whether the task is the first one of its section, which nothing can leave out
   * @param rescued whether the play goes on after a failure among the block's tasks
   */
  private record Around(int block, Section section, boolean first, boolean rescued) {}

  private final Map<Integer, List<Around>> around = new HashMap<>();

  /** The tasks that define a name, in the order they come. */
  private final Map<String, List<Task>> setters = new HashMap<>();

  private int blocks;

  private Ways() {}

  /**
   * The ways through a play.
   *
   * @param tasks those that are to run
   */
  static Ways of(Play play, List<Task> tasks) {
    var ways = new Ways();
    play.sections().forEach(s -> ways.add(s, List.of()));
    for (Task task : tasks) {
      for (String name : Blank.namesOf(task).keySet()) {
        ways.setters.computeIfAbsent(name, n -> new ArrayList<>()).add(task);
      }
    }
    return ways;
  }

  private void add(List<Item> items, List<Around> outer) {
    for (Item item : items) {
      switch (item) {
        case Task t -> around.put(t.id(), outer);
        case Block b -> {
          int number = blocks++;
          boolean rescued = !b.rescue().isEmpty();
          inside(b.items(), number, Section.MAIN, rescued, outer);
          inside(b.rescue(), number, Section.RESCUE, rescued, outer);
          inside(b.always(), number, Section.ALWAYS, rescued, outer);
        }
      }
    }
  }

  private void inside(
      List<Item> items, int block, Section section, boolean rescued, List<Around> outer) {
    for (int i = 0; i < items.size(); i++) {
      var all = new ArrayList<>(outer);
      all.add(new Around(block, section, i == 0, rescued));
      add(List.of(items.get(i)), List.copyOf(all));
    }
  }

  /**
   * The earlier task that defines a name, when no other does and a host may come to this task
   * without having run it.
   */
  Optional<Task> mayMiss(String name, Task user) {
    List<Task> all =
        setters.getOrDefault(name, List.of()).stream().filter(t -> t.id() < user.id()).toList();
    return all.size() == 1 && mayMiss(all.getFirst(), user)
        ? Optional.of(all.getFirst())
        : Optional.empty();
  }

  private boolean mayMiss(Task setter, Task user) {
    boolean registers = setter.keywords().register().isPresent();
    if (!registers && !conditions(user).containsAll(conditions(setter))) {
      return true;
    }
    List<Around> ofUser = around.getOrDefault(user.id(), List.of());
    for (Around a : around.getOrDefault(setter.id(), List.of())) {
      List<Around> same = ofUser.stream().filter(u -> u.block() == a.block()).toList();
      Set<Section> sections = same.stream().map(Around::section).collect(Collectors.toSet());
      boolean left =
          switch (a.section()) {
            case MAIN ->
                !(a.first() && registers)
                    && !sections.contains(Section.MAIN)
                    && (a.rescued() || !sections.isEmpty());
            case RESCUE -> !sections.contains(Section.RESCUE);
            case ALWAYS -> false;
          };
      if (left) {
        return true;
      }
    }
    return false;
  }

  private static Set<String> conditions(Task task) {
    var all = new HashSet<String>();
    for (Node.Scalar condition : task.keywords().when()) {
      all.add(condition.text().strip());
    }
    return all;
  }
}
