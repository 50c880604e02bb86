package dev.hactl.cli.output;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hactl.engine.report.Stepper;
import dev.hactl.engine.report.Stepper.Kind;
import dev.hactl.engine.report.Stepper.On;
import dev.hactl.engine.source.Place;
import dev.hactl.engine.source.SourceFile;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a question says. */
class StepTextTest {
  private static final Place PLACE = new Place(new SourceFile("site.yml", ""), 3, 7);

  private static String asked(Kind kind, List<String> tasks, List<On> hosts) {
    return String.join("\n", StepText.question(new Stepper.Question(kind, tasks, PLACE, hosts)));
  }

  private static On on(String host, String... changes) {
    return new On(host, true, List.of(changes));
  }

  @Test
  void everyKindHasItsWord() {
    List<On> hosts = List.of(new On("db1", false, List.of()));
    assertEquals("Perform task: t (site.yml:3:7) on db1", asked(Kind.TASK, List.of("t"), hosts));
    assertEquals(
        "Perform handler: t (site.yml:3:7) on db1", asked(Kind.HANDLER, List.of("t"), hosts));
    assertEquals(
        "Perform handler left over from an interrupted run: t (site.yml:3:7) on db1",
        asked(Kind.LEFTOVER, List.of("t"), hosts));
    assertEquals(
        "Perform transaction: t (site.yml:3:7) on db1",
        asked(Kind.TRANSACTION, List.of("t"), hosts));
    assertEquals(
        "Perform 2 tasks as one: t, u (site.yml:3:7) on db1",
        asked(Kind.TRANSACTION, List.of("t", "u"), hosts));
  }

  @Test
  void whatIsForetoldAlikeIsToldOnce() {
    assertEquals(
        """
        Perform task: t (site.yml:3:7) on db1, db2, db3
            db1, db3: create /a
            db1, db3: create /b
            db2: nothing to change, says the plan\
        """,
        asked(
            Kind.TASK,
            List.of("t"),
            List.of(
                on("db1", "create /a", "create /b"),
                on("db2"),
                on("db3", "create /a", "create /b"))));
    assertEquals(
        """
        Perform task: t (site.yml:3:7) on db1, db2
            create /a\
        """,
        asked(Kind.TASK, List.of("t"), List.of(on("db1", "create /a"), on("db2", "create /a"))));
    assertEquals(
        """
        Perform task: t (site.yml:3:7) on db1
            nothing to change, says the plan\
        """,
        asked(Kind.TASK, List.of("t"), List.of(on("db1"))));
  }

  @Test
  void manyHostsAndChangesAreCounted() {
    List<String> many = IntStream.range(0, 12).mapToObj(i -> "change " + i).toList();
    List<On> hosts = IntStream.range(0, 12).mapToObj(i -> new On("h" + i, true, many)).toList();
    String asked = asked(Kind.TASK, List.of("t"), hosts);
    assertEquals(
        "Perform task: t (site.yml:3:7) on h0, h1, h2, h3, h4, h5, h6, h7, h8, h9 and 2 more",
        asked.lines().findFirst().orElseThrow());
    assertEquals(12, asked.lines().count());
    assertEquals("    2 more", asked.lines().reduce((a, b) -> b).orElseThrow());
  }

  @Test
  void noControlCharacterReachesTheTerminal() {
    assertEquals(
        "Perform task: t\\x1b[2J (site.yml:3:7) on db1\n    create \\x07",
        asked(Kind.TASK, List.of("t\u001b[2J"), List.of(on("db1", "create \u0007"))));
  }
}
