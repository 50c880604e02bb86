package dev.hactl.cli.reference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.hactl.cli.CommandLineRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every fenced block of every page is run by a test that is named here with the languages it takes;
 * a page or a language that nobody takes is found. The blocks of the guide and of the page about
 * editors are run here.
 */
class DocBlocksTest {
  private static final Path DOCS = Path.of("..", "docs");
  private static final Pattern BLOCK =
      Pattern.compile(
          "(?:^`([^`\n]+)`:\n\n)?^```(\\w*)\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);

  /** A test and the languages of the blocks that it runs or compares; no language is a template. */
  private record Means(String test, Set<String> languages) {}

  private static final Map<String, Means> PAGES =
      Map.ofEntries(
          page("lint.md", "LintPageTest", "yaml", "text", "json"),
          page("adhoc.md", "ConsolePagesTest", "yaml", "console"),
          page("configuration.md", "ConsolePagesTest", "yaml", "console"),
          page("control-flow.md", "ControlFlowPageTest", "yaml", "text"),
          page("inventory.md", "InventoryPageTest", "yaml", "ini", "sh", "console"),
          page("step.md", "StepPageTest", "yaml", "console"),
          page("roles.md", "RolesPageTest", "yaml", ""),
          page("vault.md", "VaultPageTest", "yaml", ""),
          page("expressions.md", "ExpressionsPageTest", "yaml"),
          page("writing-modules.md", "WritingModulesTest", "yaml", "java"),
          page("guide.md", "DocBlocksTest", "yaml", ""),
          page("editors.md", "DocBlocksTest", "yaml", "json"),
          page("convert.md", "ConvertPageTest", "ansible", "jinja", "text"));

  private static Map.Entry<String, Means> page(String name, String test, String... languages) {
    return Map.entry(name, new Means(test, Set.of(languages)));
  }

  /** How tests of hactl itself are written: not for users, and needing machines. */
  private static final Map<String, String> SKETCHES = Map.of("lab.md", "java");

  @TempDir private Path folder;

  @Test
  void everyBlockIsRunSomewhere() throws IOException {
    var uncovered = new ArrayList<String>();
    var met = new TreeSet<String>();
    for (Path page : pages()) {
      String name = page.getFileName().toString();
      for (Matcher block = BLOCK.matcher(Files.readString(page)); block.find(); ) {
        met.add(name);
        Means means = PAGES.get(name);
        boolean run = means != null && means.languages().contains(block.group(2));
        if (!run && !block.group(2).equals(SKETCHES.get(name))) {
          uncovered.add(name + ": ```" + block.group(2) + "\n" + block.group(3));
        }
      }
    }
    assertEquals(List.of(), uncovered, "no test runs these blocks: name one in PAGES that does");
    assertTrue(met.containsAll(PAGES.keySet()), "a page has no block any more: " + met);
  }

  /** A test that runs a page names it, so a test that was renamed or lost is found, too. */
  @Test
  void everyTestThatIsNamedReadsItsPage() throws IOException {
    for (Map.Entry<String, Means> page : PAGES.entrySet()) {
      try (Stream<Path> files = Files.walk(Path.of(".."), 12)) {
        Path test =
            files
                .filter(f -> f.endsWith(page.getValue().test() + ".java"))
                .findFirst()
                .orElseThrow(() -> new AssertionError(page.getValue().test()));
        assertTrue(Files.readString(test).contains(page.getKey()), page::toString);
      }
    }
  }

  private static List<Path> pages() throws IOException {
    try (Stream<Path> files = Files.list(DOCS)) {
      var all = new ArrayList<>(files.filter(f -> f.toString().endsWith(".md")).sorted().toList());
      all.add(Path.of("..", "README.md"));
      return all;
    }
  }

  private List<String> playbooks(String page) throws IOException {
    var playbooks = new ArrayList<String>();
    for (Matcher block = BLOCK.matcher(Files.readString(DOCS.resolve(page))); block.find(); ) {
      if (block.group(1) != null) {
        Path file = folder.resolve(block.group(1));
        Files.createDirectories(file.getParent());
        Files.writeString(file, block.group(3));
      } else if (block.group(2).equals("yaml")) {
        playbooks.add(block.group(3));
      } else if (block.group(2).equals("json")) {
        assertFalse(JSON.std.mapFrom(block.group(3)).isEmpty());
      }
    }
    return playbooks;
  }

  @Test
  void theGuidesPairIsMadeAndStays() throws IOException {
    List<String> further = playbooks("guide.md");
    assertEquals(0, run("site.yml", "--syntax-check").code().number());
    CommandLineRun first = run("site.yml");
    assertEquals(0, first.code().number(), first.out() + first.err());
    assertEquals("name red\n", Files.readString(folder.resolve("web/red.conf")));
    assertTrue(Files.readString(folder.resolve("web/web.conf")).contains("peer node2 192.0.2.12"));
    CommandLineRun second = run("site.yml");
    assertFalse(second.out().contains("changed:"), second.out());
    for (String playbook : further) {
      Files.writeString(folder.resolve("further.yml"), playbook);
      CommandLineRun checked = run("further.yml", "--syntax-check");
      assertEquals("", checked.err());
      assertEquals(0, checked.code().number());
    }
  }

  /** On this machine, in this folder. */
  private CommandLineRun run(String playbook, String... more) {
    var words =
        new ArrayList<>(
            List.of(
                "apply",
                folder.resolve(playbook).toString(),
                "-i",
                folder.resolve("inventory.yml").toString(),
                "-l",
                "node1",
                "-e",
                "ansible_connection=local ansible_become=false folder=" + folder.resolve("web")));
    words.addAll(List.of(more));
    return CommandLineRun.alone(words.toArray(String[]::new));
  }

  @Test
  void editorsSeeAPlaybookThatIsOne() throws IOException {
    Files.writeString(folder.resolve("inventory.yml"), "all: {hosts: {node1: }}\n");
    for (String playbook : playbooks("editors.md")) {
      Files.writeString(folder.resolve("site.yml"), playbook);
      CommandLineRun run = run("site.yml", "--syntax-check");
      assertEquals(0, run.code().number(), run.err());
    }
  }
}
