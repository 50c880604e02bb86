package dev.hactl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.hactl.engine.source.SourceException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whom {@code --limit @failed} means. */
class FailedHostsTest {
  private static final String BEGIN =
      "{\"event\":\"run_started\",\"run\":\"r\",\"check\":false,\"playbooks\":[\"/srv/site.yml\"]}\n";
  private static final String RECAP =
      "{\"event\":\"recap\",\"exit\":4,\"hosts\":{"
          + "\"a\":{\"ok\":1,\"failed\":0,\"unreachable\":0},"
          + "\"b\":{\"ok\":1,\"failed\":1,\"unreachable\":0},"
          + "\"c\":{\"ok\":0,\"failed\":0,\"unreachable\":1}}}\n";

  @TempDir private Path state;

  private void journal(String name, String text) throws IOException {
    Path folder = state.resolve("hactl/runs");
    Files.createDirectories(folder);
    Files.writeString(folder.resolve(name + ".jsonl"), text);
  }

  private FailedHosts last(String... playbooks) {
    return FailedHosts.last(
        List.of(playbooks).stream().map(Path::of).toList(),
        Map.of("XDG_STATE_HOME", state.toString()));
  }

  private String refusal(String... playbooks) {
    return assertThrows(SourceException.class, () -> last(playbooks))
        .problems()
        .getFirst()
        .message();
  }

  @Test
  void theRecapOfTheLastRunSaysWho() throws IOException {
    journal("20260101-000000-0001", BEGIN + RECAP.replace("\"b\"", "\"older\""));
    journal("20260102-000000-0001", BEGIN + RECAP);
    journal(
        "20260103-000000-0001", BEGIN.replace("site", "other") + RECAP.replace("\"b\"", "\"x\""));
    assertEquals(Set.of("b", "c"), last("/srv/site.yml").hosts());
    assertEquals(Set.of("b", "c"), last("/srv/../srv/site.yml").hosts());
    assertEquals("20260102-000000-0001", last("/srv/site.yml").run());
  }

  @Test
  void aRunThatWasKilledCountsAsFarAsItCame() throws IOException {
    journal(
        "20260101-000000-0001",
        BEGIN
            + "{\"event\":\"task_ended\",\"host\":\"a\",\"outcome\":\"changed\"}\n"
            + "{\"event\":\"task_ended\",\"host\":\"b\",\"outcome\":\"failed\",\"ignored\":false}\n"
            + "{\"event\":\"task_ended\",\"host\":\"c\",\"outcome\":\"failed\",\"ignored\":true}\n"
            + "{\"event\":\"task_ended\",\"host\":\"d\",\"outcome\":\"unreachable\"}\n");
    assertEquals(Set.of("b", "d"), last("/srv/site.yml").hosts());
  }

  @Test
  void withoutSuchARunItIsRefused() throws IOException {
    assertEquals("@failed: no run of /srv/site.yml has left a journal", refusal("/srv/site.yml"));
    journal(
        "20260101-000000-0001", BEGIN + RECAP.replaceAll("\"(failed|unreachable)\":1", "\"$1\":0"));
    assertEquals(
        "@failed: no host failed in the last run of /srv/site.yml (20260101-000000-0001)",
        refusal("/srv/site.yml"));
    assertEquals(
        "@failed: no run of /srv/site.yml /srv/two.yml has left a journal",
        refusal("/srv/site.yml", "/srv/two.yml"));
  }

  @Test
  void aBrokenJournalTellsNothing() throws IOException {
    journal("20260101-000000-0001", BEGIN + RECAP);
    journal("20260102-000000-0001", "{\"event\":");
    journal("20260103-000000-0001", "");
    assertEquals(Set.of("b", "c"), last("/srv/site.yml").hosts());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "@failed; b,c.d",
        "@failed:!b; b,c.d:!b",
        "all,!@failed; all,!b,!c.d",
        "all:&@failed; all:&~^(b|c\\.d)$",
        "x@failed; x@failed",
        "@failed2; @failed2",
        "@./failed; @./failed",
      })
  void theWordBecomesTheirNames(String pattern, String names) {
    var failed = new FailedHosts("r", new TreeSet<>(Set.of("b", "c.d")));
    assertEquals(names, failed.into(pattern));
  }
}
