package dev.hactl.engine.run;

import dev.hactl.engine.model.Block;
import dev.hactl.engine.model.Detached;
import dev.hactl.engine.model.Play;
import dev.hactl.engine.model.Task;
import dev.hactl.engine.module.HostModule;
import dev.hactl.engine.module.Module;
import dev.hactl.engine.module.Modules;
import dev.hactl.engine.source.Near;
import dev.hactl.engine.source.Node;
import dev.hactl.engine.source.Place;
import dev.hactl.engine.source.Problems;
import dev.hactl.engine.template.Renderer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Finds tasks that cannot be detached, and waits for what no earlier task starts. The plays of a
 * run are looked at in their order: what one starts, a later one may wait for.
 */
final class DetachCheck {
  private final Problems problems;

  /** What was started so far, by the names it can be waited for. */
  private final Map<String, Place> started = new LinkedHashMap<>();

  /** Results of tasks that are not detached. */
  private final Map<String, Place> others = new LinkedHashMap<>();

  DetachCheck(Problems problems) {
    this.problems = problems;
  }

  void run(Play play, Modules modules) {
    if (play.all().noneMatch(t -> Detached.is(t) || Detached.waits(t))) {
      return;
    }
    List<Task> tasks = play.sections().stream().flatMap(s -> Block.flat(s).stream()).toList();
    Map<String, Place> later = new LinkedHashMap<>();
    tasks.stream().filter(Detached::is).forEach(t -> names(t, later));
    for (Task task : tasks) {
      if (Detached.is(task)) {
        task(task, modules);
        names(task, started);
      } else {
        task.keywords().register().ifPresent(r -> others.putIfAbsent(r, task.modulePlace()));
      }
      wait(task, later);
    }
    for (Task handler : play.handlers()) {
      handler
          .keywords()
          .detach()
          .ifPresent(place ->
              problems.error(
                  place,
                  "a handler cannot be detached: nothing after it could wait for its end",
                  "leave 'detach' out, or make it a task"));
      wait(handler, later);
    }
  }

  private static void names(Task task, Map<String, Place> names) {
    Stream.concat(task.keywords().register().stream(), Stream.of(task.name().text()))
        .forEach(n -> names.put(n, task.keywords().detach().orElseThrow()));
  }

  private void task(Task task, Modules modules) {
    Place place = task.keywords().detach().orElseThrow();
    Optional<Module<?>> module = modules.find(task.module()).map(m -> m);
    if (module.isEmpty()) {
      return; // said elsewhere
    }
    if (!detachable(module.get())) {
      var all = new TreeSet<String>();
      modules.callable().stream()
          .filter(n -> modules.find(n).filter(DetachCheck::detachable).isPresent())
          .forEach(all::add);
      problems.error(
          place,
          "'" + task.module() + "' cannot be detached",
          "only what is one program can: " + String.join(", ", all));
      return;
    }
    Task.Keywords k = task.keywords();
    var clashes = new LinkedHashMap<String, String>();
    clash(clashes, k.loop().isPresent(), "loop", "write one task for each, or loop inside of it");
    clash(
        clashes,
        !k.until().isEmpty() || k.retries().isPresent(),
        "until and retries",
        "nobody sees how it ends before a wait_for_task");
    clash(
        clashes,
        !k.failedWhen().isEmpty(),
        "failed_when",
        "say it at the wait_for_task, which sees status and output");
    clash(
        clashes,
        !k.changedWhen().stream().allMatch(DetachCheck::literal),
        "changed_when",
        "it may be 'true' or 'false' here; status and output are seen by the wait_for_task");
    clash(
        clashes,
        !k.notifies().isEmpty(),
        "notify",
        "handlers would run while it is at work; notify at the wait_for_task, with changed_when:"
            + " true");
    clashes.forEach((keyword, advice) ->
        problems.error(place, "'detach' and '" + keyword + "' do not go together", advice));
  }

  private static boolean literal(Node.Scalar condition) {
    return condition.text().strip().matches("(?i)true|false|yes|no|on|off");
  }

  private static void clash(
      Map<String, String> clashes, boolean found, String keyword, String advice) {
    if (found) {
      clashes.put(keyword, advice);
    }
  }

  private static boolean detachable(Module<?> module) {
    return module instanceof HostModule<?, ?> m && m.detachable();
  }

  private void wait(Task task, Map<String, Place> later) {
    Optional<Node.Scalar> said = Detached.awaited(task);
    if (said.isEmpty() || said.get().text().isBlank()) {
      return; // its form tells
    }
    String name = said.get().text();
    Place place = said.get().place();
    if (Renderer.dynamic(name)) {
      problems.error(
          place,
          "the task that is waited for cannot be an expression, this is '" + name + "'",
          "write the name that its 'register' gives it");
    } else if (started.containsKey(name)) {
      return;
    } else if (later.containsKey(name)) {
      problems.error(
          place,
          "'" + name + "' is not started yet",
          "it is started by a later task, at " + later.get(name) + ": move that one up");
    } else if (others.containsKey(name)) {
      problems.error(
          place,
          "'" + name + "' is not detached: it has ended when the next task begins",
          "write 'detach: true' at " + others.get(name) + ", or leave the wait out");
    } else {
      var known = new ArrayList<>(started.keySet());
      later.keySet().stream().filter(n -> !known.contains(n)).forEach(known::add);
      problems.error(
          place,
          "no detached task is called '" + name + "'",
          Near.name(name, known)
              .map(n -> "did you mean '" + n + "'? It is started at " + at(n, later))
              .orElse(
                  known.isEmpty()
                      ? "no task says 'detach: true'"
                      : "detached tasks: " + String.join(", ", known)));
    }
  }

  private Place at(String name, Map<String, Place> later) {
    return started.containsKey(name)
        ? Objects.requireNonNull(started.get(name))
        : Objects.requireNonNull(later.get(name));
  }
}
