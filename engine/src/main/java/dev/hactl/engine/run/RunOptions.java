package dev.hactl.engine.run;

import dev.hactl.engine.value.Secret;
import dev.hactl.engine.vars.Layer;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What the operator asked for besides playbook and inventory.
 *
 * @param check say what would change, touch nothing
 * @param diff show before and after
 * @param forks how many hosts are worked on at the same time
 * @param limit a pattern that narrows every play's hosts
 * @param tags run only tasks with one of these tags; empty for all
 * @param skipTags leave out tasks with one of these tags
 * @param startAtTask leave out everything before the task of this name
 * @param extraVars {@code -e}, later ones win
 * @param allow consents: {@code disruptive}, or tokens of objects that may be destroyed
 * @param login how to log in where the inventory does not say
 * @param detailedExit exit 10 when check found changes to make
 * @param forceHandlers handlers run on hosts that failed, too
 * @param operator who runs this, for locks and journals
 */
public record RunOptions(
    boolean check,
    boolean diff,
    int forks,
    Optional<String> limit,
    Set<String> tags,
    Set<String> skipTags,
    Optional<String> startAtTask,
    List<Layer> extraVars,
    Set<String> allow,
    Login login,
    boolean detailedExit,
    boolean forceHandlers,
    Operator operator) {

  /** Defaults for logging in; the inventory's variables win over all but the password prompts. */
  public record Login(
      Optional<String> user,
      Optional<Secret> password,
      boolean become,
      Optional<Secret> becomePassword,
      Optional<Path> privateKey,
      Optional<Path> sshConfig,
      Optional<Path> knownHosts,
      boolean acceptNewHostKeys) {

    /** Nothing given. */
    public static final Login NONE =
        new Login(
            Optional.empty(),
            Optional.empty(),
            false,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            false);
  }

  /** A person at a machine. */
  public record Operator(String user, String controller) {}

  /** Applies everything with defaults; for tests and embedding. */
  public static RunOptions defaults() {
    return new RunOptions(
        false,
        false,
        50,
        Optional.empty(),
        Set.of(),
        Set.of(),
        Optional.empty(),
        List.of(),
        Set.of(),
        Login.NONE,
        false,
        false,
        new Operator(System.getProperty("user.name", "unknown"), "localhost"));
  }

  /** The same for somebody who logs in in this way. */
  public RunOptions as(Operator who, Login how) {
    return new RunOptions(
        check,
        diff,
        forks,
        limit,
        tags,
        skipTags,
        startAtTask,
        extraVars,
        allow,
        how,
        detailedExit,
        forceHandlers,
        who);
  }

  /** The same as a dry run with diffs, or not. */
  public RunOptions withCheck(boolean other) {
    return new RunOptions(
        other,
        diff,
        forks,
        limit,
        tags,
        skipTags,
        startAtTask,
        extraVars,
        allow,
        login,
        detailedExit,
        forceHandlers,
        operator);
  }

  /** The same with variables of the command line. */
  public RunOptions given(List<Layer> extra) {
    return new RunOptions(
        check,
        diff,
        forks,
        limit,
        tags,
        skipTags,
        startAtTask,
        extra,
        allow,
        login,
        detailedExit,
        forceHandlers,
        operator);
  }

  /** The same with consents. */
  public RunOptions allowing(Set<String> consents) {
    return new RunOptions(
        check,
        diff,
        forks,
        limit,
        tags,
        skipTags,
        startAtTask,
        extraVars,
        consents,
        login,
        detailedExit,
        forceHandlers,
        operator);
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

  /** The same for fewer hosts. */
  public RunOptions withLimit(String pattern) {
    return new RunOptions(
        check,
        diff,
        forks,
        Optional.of(pattern),
        tags,
        skipTags,
        startAtTask,
        extraVars,
        allow,
        login,
        detailedExit,
        forceHandlers,
        operator);
  }
}
