package dev.hactl.engine.run;

import dev.hactl.engine.model.Task;
import dev.hactl.engine.module.Evaluation;
import dev.hactl.engine.module.Probe;
import dev.hactl.engine.remote.Identity;
import dev.hactl.engine.source.SourceException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Asks the probes of many tasks in one message, ahead of their turn. The window is all tasks at
 * first; after a change it reaches to the next task that may have something to do, and doubles with
 * every message that found nothing to change.
 */
final class Prefetch implements Upcoming {
  /** So many that one message saves most round trips, and so few that it takes no host long. */
  private static final int AHEAD = 50;

  private final List<Task> tasks;
  private final StaticCalls calls;
  private final RescueParts parts;
  private final Map<Integer, Integer> places = new HashMap<>();
  private volatile int position;

  Prefetch(List<Task> tasks, StaticCalls calls, RescueParts parts) {
    this.tasks = tasks;
    this.calls = calls;
    this.parts = parts;
    for (Task task : tasks) {
      places.put(task.id(), places.size());
    }
  }

  /** The task whose turn it is; a handler has no place among the others. */
  void at(Task task) {
    position = places.getOrDefault(task.id(), position);
  }

  /**
   * Asks for everything of the window, grouped by user, unless the call's own probe is known
   * already.
   */
  void before(HostPass pass, Call.OnHost<?, ?> call) throws HostLost {
    Call.Where where = call.where();
    if (call.probe().trust() == Probe.Trust.USER
        || where.delegated()
        || where.link().seen.recall(where.who(), call.probe()).isPresent()) {
      return;
    }
    int count = pass.window;
    pass.window = count > tasks.size() ? count : count * 2;
    var probes = new ArrayList<Probe<?>>(List.of(call.probe()));
    probes.addAll(
        window(pass, now(), position + 1, count - 1).getOrDefault(where.who(), List.of()));
    where.link().ask(where.who(), probes);
  }

  /** Asks for all tasks at once, one message per user. */
  void all(HostPass pass, Map<Identity, List<Probe<?>>> also) throws HostLost {
    Map<Identity, List<Probe<?>>> byUser = window(pass, Optional.empty(), 0, tasks.size());
    also.forEach(
        (who, probes) -> byUser.computeIfAbsent(who, w -> new ArrayList<>()).addAll(probes));
    for (var entry : byUser.entrySet()) {
      pass.link.ask(entry.getKey(), entry.getValue());
    }
  }

  @Override
  public List<Probe<?>> next(HostPass pass, Call.Where where) {
    if (where.delegated()) {
      return List.of();
    }
    int count = 1;
    int end = Math.min(tasks.size(), position + AHEAD);
    for (int i = position + 1; i < end; i++) {
      if (comes(now(), i)) {
        if (!idle(pass, tasks.get(i))) {
          break;
        }
        count++;
      }
    }
    return window(pass, now(), position + 1, count).getOrDefault(where.who(), List.of());
  }

  private Optional<Task> now() {
    return position < tasks.size() ? Optional.of(tasks.get(position)) : Optional.empty();
  }

  /** What stands in a rescue is not asked ahead of a failure. */
  private boolean comes(Optional<Task> now, int later) {
    return parts.ahead(now, tasks.get(later));
  }

  private boolean idle(HostPass pass, Task task) {
    return quietly(pass, task).stream().allMatch(pass::idle);
  }

  private Map<Identity, List<Probe<?>>> window(
      HostPass pass, Optional<Task> now, int from, int count) {
    var byUser = new LinkedHashMap<Identity, List<Probe<?>>>();
    int left = count;
    for (int i = from; i < tasks.size() && left > 0; i++) {
      if (!comes(now, i)) {
        continue;
      }
      left--;
      for (Call call : quietly(pass, tasks.get(i))) {
        if (call instanceof Call.OnHost<?, ?> h
            && !h.where().delegated()
            && !h.probe().needless()
            && h.probe().trust() == Probe.Trust.BUILT_IN) {
          byUser.computeIfAbsent(h.where().who(), w -> new ArrayList<>()).add(h.probe());
        } else if (call instanceof Call.OnCluster<?, ?> c && !c.probe().needless()) {
          byUser.computeIfAbsent(c.where().who(), w -> new ArrayList<>()).add(c.probe());
        }
      }
    }
    return byUser;
  }

  /** What cannot be bound yet is not worth a word: its turn will come. */
  private List<Call> quietly(HostPass pass, Task task) {
    try {
      return calls.of(pass, task);
    } catch (SourceException | Evaluation.Missing e) {
      return List.of();
    }
  }
}
