package dev.hactl.engine.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How problems look, and in which order they are told. */
class ProblemTest {
  private static final SourceFile FILE = new SourceFile("x.yml", "first\n\tsecond\n\nlast");

  @Test
  void aProblemQuotesItsLineAndPointsAtTheColumn() {
    assertEquals(
        """
        x.yml:2:4: error: wrong
             second
               ^
            mend it\
        """,
        Problem.error(FILE.at(2, 4), "wrong", "mend it").render());
  }

  @Test
  void aCaretNeverStandsBeyondTheLine() {
    assertEquals(
        "x.yml:4:99: error: wrong\n    last\n        ^",
        Problem.error(FILE.at(4, 99), "wrong").render());
  }

  @Test
  void anEmptyLineAndAPlaceWithoutOneAreNotQuoted() {
    assertEquals("x.yml:3:1: error: wrong", Problem.error(FILE.at(3, 1), "wrong").render());
    assertEquals(
        "-e: warning: odd\n    look", Problem.warning(Place.of("-e"), "odd", "look").render());
    assertEquals("-e: error: wrong", Problem.error(Place.of("-e"), "wrong", " ").render());
  }

  @Test
  void problemsComeInTheOrderOfTheFilesAndOnce() {
    var other = new SourceFile("y.yml", "");
    var problems = new Problems();
    problems.error(FILE.at(4, 1), "d");
    problems.error(other.at(1, 1), "e");
    problems.error(FILE.at(2, 9), "c");
    problems.error(FILE.at(2, 1), "b");
    problems.error(FILE.at(2, 1), "b");
    problems.add(Problem.warning(FILE.at(1, 1), "a", ""));

    assertEquals(
        List.of("a", "b", "c", "d", "e"), problems.all().stream().map(Problem::message).toList());
    assertEquals(1, problems.warnings().size());
    assertThrows(SourceException.class, problems::throwIfErrors);
  }

  @Test
  void warningsStopNothing() {
    var problems = new Problems();
    problems.add(Problem.warning(FILE.at(1, 1), "odd", "look"));
    problems.throwIfErrors();
    assertFalse(problems.hasErrors());
  }

  @ParameterizedTest
  @CsvSource({
    "ownr, owner",
    "whne, when",
    "stat, state",
    "Restart pacemakr, Restart pacemaker",
    "wehn, when",
    "x,",
    "frobnicate,",
    "owner,",
    "'',",
  })
  void guessesTheNearestName(String wrong, String meant) {
    var known = List.of("owner", "when", "state", "Restart pacemaker", "when_all");
    assertEquals(Optional.ofNullable(meant), Near.name(wrong, known));
  }

  @Test
  void equallyNearNamesAreGuessedByTheAlphabet() {
    assertEquals(Optional.of("db1"), Near.name("db3", List.of("db2", "db1")));
    assertTrue(Near.hint("db3", List.of()).isEmpty());
  }
}
