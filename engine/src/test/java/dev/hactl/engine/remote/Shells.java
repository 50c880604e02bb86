package dev.hactl.engine.remote;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.hactl.engine.inventory.ConnectionSettings;
import dev.hactl.lab.LoopbackProxy;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** What the tests of this package share. */
final class Shells {
  static final RunInfo RUN = new RunInfo("test-run", "tester", "lab");
  static final Identity LOGIN = new Identity.Login();

  private Shells() {}

  /** Settings of a shell on this machine. */
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

  static ConnectionSettings as(ConnectionSettings.Kind kind, ConnectionSettings s) {
    return new ConnectionSettings(
        s.host(),
        kind,
        s.address(),
        s.port(),
        s.user(),
        s.password(),
        s.privateKey(),
        s.sshConfig(),
        s.knownHosts(),
        s.acceptNewHostKeys(),
        s.connectTimeout());
  }

  /** A host behind a proxy that can cut the link. */
  static RemoteHost through(LoopbackProxy proxy, ConnectionSettings settings, Path knownHosts)
      throws UnreachableException {
    return Remote.connect(
        LabSettings.of(settings).port(proxy.port()).accept(true).known(knownHosts).get(), RUN);
  }

  /** Sends one fragment. */
  static Outcome send(Shell shell, Fragment fragment) {
    return shell.send(Message.of(fragment)).getFirst();
  }

  /** Sends fragments in one message. */
  static List<Outcome> send(Shell shell, Fragment... fragments) {
    return shell.send(new Message(Arrays.asList(fragments), false));
  }

  /** Sends one fragment that must run to its end. */
  static Outcome.Finished finished(Shell shell, Fragment fragment) {
    return finished(send(shell, fragment));
  }

  static Outcome.Finished finished(Outcome outcome) {
    return assertInstanceOf(Outcome.Finished.class, outcome);
  }

  /** The standard output of a probe. */
  static String out(Shell shell, String text) {
    return finished(shell, Fragment.probe("probe", text)).out().text();
  }

  /** Waits for a condition; the last look decides. */
  static boolean within(Duration patience, BooleanSupplier condition) throws InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        return condition.getAsBoolean();
      }
      Thread.sleep(20);
    }
    return true;
  }

  /** Whether a process with this text in its command line runs anywhere on this machine. */
  static boolean runs(String commandLine) {
    File[] processes = new File("/proc").listFiles((_, name) -> Character.isDigit(name.charAt(0)));
    for (File process : processes) {
      try {
        String words = Files.readString(process.toPath().resolve("cmdline"), ISO_8859_1);
        if (words.replace('\0', ' ').contains(commandLine)) {
          return true;
        }
      } catch (IOException e) {
        // It ended while we looked.
        continue;
      }
    }
    return false;
  }
}
