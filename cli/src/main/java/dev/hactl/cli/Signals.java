package dev.hactl.cli;

import dev.hactl.cli.output.Terminal;
import dev.hactl.engine.run.RunControl;
import java.util.List;

/**
 * Ctrl-C and SIGTERM. The first ends the run in order: no new task, what may be interrupted is
 * ended, what must not be is waited for. The second ends hactl at once; the hosts then end what may
 * be interrupted by themselves.
 */
final class Signals {
  private Signals() {}

  static void heed(RunControl control, Terminal terminal) {
    handle("INT", RunControl.Signal.INT, control, terminal);
    handle("TERM", RunControl.Signal.TERM, control, terminal);
  }

  private static void handle(
      String name, RunControl.Signal signal, RunControl control, Terminal terminal) {
    SignalHandling.on(
        name,
        () -> {
          if (control.signal().isPresent()) {
            terminal.complain(farewell(name, control.kept()));
            Runtime.getRuntime().halt(signal.exit());
          }
          Thread.ofPlatform().daemon().start(() -> control.stop(signal));
        });
  }

  private static String farewell(String name, List<String> kept) {
    return "hactl: SIG"
        + name
        + " again: ended at once; "
        + (kept.isEmpty()
            ? "the hosts end what was at work"
            : "left to end by itself: " + String.join(", ", kept) + "; the next run takes it up");
  }
}
