package dev.hactl.cli.faults;

import dev.hactl.cli.CommandLineRun;
import dev.hactl.engine.inventory.ConnectionSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A folder with an inventory and a playbook, and whole runs of them. */
final class Site {
  private final Path folder;
  private final StringBuilder hosts = new StringBuilder("all:\n  hosts:\n");

  private Site(Path folder) {
    this.folder = folder;
  }

  /** A site in a new folder below this one. */
  static Site in(Path parent) {
    try {
      return new Site(Files.createTempDirectory(parent, "site"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Adds a host reached this way; lines of variables come after those and win. */
  Site host(String name, ConnectionSettings how, String... variables) {
    hosts.append("    ").append(name).append(":\n");
    var all = new ArrayList<String>();
    all.add("ansible_host: " + how.address());
    all.add("ansible_port: " + how.port().orElseThrow());
    all.add("ansible_user: " + how.user().orElseThrow());
    all.add("ansible_ssh_private_key_file: " + how.privateKey().orElseThrow());
    all.add("ansible_ssh_known_hosts_file: " + how.knownHosts().orElseThrow());
    for (String variable : variables) {
      String key = variable.substring(0, variable.indexOf(':') + 1);
      all.removeIf(line -> line.startsWith(key));
      all.add(variable);
    }
    all.forEach(line -> hosts.append("      ").append(line).append('\n'));
    return this;
  }

  /** Writes the playbook. */
  Site playbook(String text) {
    return file("site.yml", text);
  }

  /** Writes a playbook of one play for all hosts, from its tasks as an unindented list. */
  Site tasks(String keywords, String tasks) {
    return playbook(
        "- hosts: all\n" + keywords.indent(2) + "  tasks:\n" + tasks.stripTrailing().indent(4));
  }

  /** Writes a file beside the playbook. */
  Site file(String name, String text) {
    try {
      Files.createDirectories(folder.resolve(name).getParent());
      Files.writeString(folder.resolve(name), text);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The place of a file beside the playbook. */
  Path path(String name) {
    return folder.resolve(name);
  }

  /** The inventory's file, written. */
  Path inventory() {
    file("inventory.yml", hosts.toString());
    return path("inventory.yml");
  }

  /** {@code hactl apply} of the playbook. */
  Told apply(String... options) {
    Path inventory = inventory();
    var words = new ArrayList<String>(List.of("apply", path("site.yml").toString()));
    words.addAll(List.of("-i", inventory.toString()));
    words.addAll(List.of(options));
    return Told.by(CommandLineRun.of(words.toArray(String[]::new)));
  }
}
