package dev.hactl.engine.run;

import dev.hactl.engine.model.Task;
import dev.hactl.engine.value.Value;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Evaluates the tasks of a play for one host after the other with what is known before the first
 * connection. May be used by several threads, each with its own host.
 */
final class HostForesight {
  private final PlayScope scope;
  private final StaticCalls calls;
  private final HostProblems found;
  private final Watcher watcher;

  /** Which tasks the watcher wants to see on every host; the others only where they differ. */
  private final BitSet watched = new BitSet();

  /** The selected tasks, then the handlers. */
  private final List<Task> tasks;

  /** What each of them defines. */
  private final List<Map<String, Value>> defines;

  /** Which of them define anything. */
  private final BitSet defining = new BitSet();

  private final int handlers;

  /** Where a task first stands in a rescue; -1 when none does. */
  private final int firstRescue;

  private final Lookalikes lookalikes;

  HostForesight(
      PlayScope scope,
      List<Task> selected,
      RescueParts parts,
      StaticCalls calls,
      HostProblems found,
      Watcher watcher) {
    this.watcher = watcher;
    this.scope = scope;
    this.calls = calls;
    this.found = found;
    var all = new ArrayList<>(selected);
    all.addAll(scope.play().handlers());
    this.tasks = List.copyOf(all);
    this.handlers = selected.size();
    this.defines = tasks.stream().map(Blank::namesOf).toList();
    this.lookalikes = new Lookalikes(tasks);
    for (int i = 0; i < tasks.size(); i++) {
      defining.set(i, !defines.get(i).isEmpty());
      watched.set(i, watcher.wants(tasks.get(i)));
    }
    this.firstRescue = firstRescue(tasks, parts);
    if (firstRescue >= 0) {
      defining.set(firstRescue);
    }
  }

  private static int firstRescue(List<Task> tasks, RescueParts parts) {
    for (int i = 0; i < tasks.size(); i++) {
      if (parts.rescues(tasks.get(i))) {
        return i;
      }
    }
    return -1;
  }

  /**
   * Looks at a host.
   *
   * @param known gets what is set when the play has run, unknown for now
   */
  void look(HostPass pass, Map<String, Value> known) {
    Lookalikes.Look look = lookalikes.look(pass);
    StaticCalls.Kept kept = calls.begin(pass, look.like());
    // Handlers may run between tasks, so what they define is there from the beginning.
    for (Map<String, Value> names : defines.subList(handlers, defines.size())) {
      define(pass, names, known);
    }
    BitSet steps = look.differing();
    steps.or(defining);
    steps.or(watched);
    for (int i = steps.nextSetBit(0); i >= 0; i = steps.nextSetBit(i + 1)) {
      Task task = tasks.get(i);
      if (i == firstRescue) {
        // What failed is known from here on, or not: nobody can tell, here and in what follows.
        define(pass, Stumble.unknown(), known);
      }
      if (!look.differs(i)) {
        if (watched.get(i)) {
          watcher.see(scope, pass, task);
        }
      } else if (scope.book().modules().find(task.module()).isPresent()) { // otherwise said already
        task(i, task, pass, look, kept);
      }
      define(pass, defines.get(i), known);
    }
    look.end(kept);
  }

  private void task(
      int index, Task task, HostPass pass, Lookalikes.Look look, StaticCalls.Kept kept) {
    var made = new ArrayList<Call>();
    Set<String> read =
        pass.names
            .of(task)
            .read(() -> {
              made.addAll(calls.foresee(pass, task, kept));
              watcher.see(scope, pass, task);
            });
    look.read(index, read);
    boolean alone = task.keywords().delegateTo().isPresent();
    for (Call call : made) {
      switch (call) {
        case Call.Invalid invalid -> {
          found.note(pass.host, invalid.problems(), task.home().importedAt());
          alone = true;
        }
        case Call.OnCluster<?, ?> c -> alone = true; // it asks which cluster the host is of
        case Call.OnHost<?, ?> h -> {}
        case Call.Steering<?> s -> {}
        case Call.Skip s -> {}
        case Call.Undecided u -> {}
      }
    }
    if (alone) {
      look.alone(index);
    }
  }

  private static void define(HostPass pass, Map<String, Value> names, Map<String, Value> known) {
    names.forEach(pass.names::set);
    known.putAll(names);
  }
}
