package dev.hactl.engine.run;

import dev.hactl.engine.remote.UnreachableException;
import dev.hactl.engine.report.Event;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;

/** At the end of a run: what became of the tasks that were started and that nothing waited for. */
final class Unwaited {
  /** For one that has ended. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private static final String LATER =
      " and keeps the host locked; the next run after its end tells how it ended";

  private final Teller teller;
  private final RunControl control;

  Unwaited(Teller teller, RunControl control) {
    this.teller = teller;
    this.control = control;
  }

  /** Tells of each whether it still runs; one that failed counts as a failure of the run. */
  void settle(Collection<HostPass> passes) {
    for (HostPass pass : passes) {
      for (Background.Begun begun : pass.background.open()) {
        settle(pass, begun);
      }
    }
  }

  private void settle(HostPass pass, Background.Begun begun) {
    String name = "'" + begun.task.title() + "'";
    if (control.stopping()) {
      note(pass, name + " was started and is left to itself; while it runs, it goes on" + LATER);
      return;
    }
    try {
      if (runs(begun)) {
        note(pass, name + " still runs" + LATER);
        return;
      }
      long began = System.nanoTime();
      ItemResult end = BackgroundWork.join(begun, PATIENCE);
      if (!end.failed()) {
        note(pass, name + ", which nothing waited for, ended well");
        return;
      }
      teller.started(begun.task, false, false);
      teller.ended(
          pass,
          begun.task,
          new Call.Skip(Optional.empty(), ""),
          end,
          Duration.ofNanos(System.nanoTime() - began));
      if (!begun.task.keywords().ignoreErrors()) {
        PassCounts.failed(pass);
      }
    } catch (HostLost | UnreachableException e) {
      note(
          pass,
          name
              + " was started, and what became of it is not known ("
              + e.getMessage()
              + "); while it runs, it goes on"
              + LATER);
    }
  }

  private static boolean runs(Background.Begun begun) throws HostLost, UnreachableException {
    return begun.where.link().connect().detached(begun.where.who()).stream()
        .anyMatch(d ->
            d.directory().equals(begun.step.directory())
                && d.id().equals(begun.step.id())
                && d.running());
  }

  private void note(HostPass pass, String message) {
    teller.emit(new Event.Noted(pass.host.name(), message));
  }
}
