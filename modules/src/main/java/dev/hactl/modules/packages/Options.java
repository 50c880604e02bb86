package dev.hactl.modules.packages;

import java.util.List;

/**
 * How a task wants its transactions done.
 *
 * @param words options for the tool that hold for simulation and transaction alike
 * @param dpkgOptions without the leading dashes
 * @param policy exit status of policy-rc.d during the transaction
 * @param lockSeconds how long a lock that somebody else holds is waited for
 * @param purge whether configuration files go too
 * @param autoremove whether packages that nobody needs any more go too
 * @param allowDowngrade whether an older version may replace a newer one
 * @param allowHeld whether held packages may be changed
 * @param onlyUpgrade whether missing packages stay missing
 */
record Options(
    List<String> words,
    List<String> dpkgOptions,
    long policy,
    long lockSeconds,
    boolean purge,
    boolean autoremove,
    boolean allowDowngrade,
    boolean allowHeld,
    boolean onlyUpgrade) {

  /** What every tool shares. */
  static Options plain() {
    return new Options(
        List.of(), DPKG_DEFAULTS, NO_STARTS, LOCK_SECONDS, false, false, false, false, false);
  }

  /** Keep configuration edited by hand, take the package's where nobody edited it. */
  static final List<String> DPKG_DEFAULTS = List.of("force-confdef", "force-confold");

  /** policy-rc.d: action forbidden (invoke-rc.d's policy layer). */
  static final long NO_STARTS = 101;

  /** Long enough for unattended upgrades. */
  static final long LOCK_SECONDS = 600;
}
