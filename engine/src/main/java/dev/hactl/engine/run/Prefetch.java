package dev.hactl.engine.run;

import dev.hactl.engine.model.Task;
import dev.hactl.engine.module.Evaluation;
import dev.hactl.engine.module.Probe;
import dev.hactl.engine.remote.Identity;
import dev.hactl.engine.source.SourceException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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
  private volatile int position;

  Prefetch(List<Task> tasks, StaticCalls calls) {
    this.tasks = tasks;
    this.calls = calls;
  }

  /** The task whose turn it is. */
  void at(int index) {
    position = index;
  }

  /**
   * Asks for everything of the window, grouped by user, unless the call's own probe is known
   * already.
   */
  void before(HostPass pass, Call.OnHost<?, ?> call) throws HostLost {
    Call.Where where = call.where();
    if (call.probe().trust() == Probe.Trust.USER
        || where.delegated()
        || where.link().recall(where.who(), call.probe()).isPresent()) {
      return;
    }
    int count = pass.window;
    pass.window = count > tasks.size() ? count : count * 2;
    var probes = new ArrayList<Probe<?>>(List.of(call.probe()));
    probes.addAll(window(pass, position + 1, count - 1).getOrDefault(where.who(), List.of()));
    where.link().ask(where.who(), probes);
  }

  /** Asks for all tasks at once, one message per user. */
  void all(HostPass pass, Map<Identity, List<Probe<?>>> also) throws HostLost {
    Map<Identity, List<Probe<?>>> byUser = window(pass, 0, tasks.size());
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
    for (int i = position + 1; i < end && idle(pass, tasks.get(i)); i++) {
      count++;
    }
    return window(pass, position + 1, count).getOrDefault(where.who(), List.of());
  }

  private boolean idle(HostPass pass, Task task) {
    return quietly(pass, task).stream().allMatch(pass::idle);
  }

  private Map<Identity, List<Probe<?>>> window(HostPass pass, int from, int count) {
    var byUser = new LinkedHashMap<Identity, List<Probe<?>>>();
    int end = (int) Math.min(tasks.size(), (long) from + count);
    for (int i = from; i < end; i++) {
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
