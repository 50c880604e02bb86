package dev.hactl.engine.run;

import dev.hactl.engine.inventory.ConnectionSettings;
import dev.hactl.engine.remote.Identity;
import dev.hactl.engine.source.Place;
import dev.hactl.engine.source.Problem;
import dev.hactl.engine.source.SourceException;
import dev.hactl.engine.template.Names;
import dev.hactl.engine.value.Secret;
import dev.hactl.engine.value.Value;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/** Reads a host's connection variables. Names and meaning are Ansible's. */
final class Connections {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  private Connections() {}

  /** How to reach the host these names belong to. */
  static ConnectionSettings settings(String host, Names names, RunOptions.Login login) {
    return new ConnectionSettings(
        host,
        kind(host, names),
        text(names, "ansible_host").orElse(host),
        text(names, "ansible_port").map(p -> port(host, p)),
        text(names, "ansible_user", "ansible_ssh_user").or(login::user),
        secret(names, "ansible_password", "ansible_ssh_pass").or(login::password),
        text(names, "ansible_ssh_private_key_file", "ansible_private_key_file")
            .map(Connections::path)
            .or(login::privateKey),
        login.sshConfig(),
        text(names, "ansible_ssh_known_hosts_file").map(Connections::path).or(login::knownHosts),
        login.acceptNewHostKeys(),
        TIMEOUT);
  }

  /**
   * As whom a task works.
   *
   * @param become what the task says, empty when it says nothing
   * @param user the user the task names
   */
  static Identity identity(
      Names names, RunOptions.Login login, Optional<Boolean> become, Optional<String> user) {
    boolean wanted =
        become
            .or(() -> text(names, "ansible_become").map(Connections::isTrue))
            .orElse(login.become());
    if (!wanted) {
      return new Identity.Login();
    }
    String name = user.or(() -> text(names, "ansible_become_user")).orElse("root");
    Optional<String> self = text(names, "ansible_user", "ansible_ssh_user").or(login::user);
    if (self.equals(Optional.of(name))) {
      return new Identity.Login(); // already that user: no sudo needed
    }
    return new Identity.Become(
        name,
        secret(names, "ansible_become_password", "ansible_become_pass").or(login::becomePassword));
  }

  private static boolean isTrue(String text) {
    return text.equalsIgnoreCase("true") || text.equalsIgnoreCase("yes");
  }

  private static ConnectionSettings.Kind kind(String host, Names names) {
    String kind = text(names, "ansible_connection").orElse("ssh");
    return switch (kind.toLowerCase(Locale.ROOT)) {
      case "ssh", "smart", "paramiko" -> ConnectionSettings.Kind.SSH;
      case "openssh" -> ConnectionSettings.Kind.OPENSSH;
      case "local" -> ConnectionSettings.Kind.LOCAL;
      default ->
          throw new SourceException(
              Problem.error(
                  Place.of("host " + host),
                  "ansible_connection is '" + kind + "'",
                  "hactl knows ssh, openssh and local"));
    };
  }

  private static int port(String host, String text) {
    try {
      int port = Integer.parseInt(text);
      if (port > 0 && port < 65536) {
        return port;
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw new SourceException(
        Problem.error(
            Place.of("host " + host),
            "ansible_port is '" + text + "'",
            "a port is a number from 1 to 65535"));
  }

  private static Path path(String text) {
    return text.startsWith("~/")
        ? Path.of(System.getProperty("user.home", "/"), text.substring(2))
        : Path.of(text);
  }

  private static Optional<Secret> secret(Names names, String... all) {
    return text(names, all).map(Secret::of);
  }

  private static Optional<String> text(Names names, String... all) {
    for (String name : all) {
      Optional<Value> value = names.get(name);
      if (value.isPresent()) {
        return switch (value.get()) {
          case Value.Text t -> Optional.of(t.text());
          case Value.Num n -> Optional.of(n.plain());
          case Value.Bool b -> Optional.of(Boolean.toString(b.value()));
          default -> Optional.empty();
        };
      }
    }
    return Optional.empty();
  }
}
