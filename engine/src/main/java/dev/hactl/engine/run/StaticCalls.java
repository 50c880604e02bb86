package dev.hactl.engine.run;

import dev.hactl.engine.model.Task;
import dev.hactl.engine.source.Problem;
import dev.hactl.engine.value.Value;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * What tasks come to on each host as far as it can be told before anything ran: computed once,
 * before the first connection. Only what rests on results of earlier tasks or on facts is computed
 * again at its turn, and what would take too much memory.
 */
final class StaticCalls {
  /** How many tasks of all hosts together are kept; a playbook of a pair has some hundred. */
  private static final int KEPT = 30_000;

  /** Stands for calls that are not known before their turn. */
  private static final List<Call> OPEN = List.of();

  private final Caller caller;
  private final Map<String, Kept> known = new ConcurrentHashMap<>();
  private final AtomicInteger room = new AtomicInteger(KEPT);

  StaticCalls(Caller caller) {
    this.caller = caller;
  }

  /** What is known of one host: where it is like another, that one's calls. */
  static final class Kept {
    private final @Nullable Kept like;
    private final Map<Integer, List<Call>> own = new HashMap<>();

    private Kept(@Nullable Kept like) {
      this.like = like;
    }

    private List<Call> of(int task) {
      List<Call> found = own.get(task);
      return found != null ? found : like != null ? like.of(task) : OPEN;
    }
  }

  /** Begins with a host, where another one is like it with that one's calls. */
  Kept begin(HostPass blank, Optional<Kept> like) {
    var kept = new Kept(like.orElse(null));
    known.put(blank.host.name(), kept);
    return kept;
  }

  /**
   * Computes a task for a host whose registers and facts all read as unknown, and keeps what could
   * be decided.
   *
   * @param kept what {@link #begin} returned for the host
   */
  List<Call> foresee(HostPass blank, Task task, Kept kept) {
    List<Call> calls =
        caller.calls(task, blank).stream().map(c -> withKeywords(c, task, blank)).toList();
    boolean open = calls.isEmpty() || calls.stream().anyMatch(StaticCalls::open);
    if (!open && room.getAndDecrement() > 0) {
      kept.own.put(task.id(), calls);
    } else if (kept.like != null) {
      kept.own.put(task.id(), OPEN);
    }
    return calls;
  }

  /** Whether a call rests on what is not known before the run. */
  private static boolean open(Call call) {
    if (call.item().stream().anyMatch(i -> Value.holdsUnknown(i.value()))
        || call.item().stream().anyMatch(i -> Value.holdsUnknown(i.label()))) {
      return true; // a round is told with its item, whether or not the task uses it
    }
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
      case Call.OnHost<?, ?> h -> fitting(h, task, blank);
      case Call.OnCluster<?, ?> c -> fitting(c, task, blank);
      case Call.Steering<?> s -> fitting(s, task, blank);
    };
  }

  private Call fitting(Call call, Task task, HostPass blank) {
    List<Problem> wrong = caller.keywords.wrong(task, blank.names.of(task, call.item()));
    return wrong.isEmpty() ? call : new Call.Invalid(call.item(), wrong);
  }

  /** The calls of a task at its turn. */
  List<Call> of(HostPass pass, Task task) {
    Kept kept = known.get(pass.host.name());
    List<Call> before = kept == null ? OPEN : kept.of(task.id());
    return before.isEmpty()
        ? caller.calls(task, pass)
        : before.stream().map(c -> at(pass.link, c)).toList();
  }

  /** A call as it is on another host of which the same is known. */
  private static Call at(HostLink link, Call call) {
    return switch (call) {
      case Call.OnHost<?, ?> h when elsewhere(h.where(), link) -> on(link, h);
      case Call.Steering<?> s when elsewhere(s.where(), link) -> on(link, s);
      case Call.OnHost<?, ?> h -> h;
      case Call.Steering<?> s -> s;
      case Call.OnCluster<?, ?> c -> c; // worked out for each host
      case Call.Skip s -> s;
      case Call.Undecided u -> u;
      case Call.Invalid i -> i;
    };
  }

  private static boolean elsewhere(Call.Where where, HostLink link) {
    return !where.delegated() && !where.link().equals(link);
  }

  private static <P, S> Call on(HostLink link, Call.OnHost<P, S> h) {
    return new Call.OnHost<>(
        h.item(),
        h.task(),
        h.module(),
        h.params(),
        on(link, h.where()),
        h.secret(),
        h.provisional());
  }

  private static <P> Call on(HostLink link, Call.Steering<P> s) {
    return new Call.Steering<>(
        s.item(),
        s.task(),
        s.module(),
        s.params(),
        on(link, s.where()),
        s.secret(),
        s.provisional());
  }

  private static Call.Where on(HostLink link, Call.Where where) {
    return new Call.Where(link, where.who(), false);
  }
}
