package dev.hactl.engine.run;

import dev.hactl.engine.inventory.ConnectionSettings;
import dev.hactl.engine.remote.Identity;
import dev.hactl.engine.source.Place;
import dev.hactl.engine.source.Problem;
import dev.hactl.engine.source.SourceException;
import dev.hactl.engine.template.Variables;
import dev.hactl.engine.value.Secret;
import dev.hactl.engine.value.Value;
import dev.hactl.engine.vars.Binding;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/** Reads a host's connection variables. Names and meaning are Ansible's. */
final class Connections {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  private Connections() {}

  /** How to reach the host these names belong to. */
  static ConnectionSettings settings(String host, Variables names, RunOptions.Login login) {
    return new ConnectionSettings(
        host,
        kind(names),
        text(names, "ansible_host", "ansible_ssh_host").orElse(host),
        text(names, "ansible_port", "ansible_ssh_port").map(p -> port(names, p)),
        text(names, "ansible_user", "ansible_ssh_user").or(login::user),
        secret(names, "ansible_password", "ansible_ssh_pass", "ansible_ssh_password")
            .or(login::password),
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
      Variables names, RunOptions.Login login, Optional<Boolean> become, Optional<String> user) {
    boolean wanted =
        become
            .or(() -> text(names, "ansible_become").map(t -> isTrue(names, t)))
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

  private static boolean isTrue(Variables names, String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "true", "yes", "on" -> true;
      case "false", "no", "off" -> false;
      default ->
          throw wrong(
              names, "ansible_become", "ansible_become is true or false, this is '" + text + "'");
    };
  }

  private static ConnectionSettings.Kind kind(Variables names) {
    String kind = text(names, "ansible_connection").orElse("ssh");
    return switch (kind.toLowerCase(Locale.ROOT)) {
      case "ssh", "smart", "paramiko" -> ConnectionSettings.Kind.SSH;
      case "openssh" -> ConnectionSettings.Kind.OPENSSH;
      case "local" -> ConnectionSettings.Kind.LOCAL;
      default ->
          throw wrong(
              names,
              "ansible_connection",
              "there is no connection '" + kind + "', hactl knows ssh, openssh and local");
    };
  }

  private static int port(Variables names, String text) {
    try {
      int port = Integer.parseInt(text);
      if (port > 0 && port < 65536) {
        return port;
      }
    } catch (NumberFormatException e) {
      // said below
    }
    String name = names.get("ansible_port").isPresent() ? "ansible_port" : "ansible_ssh_port";
    throw wrong(names, name, name + " is a number from 1 to 65535, this is '" + text + "'");
  }

  private static SourceException wrong(Variables names, String variable, String message) {
    String safe =
        names
            .get(variable)
            .filter(Value::secret)
            .map(v -> message.replaceAll("'[^']*'", Value.REDACTED))
            .orElse(message);
    return new SourceException(Problem.error(place(names, variable), safe));
  }

  /** Where the value stands. */
  private static Place place(Variables names, String variable) {
    return names
        .scope()
        .find(variable)
        .map(b ->
            switch (b.content()) {
              case Binding.Content.Written w -> w.node().place();
              case Binding.Content.Ready r -> b.origin().place();
              case Binding.Content.Computed c -> b.origin().place();
            })
        .orElse(Place.of(variable));
  }

  private static Path path(String text) {
    return text.startsWith("~/")
        ? Path.of(System.getProperty("user.home", "/"), text.substring(2))
        : Path.of(text);
  }

  private static Optional<Secret> secret(Variables names, String... all) {
    return text(names, all).map(Secret::of);
  }

  private static Optional<String> text(Variables names, String... all) {
    for (String name : all) {
      Optional<Value> value = names.get(name);
      if (value.isPresent()) {
        return switch (value.get()) {
          case Value.Text t -> Optional.of(t.text());
          case Value.Num n -> Optional.of(n.plain());
          case Value.Bool b -> Optional.of(Boolean.toString(b.value()));
          case Value.Nothing n -> Optional.empty();
          // A fact or a result: nothing that a connection could be made with.
          case Value.Unknown u -> Optional.empty();
          case Value.Items i -> throw wrong(names, name, name + " is a single value, not a list");
          case Value.Dict d -> throw wrong(names, name, name + " is a single value, not a mapping");
        };
      }
    }
    return Optional.empty();
  }
}
