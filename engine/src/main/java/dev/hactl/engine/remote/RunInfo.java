package dev.hactl.engine.remote;

import java.util.regex.Pattern;

/**
 * Who is working on the hosts.
 *
 * @param run the run's identifier: letters, digits and dashes, at most 64; it becomes a directory
 *     name on the hosts
 * @param user the person, as the controller knows them
 * @param controller the controller's host name
 */
public record RunInfo(String run, String user, String controller) {
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9-]{0,63}");

  public RunInfo {
    if (!ID.matcher(run).matches()) {
      throw new IllegalArgumentException("not a run identifier: " + run);
    }
  }
}
