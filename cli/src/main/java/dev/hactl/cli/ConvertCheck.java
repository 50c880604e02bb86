package dev.hactl.cli;

import dev.hactl.cli.convert.Conversion;
import dev.hactl.engine.run.Project;
import dev.hactl.engine.source.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Looks at what a conversion wrote as {@code --syntax-check} does. Without an inventory, the hosts
 * that plays name are taken to be there, and variables to be set.
 */
final class ConvertCheck {
  private static final Pattern HOSTS =
      Pattern.compile("(?m)^(?:- |  )\\s*hosts:\\s*['\"]?([^'\"#\\n]+?)['\"]?\\s*(?:#.*)?$");

  private ConvertCheck() {}

  /** Everything wrong with the playbooks and roles that were written, warnings among it. */
  static List<Problem> of(Conversion made, Path folder, List<String> inventories) {
    try {
      Path own = Files.createTempDirectory("hactl-convert");
      try {
        var playbooks = new ArrayList<Path>();
        made.playbooks().forEach(p -> playbooks.add(folder.resolve(p)));
        if (!made.roles().isEmpty()) {
          playbooks.add(ofRoles(made, folder, own));
        }
        List<String> hosts =
            inventories.isEmpty() ? List.of(inventory(playbooks, own).toString()) : inventories;
        var all = new LinkedHashSet<Problem>();
        for (Path playbook : playbooks) {
          if (Files.exists(playbook)) {
            all.addAll(Project.read(List.of(playbook), hosts, AllModules::beside).problems().all());
          }
        }
        return List.copyOf(all);
      } finally {
        for (String name : List.of("roles.yml", "inventory.yml")) {
          Files.deleteIfExists(own.resolve(name));
        }
        Files.deleteIfExists(own);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path ofRoles(Conversion made, Path folder, Path own) throws IOException {
    String roles =
        made.roles().stream()
            .map(r -> "    - role: '" + folder.resolve(r).toAbsolutePath().normalize() + "'\n")
            .collect(Collectors.joining());
    return Files.writeString(own.resolve("roles.yml"), "- hosts: all\n  roles:\n" + roles);
  }

  /** An inventory with a host in every group that the plays name. */
  private static Path inventory(List<Path> playbooks, Path own) throws IOException {
    Set<String> groups = new LinkedHashSet<>();
    for (Path playbook : playbooks) {
      if (Files.exists(playbook)) {
        Matcher hosts = HOSTS.matcher(Files.readString(playbook));
        while (hosts.find()) {
          for (String name : hosts.group(1).split("[:,&!\\[\\]]+")) {
            if (name.strip().matches("[\\w.-]+")) {
              groups.add(name.strip());
            }
          }
        }
      }
    }
    groups.removeAll(Set.of("all", "localhost", "ungrouped"));
    var text = new StringBuilder("all:\n  hosts: {a-host: {}}\n  children:\n");
    groups.forEach(g -> text.append("    '").append(g).append("': {hosts: {a-host: {}}}\n"));
    if (groups.isEmpty()) {
      text.append("    some: {}\n");
    }
    return Files.writeString(own.resolve("inventory.yml"), text);
  }
}
