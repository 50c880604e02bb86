package dev.hactl.engine.run;

import java.util.Optional;
import java.util.Set;

/**
 * What of the playbooks is to run, and on which hosts.
 *
 * @param limit a pattern that narrows every play's hosts
 * @param tags run only tasks with one of these tags; empty for all
 * @param skipTags leave out tasks with one of these tags
 * @param startAtTask leave out everything before the task of this name
 */
public record Choice(
    Optional<String> limit, Set<String> tags, Set<String> skipTags, Optional<String> startAtTask) {

  /** Everything. */
  public static final Choice ALL =
      new Choice(Optional.empty(), Set.of(), Set.of(), Optional.empty());

  /** Whether every task runs. */
  boolean allTasks() {
    return tags.isEmpty() && skipTags.isEmpty() && startAtTask.isEmpty();
  }

  /**
   * Whether a task with these tags runs. {@code always} and {@code never} mean what they do in
   * Ansible.
   */
  public boolean selects(Set<String> taskTags) {
    return wanted(taskTags) && !skipped(taskTags);
  }

  private boolean wanted(Set<String> own) {
    if (own.contains("always") || named(tags, own)) {
      return true;
    }
    boolean every = tags.isEmpty() || tags.contains("all");
    return !own.contains("never") && (every || (tags.contains("tagged") && !own.isEmpty()));
  }

  private boolean skipped(Set<String> own) {
    if (skipTags.contains("all")) {
      return !own.contains("always") || skipTags.contains("always");
    }
    return named(skipTags, own) || (skipTags.contains("tagged") && !own.isEmpty());
  }

  /** A task without tags is called {@code untagged}. */
  private static boolean named(Set<String> given, Set<String> own) {
    return own.isEmpty() ? given.contains("untagged") : own.stream().anyMatch(given::contains);
  }
}
