package dev.hactl.engine.plan;

import dev.hactl.engine.module.Change;
import dev.hactl.engine.module.Decision;
import dev.hactl.engine.module.Footprint;
import dev.hactl.engine.module.Thing;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What earlier predicted changes leave uncertain on one host. It keeps check mode honest: nothing
 * that an earlier change may alter is called ok, and nothing that an earlier change may bring is
 * called missing.
 */
public final class Forecast {
  private final List<Earlier> earlier = new ArrayList<>();

  /** A predicted change and the task it belongs to. */
  private record Earlier(String task, Footprint footprint) {}

  /** Notes that a task would change something. */
  public void expect(String task, Footprint footprint) {
    earlier.add(new Earlier(task, footprint));
  }

  /** Notes all changes of a verdict. */
  public void expect(String task, Verdict verdict) {
    switch (verdict) {
      // A package that an earlier change makes installable, a service that it brings: new things,
      // old ones untouched.
      case Verdict.WillChange w when w.changes().isEmpty() -> expect(task, Footprint.bringing());
      case Verdict.WillChange w -> w.changes().forEach(c -> expect(task, c.footprint()));
      case Verdict.Unknown u -> expect(task, Footprint.unknown());
      case Verdict.Converged c -> {}
      case Verdict.WillFail f -> {}
      case Verdict.Refuses r -> {}
    }
  }

  /** What a decision means after everything that was expected before it. */
  public Verdict judge(Decision<?> decision) {
    return switch (decision) {
      case Decision.Decided<?> d when d.changes().isEmpty() -> converged(d.reliesOn());
      case Decision.Decided<?> d -> new Verdict.WillChange(changes(d), false, "");
      case Decision.Blocked<?> b ->
          brings(b.missing())
              .<Verdict>map(t ->
                  new Verdict.WillChange(
                      List.of(), true, "after '" + t + "' brings " + b.missing()))
              .orElseGet(() -> new Verdict.WillFail(b.message()));
      case Decision.Impossible<?> i -> new Verdict.WillFail(i.message());
      case Decision.Refused<?> r -> new Verdict.Refuses(r.message());
      case Decision.Ask<?, ?> a ->
          throw new IllegalStateException("an open question is no decision");
    };
  }

  /** Whether nothing would be changed so far. */
  public boolean untouched() {
    return earlier.isEmpty();
  }

  /** Whether anything at all may have changed since the host was observed. */
  public Optional<String> unsettled() {
    return earlier.stream().filter(e -> e.footprint().anything()).map(Earlier::task).findFirst();
  }

  private static List<? extends Change<?>> changes(Decision.Decided<?> d) {
    return d.changes();
  }

  private Verdict converged(List<Thing> reliesOn) {
    for (Earlier e : earlier) {
      if (e.footprint().anything()) {
        return new Verdict.Unknown("'" + e.task() + "' may change anything before it");
      }
      for (Thing thing : reliesOn) {
        if (e.footprint().mayAlter(thing)) {
          return new Verdict.Unknown("'" + e.task() + "' may change " + thing + " before it");
        }
      }
    }
    return new Verdict.Converged();
  }

  private Optional<String> brings(Thing missing) {
    return earlier.stream()
        .filter(e -> e.footprint().mayBring(missing))
        .map(Earlier::task)
        .findFirst();
  }
}
