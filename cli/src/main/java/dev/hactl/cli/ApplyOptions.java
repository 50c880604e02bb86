package dev.hactl.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What somebody asked {@code hactl apply} (or {@code plan}) to do.
 *
 * @param playbooks one or more, run in this order
 * @param extraVars in rising precedence: secret files, then each {@code -e} as given
 * @param vault where vault passwords come from
 * @param consents what {@code --allow} names: {@code disruptive}, or tokens of objects that may be
 *     destroyed
 * @param verbosity the number of {@code -v}
 */
record ApplyOptions(
    List<Path> playbooks,
    Targets targets,
    Selection selection,
    List<ExtraVars> extraVars,
    Mode mode,
    Login login,
    VaultForm.Given vault,
    Set<String> consents,
    Format format,
    int verbosity) {

  /**
   * Which hosts, and how many at once.
   *
   * @param inventories files or folders; later ones win
   * @param limit a host pattern, or empty for all hosts of the play
   * @param forks the number of hosts worked on at the same time, at least 1
   * @param programLimit how long one call of an inventory program may take
   */
  record Targets(
      List<Path> inventories, Optional<String> limit, int forks, Duration programLimit) {}

  /**
   * Which tasks.
   *
   * @param startAtTask the name of the first task to run
   */
  record Selection(List<String> tags, List<String> skipTags, Optional<String> startAtTask) {}

  /**
   * What to do with them.
   *
   * @param step ask before each task
   */
  record Mode(
      Action action, boolean diff, boolean detailedExitCode, boolean forceHandlers, boolean step) {}

  /** How far to go: from reading the files to changing the hosts. */
  enum Action {
    APPLY,
    CHECK,
    LIST_HOSTS,
    LIST_TASKS,
    LIST_TAGS,
    SYNTAX_CHECK;

    /** Whether hosts are connected to. */
    boolean connects() {
      return this == APPLY || this == CHECK;
    }
  }

  /**
   * How to log in where the inventory does not say.
   *
   * @param askPassword ask for the login password
   * @param become run tasks as root unless they say otherwise
   * @param askBecomePassword ask for the password of sudo
   */
  record Login(
      Optional<String> user,
      boolean askPassword,
      boolean become,
      boolean askBecomePassword,
      Optional<Path> privateKey,
      Optional<Path> sshConfig,
      Optional<Path> knownHosts,
      boolean acceptNewHostKeys) {}

  /** How events are printed. */
  enum Format {
    TEXT,
    JSON
  }
}
