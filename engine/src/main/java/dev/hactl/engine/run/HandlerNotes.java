package dev.hactl.engine.run;

import dev.hactl.engine.model.Task;
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

  /**
   * Takes up a handler of this play that an earlier run left behind.
   *
   * @return false when there is none of that name, or it was taken up already
   */
  boolean takeUp(HostPass pass, Task handler) {
    return pass.leftovers.remove(context.owed(context.key(handler)));
  }

  /** The handler had no reason to run: a later run need not. */
  void forget(HostPass pass, Task handler) {
    if (!pass.declined.contains(context.owed(context.key(handler)))) {
      forget(pass, context.key(handler));
    }
  }

  /** The handler ran: a later run need not. */
  void done(HostPass pass, Task handler) {
    pass.declined.remove(context.owed(context.key(handler)));
    forget(pass, context.key(handler));
  }

  /**
   * The operator does not want the handler now: its note stays for the next run.
   *
   * @return whether there is one
   */
  boolean decline(HostPass pass, Task handler) {
    Notes.Owed owed = context.owed(context.key(handler));
    pass.declined.add(owed);
    return pass.noted.containsKey(owed);
  }

  private void forget(HostPass pass, String handler) {
    if (foretells) {
      return;
    }
    Notes.Owed owed = context.owed(handler);
    for (Call.Where where : pass.noted.getOrDefault(owed, List.of())) {
      try {
        where.link().send(where.who(), Removal.of(context.handlerNote(handler, "")));
      } catch (HostLost e) {
        pass.state = HostPass.State.UNREACHABLE;
      }
    }
    pass.noted.remove(owed);
  }

  private boolean unknown(Notes.Owed owed) {
    return owed.play().equals(context.playbook()) && !context.has(owed);
  }

  /** Handlers that this play had when an earlier run noted them, and has no more. */
  void forgetUnknown(HostPass pass) {
    for (Notes.Owed owed : pass.leftovers.stream().filter(this::unknown).toList()) {
      String name = owed.handler();
      teller.emit(
          new Event.Noted(
              pass.host.name(),
              "'"
                  + name
                  + "', left over from an interrupted run, is no handler of this play any more; its"
                  + " note goes"));
      forget(pass, name);
      pass.leftovers.remove(owed);
    }
  }
}
