package dev.hactl.lab;

import dev.hactl.engine.inventory.ConnectionSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * What container hosts and machines have in common, for tests that run on either. {@link #exec},
 * {@link #sh} and {@link #write} are a ground truth that does not pass through hactl.
 */
public sealed interface LabTarget permits LabHost, LabMachine {
  /** A name for inventories, unique among all hosts of this JVM. */
  String name();

  /** Where hactl reaches it from this machine. */
  String address();

  /** The port of its sshd at {@link #address}. */
  int port();

  /** The private key that opens every account. */
  Path key();

  /** A known_hosts file with its key. */
  Path knownHosts();

  /** How hactl reaches it as root. */
  default ConnectionSettings connection() {
    return connection("root");
  }

  /** How hactl reaches it as that user, with the lab's key. */
  default ConnectionSettings connection(String user) {
    return new ConnectionSettings(
        name(),
        ConnectionSettings.Kind.SSH,
        address(),
        Optional.of(port()),
        Optional.of(user),
        Optional.empty(),
        Optional.of(key()),
        Optional.empty(),
        Optional.of(knownHosts()),
        false,
        Duration.ofSeconds(20));
  }

  /** An entry below {@code hosts:} of a YAML inventory, each line with that indentation. */
  String inventoryEntry(int indentation);

  /** Runs a command as root. */
  LabHost.Result exec(String... command);

  /**
   * Runs a sh script as root and returns what it printed, without the last newline; it has to
   * succeed.
   */
  default String sh(String script) {
    LabHost.Result result = exec("sh", "-c", script);
    if (result.status() != 0) {
      throw new AssertionError("on " + name() + ": " + script + "\n" + result);
    }
    return result.out().stripTrailing();
  }

  /** Writes a file on it, owned by root, mode 0644. */
  void write(String path, String content);
}
