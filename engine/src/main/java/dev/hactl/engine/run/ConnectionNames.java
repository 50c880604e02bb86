package dev.hactl.engine.run;

import dev.hactl.engine.source.Near;
import dev.hactl.engine.source.Node;
import dev.hactl.engine.source.Problems;
import java.util.List;
import java.util.Optional;

/**
 * Finds misspelt connection variables: one that nobody reads would mean a connection to the wrong
 * place.
 */
public final class ConnectionNames {
  private static final List<String> READ =
      List.of(
          "ansible_host",
          "ansible_ssh_host",
          "ansible_port",
          "ansible_ssh_port",
          "ansible_user",
          "ansible_ssh_user",
          "ansible_password",
          "ansible_ssh_pass",
          "ansible_ssh_password",
          "ansible_connection",
          "ansible_ssh_private_key_file",
          "ansible_private_key_file",
          "ansible_ssh_known_hosts_file",
          "ansible_become",
          "ansible_become_user",
          "ansible_become_password",
          "ansible_become_pass");

  private ConnectionNames() {}

  /** Every name that is read. */
  public static List<String> all() {
    return READ;
  }

  /** Notes names that are nearly those of a connection variable. */
  static void check(Node.Mapping variables, Problems problems) {
    for (Node.Entry entry : variables.entries()) {
      String name = entry.name();
      if (name.startsWith("ansible_") && !READ.contains(name)) {
        // Only what is really near: the prefix alone makes any two of these names alike.
        Optional<String> meant = Near.name(name.substring("ansible_".length()), withoutPrefix());
        meant.ifPresent(m ->
            problems.error(
                entry.key().place(),
                "there is no connection variable '" + name + "'",
                "did you mean 'ansible_" + m + "'?"));
      }
    }
  }

  private static List<String> withoutPrefix() {
    return READ.stream().map(n -> n.substring("ansible_".length())).toList();
  }
}
