package dev.hactl.engine.run;

import dev.hactl.engine.report.Event;
import java.util.List;

/** Takes away the notes of handlers that need not run any more. */
final class HandlerNotes {
  private final StepContext context;
  private final Teller teller;
  private final boolean foretells;

  HandlerNotes(StepContext context, Teller teller, boolean foretells) {
    this.context = context;
    this.teller = teller;
    this.foretells = foretells;
  }

  /** The handler ran, or had no reason to: a later run need not. */
  void forget(HostPass pass, String handler) {
    if (foretells) {
      return;
    }
    for (HostPass.NotedAt noted : pass.noted.getOrDefault(handler, List.of())) {
      try {
        noted
            .where()
            .link()
            .send(noted.where().who(), Removal.of(context.handlerNote(handler, "")));
      } catch (HostLost e) {
        pass.state = HostPass.State.UNREACHABLE;
      }
    }
    pass.noted.remove(handler);
  }

  /** Handlers that the playbook had when an earlier run noted them, and has no more. */
  void forgetUnknown(HostPass pass) {
    for (String name : pass.leftovers) {
      teller.emit(
          new Event.Noted(
              pass.host.name(),
              "'"
                  + name
                  + "', left over from an interrupted run, is no handler of this play any more; its"
                  + " note goes"));
      forget(pass, name);
    }
    pass.leftovers.clear();
  }
}
