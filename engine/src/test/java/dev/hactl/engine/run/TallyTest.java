package dev.hactl.engine.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hactl.engine.inventory.Host;
import dev.hactl.engine.model.ModuleNames;
import dev.hactl.engine.model.PlaybookReader;
import dev.hactl.engine.model.Task;
import dev.hactl.engine.module.Change;
import dev.hactl.engine.module.Impact;
import dev.hactl.engine.report.Outcome;
import dev.hactl.engine.source.Problem;
import dev.hactl.engine.source.Problems;
import dev.hactl.engine.source.SourceFile;
import dev.hactl.engine.source.Sources;
import dev.hactl.engine.value.Value;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a run keeps count of: predictions, consents, secrets, hosts that share a problem. */
class TallyTest {
  @TempDir private Path folder;

  private List<Task> tasks(String... lines) throws IOException {
    Path file = folder.resolve("site.yml");
    Files.writeString(
        file, "- hosts: all\n  tasks:\n    - " + String.join("\n    - ", lines) + "\n");
    var problems = new Problems();
    List<Task> tasks =
        PlaybookReader.read(file, "site.yml", ModuleNames.of(Set.of("debug", "set_fact")), problems)
            .plays()
            .getFirst()
            .tasks();
    assertEquals("", Sources.brief(problems.all()));
    return tasks;
  }

  private static TaskEnd end(Task task, Outcome outcome) {
    Value.Dict result = Results.ok(false, Map.of());
    return new TaskEnd(task, List.of(ItemResult.of(outcome, result)), result, false);
  }

  @ParameterizedTest
  @CsvSource({
    // foretold, done, predicted, changed, surprises, pending
    "ok, ok, 0, 0, 0, false",
    "ok, changed, 0, 1, 1, false",
    "changed, changed, 1, 1, 0, true",
    "changed, ok, 1, 0, 0, true",
    "unknown, changed, 0, 1, 0, true",
    "unknown, ok, 0, 0, 0, true",
    "skipped, changed, 0, 1, 1, false",
  })
  void aPlanIsHeldAgainstWhatWasDone(
      String foretold, String done, int predicted, int changed, int surprises, boolean pending)
      throws IOException {
    Task task = tasks("debug:").getFirst();
    var tally = new Tally();
    tally.note("db1", task, end(task, outcome(foretold)), true);
    assertEquals(pending, tally.pending());
    tally.note("db1", task, end(task, outcome(done)), false);
    assertEquals(
        List.of(predicted, changed, surprises),
        List.of(
            tally.accuracy().predicted(),
            tally.accuracy().changed(),
            tally.accuracy().surprises()));
  }

  private static Outcome outcome(String word) {
    return switch (word) {
      case "ok" -> new Outcome.Ok();
      case "changed" -> new Outcome.Changed(false);
      case "unknown" -> new Outcome.Unknown("why");
      default -> new Outcome.Skipped("why");
    };
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " | ",
      nullValues = "-",
      value = {
        // impact        | --allow          | allow: on the task | allowed
        "none            | -                | []                 | true",
        "disruptive      | -                | []                 | false",
        "disruptive      | disruptive       | []                 | true",
        "disruptive      | -                | disruptive         | true",
        "disruptive      | r0               | []                 | false",
        "destructive     | disruptive       | disruptive         | false",
        "destructive     | r0               | []                 | true",
        "destructive     | -                | [r1, r0]           | true",
        "destructive     | r1               | []                 | false",
      })
  void impactsNeedConsent(String kind, String given, String onTask, boolean allowed)
      throws IOException {
    Impact impact =
        switch (kind) {
          case "disruptive" -> new Impact.Disruptive("restarts corosync");
          case "destructive" -> new Impact.Destructive("r0", "wipes r0");
          default -> Impact.none();
        };
    Task task = tasks("{debug: , allow: " + onTask + "}").getFirst();
    var consents = new Consents(given == null ? Set.of() : Set.of(given));
    consents.meet("db1", task, List.of(Change.<String>byStatus("do").impact(impact).build()));
    assertEquals(allowed, consents.refusals().isEmpty());
    if (!allowed) {
      String message = consents.refusals().getFirst().message();
      assertTrue(
          message.contains("--allow " + (kind.equals("destructive") ? "r0" : kind)), message);
    }
  }

  @Test
  void secretsAreHiddenWhereverTheyTurnUp() {
    var secrets = new Secrets();
    secrets.meet(new Value.Text("hunter2", true));
    secrets.meet(new Value.Text("hunter2long", true));
    secrets.meet(new Value.Text("line one\nline two\n", true));
    secrets.meet(
        Value.dict(Map.of("k", new Value.Items(List.of(new Value.Text("deepest", true))))));
    secrets.meet(new Value.Text("abc", true));
    secrets.meet(Value.text("public"));
    assertEquals("a <secret> b", secrets.hide("a hunter2 b"));
    assertEquals("<secret>!", secrets.hide("hunter2long!"));
    assertEquals("-<secret>\n+<secret>", secrets.hide("-line one\n+line two"));
    assertEquals("<secret>", secrets.hide("deepest"));
    assertEquals("abc public", secrets.hide("abc public"), "too short to hide in ordinary text");
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " | ",
      value = {
        "1,2,3,4,5 | wrong",
        "1 | wrong (host h1)",
        "3,1 | wrong (hosts h1, h3)",
        "1,2,3,4 | wrong (hosts h1, h2, h3 and 1 more)"
      })
  void aProblemIsToldOnceWithItsHosts(String hosts, String message) {
    List<Host> all =
        Stream.of(1, 2, 3, 4, 5)
            .map(i -> new Host("h" + i, List.of("all"), List.of(), Optional.empty()))
            .toList();
    var found = new HostProblems(all, new Secrets());
    Problem problem = Problem.error(new SourceFile("x.yml", "").at(1, 1), "wrong");
    for (String host : hosts.split(",")) {
      found.note(all.get(Integer.parseInt(host) - 1), List.of(problem, problem));
    }
    var problems = new Problems();
    found.into(problems);
    assertEquals(List.of(message), problems.all().stream().map(Problem::message).toList());
    var known = new Problems();
    known.add(problem);
    found.into(known);
    assertEquals(List.of("wrong"), known.all().stream().map(Problem::message).toList());
  }

  @Test
  void tasksDefineWhatTheyRegisterAndSet() throws IOException {
    List<Task> tasks = tasks("{debug: , register: r}", "set_fact: {a: 1, b: 2}", "debug:");
    assertEquals(
        List.of("[r]", "[a, b]", "[]"),
        tasks.stream().map(t -> Blank.namesOf(t).keySet().toString()).toList());
  }

  @Test
  void aSkippedTaskHasNoStatus() {
    Value.Dict skipped = Results.skipped("x");
    assertTrue(Results.isTrue(skipped, "skipped"));
    assertFalse(Results.isTrue(skipped, "changed"));
    assertTrue(skipped.get("rc").orElseThrow() instanceof Value.Unknown);
  }
}
