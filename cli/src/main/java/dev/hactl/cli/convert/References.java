package dev.hactl.cli.convert;

import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Other files that a file names.
 *
 * @param playbooks by name, as written
 * @param tasks files of tasks
 * @param variables files of variables
 * @param roles by name
 */
record References(
    Set<String> playbooks, Set<String> tasks, Set<String> variables, Set<String> roles) {

  References() {
    this(
        new LinkedHashSet<>(), new LinkedHashSet<>(), new LinkedHashSet<>(), new LinkedHashSet<>());
  }
}
