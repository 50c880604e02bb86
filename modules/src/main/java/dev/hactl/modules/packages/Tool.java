package dev.hactl.modules.packages;

import java.util.Arrays;
import java.util.Optional;

/** The program that resolves and installs packages on a host. */
enum Tool {
  APT("apt-get"),
  DNF("dnf"),
  YUM("yum");

  private final String command;

  Tool(String command) {
    this.command = command;
  }

  /** The program as it is called. */
  String command() {
    return command;
  }

  /** Whether packages are kept in dpkg's database; in rpm's otherwise. */
  boolean dpkg() {
    return this == APT;
  }

  static Optional<Tool> named(String command) {
    return Arrays.stream(values()).filter(t -> t.command.equals(command)).findFirst();
  }
}
