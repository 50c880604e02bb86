package dev.hactl.cli.reference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hactl.cli.CommandLineRun;
import dev.hactl.cli.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** docs/convert.md does what it says: its files are converted to what it shows. */
class ConvertPageTest {
  private static final Path PAGE = Path.of("..", "docs", "convert.md");
  private static final Pattern SHOWN = Pattern.compile("(?m)^```text\\n((?s:.*?))```$");

  @TempDir Path folder;

  @Test
  void thePageIsTrue() throws IOException {
    PageFiles page = PageFiles.of(PAGE);
    String text = Files.readString(PAGE);
    Path source = folder.resolve("source");
    page.write(source);
    assertEquals(2, page.commands().size(), "both are run below");

    CommandLineRun run = run(page.commands().getFirst(), source);
    assertEquals(ExitCode.INVALID_INPUT, run.code(), run.err());
    String told = run.err().replace(source + "/", "").stripTrailing().indent(4).stripTrailing();
    assertTrue(text.contains(told.replaceAll("(?m)^ +$", "")), told);
    assertEquals("4 files written to " + folder + "/pair" + System.lineSeparator(), run.out());

    List<String> shown = SHOWN.matcher(text).results().map((MatchResult m) -> m.group(1)).toList();
    assertEquals(shown.get(0), Files.readString(folder.resolve("pair/site.yml")));
    assertEquals(
        shown.get(1), Files.readString(folder.resolve("pair/roles/motd/templates/motd.ftl")));

    CommandLineRun role = run(page.commands().get(1), source);
    assertEquals(ExitCode.OK, role.code(), role.err());
    assertTrue(Files.exists(folder.resolve("roles-of-hactl/motd/templates/motd.ftl")));
  }

  private CommandLineRun run(List<String> words, Path source) {
    var real = new ArrayList<String>();
    for (String word : words) {
      real.add(
          word.startsWith("../")
              ? folder.resolve(word.substring(3)).toString()
              : word.endsWith(".yml") || word.startsWith("roles/")
                  ? source.resolve(word).toString()
                  : word);
    }
    return CommandLineRun.of(real.toArray(String[]::new));
  }
}
