package dev.hactl.engine.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hactl.engine.module.Change;
import dev.hactl.engine.module.Decision;
import dev.hactl.engine.module.Footprint;
import dev.hactl.engine.module.Thing;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Nothing that an earlier change may alter is ok, nothing that it may bring is missing. */
class ForecastTest {
  private static final Map<String, Footprint> EARLIER =
      Map.of(
          "nothing", Footprint.of(),
          "file /a", Footprint.of(Thing.path("/a")),
          "mode of /a", Footprint.of(Thing.path("/a").itself()),
          "dir /a/b", Footprint.of(Thing.path("/a/b")),
          "unit x", Footprint.of(Thing.unit("x.service")),
          "package", Footprint.bringing(Thing.pkg("x")),
          "command", Footprint.unknown());

  private static final Map<String, Thing> THINGS =
      Map.of(
          "/a", Thing.path("/a"),
          "only /a", Thing.path("/a").itself(),
          "/ab", Thing.path("/ab"),
          "/a/b/c", Thing.path("/a/b/c"),
          "no /z", Thing.path("/z").absent(),
          "unit x", Thing.unit("x.service"),
          "user x", Thing.user("x.service"),
          "anything", Thing.anything());

  private static Forecast after(String earlier) {
    var forecast = new Forecast();
    if (!earlier.equals("nothing")) {
      forecast.expect("first", EARLIER.get(earlier));
    }
    return forecast;
  }

  @ParameterizedTest
  @CsvSource({
    "nothing,/a,ok",
    "file /a,/a,unknown",
    "file /a,/ab,ok",
    "file /a,/a/b/c,unknown",
    "dir /a/b,/a,unknown",
    "dir /a/b,only /a,ok",
    "file /a,only /a,unknown",
    "mode of /a,/a,unknown",
    "mode of /a,/a/b/c,ok",
    "file /a,unit x,ok",
    "unit x,unit x,unknown",
    "unit x,user x,ok",
    "unit x,anything,unknown",
    "nothing,anything,ok",
    "package,/a,ok",
    "package,no /z,unknown",
    "file /a,no /z,ok",
    "command,/a,unknown",
    "command,unit x,unknown",
  })
  void aConvergedStateIsOkOnlyWhenNothingBeforeMayAlterIt(
      String earlier, String reliesOn, String verdict) {
    assertEquals(verdict, word(after(earlier).judge(Decision.ok(THINGS.get(reliesOn)))));
  }

  @ParameterizedTest
  @CsvSource({
    "nothing,unit x,fails",
    "unit x,unit x,derived",
    "file /a,unit x,fails",
    "package,unit x,derived",
    "command,unit x,derived",
    "file /a,/a/b/c,derived",
  })
  void whatIsMissingFailsUnlessSomethingBringsIt(String earlier, String missing, String verdict) {
    assertEquals(
        verdict,
        word(after(earlier).judge(new Decision.Blocked<>(THINGS.get(missing), "not there"))));
  }

  @Test
  void otherDecisionsStandWhateverComesBefore() {
    for (String earlier : EARLIER.keySet()) {
      Forecast forecast = after(earlier);
      assertEquals("changes", word(forecast.judge(Decision.change(change(Footprint.of())))));
      assertEquals("fails", word(forecast.judge(new Decision.Impossible<>("no"))));
      assertEquals("refuses", word(forecast.judge(new Decision.Refused<>("no"))));
    }
  }

  private static Change<String> change(Footprint footprint) {
    return Change.<String>byStatus("do").touches(footprint).build();
  }

  @ParameterizedTest
  @CsvSource({
    "changes,/a,unknown", "changes,/ab,ok", "derived,/a,ok", "derived,no /z,unknown",
    "unknown,/ab,unknown", "ok,/a,ok", "fails,/a,ok", "refuses,/a,ok",
  })
  void verdictsOfEarlierTasksCount(String earlier, String reliesOn, String verdict) {
    Verdict before =
        switch (earlier) {
          case "changes" ->
              new Verdict.WillChange(List.of(change(Footprint.of(Thing.path("/a")))), false, "");
          case "derived" -> new Verdict.WillChange(List.of(), true, "after");
          case "unknown" -> new Verdict.Unknown("why");
          case "fails" -> new Verdict.WillFail("why");
          case "refuses" -> new Verdict.Refuses("why");
          default -> new Verdict.Converged();
        };
    var forecast = new Forecast();
    forecast.expect("first", before);
    assertEquals(verdict, word(forecast.judge(Decision.ok(THINGS.get(reliesOn)))));
  }

  @Test
  void theReasonNamesTheEarlierTask() {
    assertEquals(
        new Verdict.Unknown("'first' may change /a before it"),
        after("file /a").judge(Decision.ok(Thing.path("/a"))));
    assertEquals(
        new Verdict.Unknown("'first' may change anything before it"),
        after("command").judge(Decision.ok(Thing.path("/a"))));
    assertEquals(Optional.of("first"), after("command").unsettled());
    assertEquals(Optional.empty(), after("package").unsettled());
  }

  private static String word(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Converged c -> "ok";
      case Verdict.WillChange w -> w.derived() ? "derived" : "changes";
      case Verdict.Unknown u -> "unknown";
      case Verdict.WillFail f -> "fails";
      case Verdict.Refuses r -> "refuses";
    };
  }
}
