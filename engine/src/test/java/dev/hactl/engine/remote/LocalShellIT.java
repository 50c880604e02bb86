package dev.hactl.engine.remote;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hactl.engine.inventory.ConnectionSettings;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LocalShellIT {
  static ConnectionSettings local() {
    return new ConnectionSettings(
        "here",
        ConnectionSettings.Kind.LOCAL,
        "localhost",
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        false,
        Duration.ofSeconds(10));
  }

  @Test
  void runsProbesAndSteps() throws Exception {
    try (RemoteHost host = Remote.connect(local(), new RunInfo("r1", "me", "here"))) {
      Shell shell = host.shell(new Identity.Login());
      List<Outcome> outcomes =
          shell.send(
              new Message(
                  List.of(
                      Fragment.probe("a", "echo out; echo err >&2; (exit 3)"),
                      Fragment.step("b", "cat; echo oops >&2; exit 4")
                          .withStdin(Bytes.of(new byte[] {0, 10, 'x'})),
                      Fragment.step("c", "if; then"),
                      Fragment.step("d", "kill -9 $$"),
                      Fragment.probe("e", "cat").withStdin(Bytes.utf8("hello\n"))),
                  false));
      Outcome.Finished a = assertInstanceOf(Outcome.Finished.class, outcomes.get(0));
      assertEquals("out\n", a.out().text());
      assertEquals("err\n", a.err().text());
      assertEquals(3, a.status());
      Outcome slow =
          shell
              .send(
                  Message.of(
                      Fragment.probe("slow", "echo start; sleep 1000")
                          .withDeadline(Duration.ofMillis(300))))
              .getFirst();
      assertTrue(assertInstanceOf(Outcome.TimedOut.class, slow).doing().contains("sleep 1000"));
    }
  }
}
