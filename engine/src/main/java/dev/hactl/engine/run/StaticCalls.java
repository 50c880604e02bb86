package dev.hactl.engine.run;

import dev.hactl.engine.model.Task;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What tasks come to on each host as far as it can be told before anything ran: computed once,
 * before the first connection. Only what rests on results of earlier tasks or on facts is computed
 * again at its turn.
 */
final class StaticCalls {
  private final Caller caller;
  private final Map<String, Map<Integer, List<Call>>> known = new ConcurrentHashMap<>();

  StaticCalls(Caller caller) {
    this.caller = caller;
  }

  /**
   * Computes a task for a host whose registers and facts all read as unknown, and keeps what could
   * be decided.
   */
  List<Call> foresee(HostPass blank, Task task) {
    List<Call> calls = caller.calls(task, blank);
    if (calls.stream().noneMatch(c -> c instanceof Call.Undecided)) {
      known
          .computeIfAbsent(blank.host.name(), h -> new ConcurrentHashMap<>())
          .put(task.id(), calls);
    }
    return calls;
  }

  /** The calls of a task at its turn. */
  List<Call> of(HostPass pass, Task task) {
    List<Call> before = known.getOrDefault(pass.host.name(), Map.of()).get(task.id());
    return before != null ? before : caller.calls(task, pass);
  }
}
