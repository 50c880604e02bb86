package dev.hactl.modules.packages;

import dev.hactl.engine.module.UnreadableAnswer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * One entry of the package database.
 *
 * @param name without architecture
 * @param version with epoch and revision
 * @param architecture as the database spells it
 * @param state how far it is
 * @param provides other names it stands for
 */
record Installed(
    String name, String version, String architecture, State state, List<String> provides) {

  /** How far a package is. Only the first counts as installed. */
  enum State {
    COMPLETE,
    /** Unpacked, half configured, half installed, triggers awaited: a transaction was cut short. */
    UNFINISHED,
    /** Half installed or marked for reinstallation: its files cannot be trusted. */
    BROKEN,
    /** Only its configuration files are left. */
    CONFIGURATION
  }

  /** Whether it is neither complete nor gone. */
  boolean unfinished() {
    return state == State.UNFINISHED || state == State.BROKEN;
  }

  /**
   * Reads the lines of {@link PackageCollector#DPKG_FORMAT}; those of absent packages are dropped.
   */
  static List<Installed> dpkg(String text) {
    var all = new ArrayList<Installed>();
    for (String line : text.split("\n", -1)) {
      if (line.isEmpty()) {
        continue;
      }
      String[] f = line.split("\\|", -1);
      if (f.length < 6 || f[0].length() != 3) {
        throw new UnreadableAnswer("dpkg-query printed a line without its fields: " + line);
      }
      char status = f[0].charAt(1);
      if (status == 'n') {
        continue;
      }
      State state =
          f[0].charAt(2) != ' ' || status == 'H'
              ? State.BROKEN
              : switch (status) {
                case 'i' -> State.COMPLETE;
                case 'c' -> State.CONFIGURATION;
                default -> State.UNFINISHED;
              };
      List<String> provides =
          Arrays.stream(f[4].split(",", -1)).map(String::strip).filter(p -> !p.isEmpty()).toList();
      all.add(new Installed(f[1], f[3], f[2], state, provides));
    }
    return List.copyOf(all);
  }

  /** Reads a line of {@link PackageCollector#RPM_FORMAT}. */
  static Installed rpm(String line, List<String> provides) {
    String[] f = line.split("\\|", -1);
    if (f.length != 5) {
      throw new UnreadableAnswer("rpm printed a line without five fields: " + line);
    }
    String epoch = f[1].equals("(none)") || f[1].equals("0") ? "" : f[1] + ":";
    return new Installed(f[0], epoch + f[2] + "-" + f[3], f[4], State.COMPLETE, provides);
  }

  /** {@code name-version-release.architecture}, as rpm writes it: without epoch. */
  String nevra() {
    return nvr() + "." + architecture;
  }

  /** {@code name-version-release}. */
  String nvr() {
    return name + "-" + version.substring(version.indexOf(':') + 1);
  }
}
