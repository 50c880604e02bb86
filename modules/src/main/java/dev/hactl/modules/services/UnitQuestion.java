package dev.hactl.modules.services;

/**
 * What is asked about one unit.
 *
 * @param unit its full name; empty for systemd itself
 * @param file whether its file under {@code /etc/systemd/system} is looked at too
 */
record UnitQuestion(String unit, boolean file) {
  static final String DIRECTORY = "/etc/systemd/system";

  /** Which units systemd has read from files that changed since. */
  static final UnitQuestion MANAGER = new UnitQuestion("", false);

  /** Where an administrator's unit file lives. */
  static String path(String unit) {
    return DIRECTORY + "/" + unit;
  }
}
