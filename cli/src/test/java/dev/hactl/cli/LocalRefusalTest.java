package dev.hactl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

/** A refusal is a decision and no accident: no rescue takes it up. */
class LocalRefusalTest extends LocalRuns {
  private static final String STOPS =
      """
      summary: Stops what serves
      parameters:
        path: {type: path, required: true}
      probe: test -e "$path" || exit 1
      apply: touch "$path"
      impact: disruptive
      """;

  private static String block(String path) {
    return """
    tasks:
      - block:
          - {name: w, command: "echo late", register: said}
          - {name: b, stops: {path: "%s"}}
        rescue:
          - {name: r, command: "true"}
        always:
          - {name: a, command: "true"}
      - {name: n, command: "true"}
    """
        .formatted(path);
  }

  private Told refused(String path) throws IOException {
    Files.createDirectories(folder.resolve("modules"));
    Files.writeString(folder.resolve("modules/stops.yml"), STOPS);
    return run("apply", "a", block(path));
  }

  @Test
  void whatIsForeseenIsRefusedBeforeAnythingChanges() throws IOException {
    Told told = refused("${dir}/stopped");
    assertEquals(9, told.exit(), told.err());
    assertEquals("", told.tasks().replaceAll("\\w=refused ?", ""), told.tasks());
  }

  @Test
  void whatIsFoundOnTheWayStopsBeforeItsTaskAndOnlyAlwaysRuns() throws IOException {
    Told told = refused("${dir}/${said.stdout}");
    assertEquals(9, told.exit(), told.err());
    assertEquals("w=changed b=refused a=changed", told.tasks(), told.err());
  }
}
