package dev.hactl.cli;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The commands by name, in the order in which help lists them. */
enum Command {
  APPLY("make hosts what a playbook says"),
  PLAN("show what apply would do; touches nothing"),
  CHECK("the same as plan"),
  EXEC("call one module on hosts, without a playbook"),
  LINT("find mistakes and give advice, without a connection"),
  SHOW("show a cluster's state on one screen; touches nothing"),
  VARS("show the variables of a host and where they come from"),
  INVENTORY("show the groups and their hosts"),
  VAULT("make, show and change encrypted files and values"),
  CONFIG("show the settings that hold, and where they come from"),
  CONVERT("turn playbooks and roles of Ansible into those of hactl"),
  DOC("list the modules, or describe one"),
  SCHEMA("print a JSON Schema of playbooks and the files beside them, for editors"),
  COMPLETION("print what makes a shell complete the words of hactl");

  private final String summary;

  Command(String summary) {
    this.summary = summary;
  }

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  String summary() {
    return summary;
  }

  static List<String> words() {
    return Arrays.stream(values()).map(Command::word).toList();
  }

  static Optional<Command> named(String word) {
    return Arrays.stream(values()).filter(command -> command.word().equals(word)).findFirst();
  }
}
