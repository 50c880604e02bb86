package dev.hactl.cli;

import dev.hactl.cli.output.Terminal;
import dev.hactl.engine.run.RunControl;

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
            Runtime.getRuntime().halt(signal.exit());
          }
          terminal.complain(
              "\nhactl: SIG"
                  + name
                  + ": ending what may be interrupted, waiting for what must not be; once more ends hactl at once");
          Thread.ofVirtual().start(() -> control.stop(signal));
        });
  }
}
