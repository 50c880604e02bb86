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
 * @param mode how it is run
 * @param choice what of the playbooks is run, and on which of their hosts
 * @param extraVars {@code -e}, later ones win
 * @param allow consents: {@code disruptive}, or tokens of objects that may be destroyed
 * @param login how to log in where the inventory does not say
 * @param operator who runs this, for locks and journals
 */
public record RunOptions(
    Mode mode,
    Choice choice,
    List<Layer> extraVars,
    Set<String> allow,
    Login login,
    Operator operator) {

  /**
   * How a run goes.
   *
   * @param check say what would change, touch nothing
   * @param diff show before and after
   * @param forks how many hosts are worked on at the same time
   * @param forceHandlers handlers run on hosts that failed, too
   * @param detailedExit exit 10 when check found changes to make
   */
  public record Mode(
      boolean check, boolean diff, int forks, boolean forceHandlers, boolean detailedExit) {}

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
        new Mode(false, false, 50, false, false),
        Choice.ALL,
        List.of(),
        Set.of(),
        Login.NONE,
        new Operator(System.getProperty("user.name", "unknown"), "localhost"));
  }

  /** Whether nothing is touched. */
  public boolean check() {
    return mode.check();
  }

  /** The same for somebody who logs in in this way. */
  public RunOptions as(Operator who, Login how) {
    return new RunOptions(mode, choice, extraVars, allow, how, who);
  }

  /** The same as a dry run, or not. */
  public RunOptions withCheck(boolean other) {
    var changed =
        new Mode(other, mode.diff(), mode.forks(), mode.forceHandlers(), mode.detailedExit());
    return new RunOptions(changed, choice, extraVars, allow, login, operator);
  }

  /** The same with differences told. */
  public RunOptions withDiff() {
    var changed =
        new Mode(mode.check(), true, mode.forks(), mode.forceHandlers(), mode.detailedExit());
    return new RunOptions(changed, choice, extraVars, allow, login, operator);
  }

  /** The same with variables of the command line. */
  public RunOptions given(List<Layer> extra) {
    return new RunOptions(mode, choice, extra, allow, login, operator);
  }

  /** The same with consents. */
  public RunOptions allowing(Set<String> consents) {
    return new RunOptions(mode, choice, extraVars, consents, login, operator);
  }

  /** The same for fewer hosts. */
  public RunOptions withLimit(String pattern) {
    var fewer =
        new Choice(Optional.of(pattern), choice.tags(), choice.skipTags(), choice.startAtTask());
    return new RunOptions(mode, fewer, extraVars, allow, login, operator);
  }
}
