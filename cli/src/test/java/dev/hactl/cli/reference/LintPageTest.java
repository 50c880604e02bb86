package dev.hactl.cli.reference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.hactl.cli.CommandLineRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page about lint: its examples say what it says they say, its table is made of the rules. */
class LintPageTest {
  private static final Path PAGE = Path.of("..", "docs", "lint.md");
  private static final Pattern FILE =
      Pattern.compile(
          "`([a-z]+[.]yml)`:\\n\\n```yaml\\n(.*?)^```", Pattern.MULTILINE | Pattern.DOTALL);

  @TempDir Path folder;

  private CommandLineRun lint(String playbook, String... more) throws IOException {
    for (var found : FILE.matcher(Files.readString(PAGE)).results().toList()) {
      Files.writeString(folder.resolve(found.group(1)), found.group(2));
    }
    var words =
        new ArrayList<>(
            List.of("lint", folder + "/" + playbook, "-i", folder.resolve("hosts.yml").toString()));
    words.addAll(List.of(more));
    return CommandLineRun.of(words.toArray(String[]::new));
  }

  private static String block(String language) throws IOException {
    var found =
        Pattern.compile("^```" + language + "\\n(.*?)^```", Pattern.MULTILINE | Pattern.DOTALL)
            .matcher(Files.readString(PAGE));
    assertTrue(found.find(), language);
    return found.group(1);
  }

  @Test
  void theExampleSaysWhatThePageSays() throws IOException {
    assertEquals(block("text"), lint("pair.yml").out().replace(folder + "/", ""));
    assertEquals(
        block("json"), lint("pair.yml", "--format", "json").out().replace(folder + "/", ""));
  }

  @Test
  void theCommentSilencesIt() throws IOException {
    assertEquals("nothing found\n", lint("silenced.yml").out());
  }

  @Test
  void theTableIsThatOfTheRules() throws IOException {
    var table =
        new StringBuilder(
            "| rule | severity | why | what to do | source |\n|---|---|---|---|---|\n");
    for (String line :
        CommandLineRun.of("lint", "--list-rules", "--format", "json").out().lines().toList()) {
      Map<String, Object> rule = new HashMap<>(JSON.std.mapFrom(line));
      table.append(
          "| `%s` | %s | %s | %s | %s |%n"
              .formatted(
                  rule.get("rule"),
                  rule.get("severity"),
                  cell(rule.get("why")),
                  cell(rule.get("advice")),
                  cell(rule.get("source"))));
    }
    String page = Files.readString(PAGE);
    Path made = Files.writeString(Path.of("target", "lint-rules.md"), table);
    assertTrue(
        page.endsWith(table.toString()),
        "the table in docs/lint.md is stale; the right one was just made: " + made);
  }

  private static String cell(Object text) {
    return String.valueOf(text).replace("|", "\\|").replace("<", "&lt;").replace("*", "\\*");
  }
}
