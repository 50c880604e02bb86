package dev.hactl.engine.remote;

import dev.hactl.engine.inventory.ConnectionSettings;
import dev.hactl.engine.inventory.ConnectionSettings.Kind;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A controller in a JVM of its own, to be killed while it works. */
final class ChildController {
  private ChildController() {}

  /** Starts one that locks the host as root and sends the message of these two fragments. */
  static Process start(ConnectionSettings settings, String first, String second, Policy policy)
      throws IOException {
    return new ProcessBuilder(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                ChildController.class.getName(),
                settings.kind().name(),
                String.valueOf(settings.port().orElse(22)),
                settings.privateKey().map(Path::toString).orElse(""),
                settings.knownHosts().map(Path::toString).orElse(""),
                first,
                second,
                policy.name()))
        .inheritIO()
        .start();
  }

  /** Called in the child. */
  public static void main(String[] args) throws Exception {
    ConnectionSettings settings =
        new ConnectionSettings(
            "lab",
            Kind.valueOf(args[0]),
            "127.0.0.1",
            Optional.of(Integer.valueOf(args[1])),
            Optional.of("root"),
            Optional.empty(),
            Optional.of(Path.of(args[2])),
            Optional.empty(),
            Optional.of(Path.of(args[3])),
            false,
            Duration.ofSeconds(20));
    RunInfo run = new RunInfo("killed-run", "tester", "lab");
    try (RemoteHost host = Remote.connect(settings, run)) {
      LockRecord record =
          new LockRecord(run.run(), run.user(), run.controller(), "test", Instant.now());
      HostLock.acquire(host, Shells.LOGIN, record);
      host.shell(Shells.LOGIN)
          .send(
              new Message(
                  List.of(
                      Fragment.step("first", args[4]),
                      Fragment.step("second", args[5]).withPolicy(Policy.valueOf(args[6]))),
                  false));
    }
  }
}
