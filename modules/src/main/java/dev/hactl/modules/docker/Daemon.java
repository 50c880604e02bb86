package dev.hactl.modules.docker;

import dev.hactl.engine.module.Thing;
import java.util.List;
import java.util.Locale;

/**
 * Whether docker can be asked on a host.
 *
 * @param installed whether there is docker's command line
 * @param problem why the daemon did not answer; empty when it did
 */
record Daemon(boolean installed, String problem) {
  static final String UNIT = "docker.service";

  /** It answers. */
  boolean answers() {
    return installed && problem.isEmpty();
  }

  /** Whether another user could ask it. */
  boolean forbidden() {
    return problem.toLowerCase(Locale.ROOT).contains("permission denied");
  }

  /** What is missing. */
  Thing missing() {
    return installed ? Thing.unit(UNIT) : Thing.command("docker");
  }

  /** What stands in the way, for the operator. */
  String message() {
    if (!installed) {
      return "there is no docker (package docker.io, moby-engine or docker-ce)";
    }
    return forbidden()
        ? "the Docker daemon does not let this user in; say 'become: true'"
        : "the Docker daemon does not run: " + problem;
  }

  /** What every verdict about images and containers rests on. */
  static List<Thing> things() {
    return List.of(Thing.command("docker"), Thing.unit(UNIT));
  }
}
