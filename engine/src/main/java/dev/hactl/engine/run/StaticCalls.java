package dev.hactl.engine.run;

import dev.hactl.engine.model.Task;
import dev.hactl.engine.source.Problem;
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
    List<Call> calls =
        caller.calls(task, blank).stream().map(c -> withKeywords(c, task, blank)).toList();
    if (calls.stream().noneMatch(StaticCalls::open)) {
      known
          .computeIfAbsent(blank.host.name(), h -> new ConcurrentHashMap<>())
          .put(task.id(), calls);
    }
    return calls;
  }

  /** Whether a call rests on what is not known before the run. */
  private static boolean open(Call call) {
    return switch (call) {
      case Call.Undecided u -> true;
      case Call.OnHost<?, ?> h -> h.provisional();
      case Call.OnCluster<?, ?> c -> c.provisional();
      case Call.Steering<?> s -> s.provisional();
      case Call.Skip s -> false;
      case Call.Invalid i -> false;
    };
  }

  /** A call whose keywords do not fit either is invalid too. */
  private Call withKeywords(Call call, Task task, HostPass blank) {
    return switch (call) {
      case Call.Skip s -> s;
      case Call.Invalid i -> i;
      case Call.Undecided u -> u;
      case Call.OnHost<?, ?> h -> withKeywords(h, caller.wrongKeywords(task, blank, h.item()));
      case Call.OnCluster<?, ?> c -> withKeywords(c, caller.wrongKeywords(task, blank, c.item()));
      case Call.Steering<?> s -> withKeywords(s, caller.wrongKeywords(task, blank, s.item()));
    };
  }

  private static Call withKeywords(Call call, List<Problem> wrong) {
    return wrong.isEmpty() ? call : new Call.Invalid(call.item(), wrong);
  }

  /** The calls of a task at its turn. */
  List<Call> of(HostPass pass, Task task) {
    List<Call> before = known.getOrDefault(pass.host.name(), Map.of()).get(task.id());
    return before != null ? before : caller.calls(task, pass);
  }
}
