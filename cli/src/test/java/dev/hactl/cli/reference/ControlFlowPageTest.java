package dev.hactl.cli.reference;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hactl.cli.CommandLineRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Runs every example of {@code docs/control-flow.md}: it prints what the page says. */
class ControlFlowPageTest {
  private static final Path PAGE = Path.of("../docs/control-flow.md");

  /** What the examples print, to be taken over into the page. */
  private static final Path FRESH = Path.of("target/control-flow");

  private static final Pattern EXAMPLE =
      Pattern.compile("```yaml\n(.*?)```\n\n```text\n(.*?)```", Pattern.DOTALL);
  private static final Pattern FENCE = Pattern.compile("^```\\w", Pattern.MULTILINE);

  @TempDir Path folder;

  @TestFactory
  Stream<DynamicTest> examplesPrintWhatThePageSays() throws IOException {
    String page = Files.readString(PAGE);
    var tests = new ArrayList<DynamicTest>();
    Matcher example = EXAMPLE.matcher(page);
    while (example.find()) {
      String playbook = example.group(1);
      String[] told = example.group(2).split("\n", 2);
      int line = page.substring(0, example.start()).split("\n", -1).length;
      tests.add(
          DynamicTest.dynamicTest(
              "line " + line,
              () -> assertEquals(tidy(told[1]), tidy(run(line, playbook, told[0])))));
    }
    assertEquals(FENCE.matcher(page).results().count(), 2L * tests.size(), "an example is not run");
    return tests.stream();
  }

  private String run(int line, String playbook, String command) throws IOException {
    // Notes of handlers are kept by the playbook's name: runs of other tests are none of ours.
    Path own = Files.createTempDirectory(folder, "example");
    Path site = own.resolve(folder.getFileName() + "-" + own.getFileName() + ".yml");
    Files.writeString(site, playbook);
    var words = new ArrayList<String>();
    for (String word : command.split(" ")) {
      words.add(
          switch (word) {
            case "site.yml" -> site.toString();
            case "inventory.yml" -> "db1,db2";
            default -> word;
          });
    }
    words.removeFirst();
    words.addAll(List.of("-e", "ansible_connection=local", "-e", "dir=" + own));
    CommandLineRun run = CommandLineRun.alone(words.toArray(String[]::new));
    String told =
        (run.err() + run.out())
            .strip()
            .replace(site.toString(), "site.yml")
            .replace(own.toString(), "/srv");
    Files.createDirectories(FRESH);
    Files.writeString(FRESH.resolve(line + ".txt"), command + "\n" + told + "\n");
    return told;
  }

  /** Hosts end a task in any order. */
  private static String tidy(String text) {
    var tidy = new ArrayList<String>();
    for (String paragraph : text.strip().split("\n\n")) {
      String[] lines = paragraph.split("\n", 2);
      tidy.add(lines[0].strip());
      if (lines.length > 1) {
        lines[1].lines().map(String::stripTrailing).sorted().forEach(tidy::add);
      }
    }
    return String.join("\n", tidy);
  }
}
