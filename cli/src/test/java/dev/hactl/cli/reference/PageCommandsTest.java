package dev.hactl.cli.reference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hactl.cli.CommandLineRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every command line that a page shows indented is run by a test that is named here, or stands here
 * with the reason why none runs it; what is shown indented and is no command is compared. A new one
 * is found. Those of the README, of the guide and of the pages about lint and the lab are run here.
 */
class PageCommandsTest {
  private static final Path HOUSE = Path.of("..").toAbsolutePath().normalize();
  private static final Path DOCS = HOUSE.resolve("docs");

  /** Pages whose command lines, all of them, are run by a test, which names the page. */
  private static final Map<String, String> RUN =
      Map.of(
          "README.md", "PageCommandsTest",
          "guide.md", "PageCommandsTest",
          "lint.md", "PageCommandsTest",
          "editors.md", "EditorsPageTest",
          "convert.md", "ConvertPageTest",
          "roles.md", "RolesPageTest",
          "vault.md", "VaultPageTest");

  /** Command lines that no test runs as they stand, and why. */
  private static final Map<Pattern, String> BY_OTHERS =
      Map.of(
          Pattern.compile("README.md: \\./mvnw verify.*"),
          "CI itself",
          Pattern.compile("README.md: \\./lab/demo"),
          "takes minutes and machines; SiteIT makes the same pair and takes it through a failure",
          Pattern.compile("(lab|campaigns).md: lab/.*"),
          "starts hosts, or hours of work; theScriptsKnowEveryWord, and CI runs lab/down",
          Pattern.compile("lab.md: \\./hactl apply playbooks/site.yml -i .*"),
          "SiteIT; its files are checked here",
          Pattern.compile("lab.md: (pcs stonith create|stonith_admin) .*"),
          "inside of a machine: SiteIT fences by the same agent");

  /**
   * What is shown indented and typed by nobody, by how it begins, and the test that compares it.
   */
  private static final Map<String, String> SHOWN =
      Map.of(
          "README.md: PLAY RECAP ", "QuickstartIT", // its form; the numbers are those of lab/demo
          "guide.md: site.yml:25:13: error: ", "PageCommandsTest",
          "control-flow.md: - name: dump the database", "PageCommandsTest",
          "convert.md: site.yml:16:7: error: ", "ConvertPageTest",
          "roles.md: playbook: site.yml", "RolesPageTest",
          "roles.md: site.yml:5:39: error: ", "RolesPageTest",
          "vault.md: db_password: !vault |", "VaultPageTest",
          "vault.md: group_vars/all/more.yml:1:1: error: ", "VaultPageTest");

  @TempDir Path folder;

  private static List<IndentedBlock> blocks() throws IOException {
    var blocks = new ArrayList<>(IndentedBlock.of(HOUSE.resolve("README.md")));
    try (Stream<Path> files = Files.list(DOCS)) {
      for (Path page : files.filter(f -> f.toString().endsWith(".md")).sorted().toList()) {
        if (!page.endsWith("README.md")) {
          blocks.addAll(IndentedBlock.of(page));
        }
      }
    }
    return blocks;
  }

  @Test
  void everyIndentedLineIsRunOrCompared() throws IOException {
    var unknown = new ArrayList<String>();
    var met = new TreeMap<String, Integer>();
    for (IndentedBlock block : blocks()) {
      if (!block.typed()) {
        String shown = block.page() + ": " + block.lines().getFirst();
        if (SHOWN.keySet().stream().noneMatch(shown::startsWith)) {
          unknown.add(block.toString());
        }
        SHOWN.keySet().stream().filter(shown::startsWith).forEach(s -> met.put(s, 1));
      }
      for (String command : block.commands()) {
        String line = block.page() + ": " + command;
        boolean elsewhere =
            BY_OTHERS.keySet().stream()
                .filter(p -> p.matcher(line).matches())
                .peek(p -> met.merge(p.pattern(), 1, Integer::sum))
                .findAny()
                .isPresent();
        if (!elsewhere && !RUN.containsKey(block.page())) {
          unknown.add(line);
        }
        met.put(block.page(), 1);
      }
    }
    assertEquals(List.of(), unknown, "nothing runs or compares these: say here what does");
    var named = new TreeSet<>(SHOWN.keySet());
    BY_OTHERS.keySet().forEach(p -> named.add(p.pattern()));
    named.addAll(RUN.keySet());
    named.removeAll(met.keySet());
    assertEquals(new TreeSet<>(), named, "no page shows these any more");
  }

  @Test
  void everyTestThatIsNamedIsThere() throws IOException {
    var tests = new TreeSet<>(RUN.values());
    tests.addAll(SHOWN.values());
    for (String test : tests) {
      try (Stream<Path> files = Files.walk(Path.of("src/test/java"))) {
        assertTrue(files.anyMatch(f -> f.endsWith(test + ".java")), test);
      }
    }
    for (Map.Entry<String, String> page : RUN.entrySet()) {
      assertTrue(source(page.getValue()).contains(page.getKey()), page::toString);
    }
  }

  private static String source(String test) throws IOException {
    return Files.readString(
        Path.of("src/test/java/dev/hactl/cli/reference").resolve(test + ".java"));
  }

  private static List<String> commands(String page, Predicate<String> which) throws IOException {
    return blocks().stream()
        .filter(b -> b.page().equals(page))
        .flatMap(b -> b.commands().stream())
        .filter(which)
        .toList();
  }

  /** Runs a line with files of a folder, and more words. */
  private static CommandLineRun hactl(String line, Path where, String... more) {
    var words = new ArrayList<String>();
    for (String word : line.replaceFirst("^(?:\\./)?hactl ", "").strip().split(" +")) {
      Path file = where.resolve(word);
      words.add(Files.exists(file) ? file.toString() : word);
    }
    words.addAll(List.of(more));
    return CommandLineRun.alone(words.toArray(String[]::new));
  }

  @Test
  void theGuidesCommandsDoWhatItSays() throws IOException {
    PageFiles.of(DOCS.resolve("guide.md")).write(folder);
    Path inventory = folder.resolve("inventory.yml");
    Files.writeString(
        inventory,
        Files.readString(inventory)
            .replace("ansible_become: true", "ansible_become: false")
            .replaceAll("ansible_user: admin", "ansible_connection: local"));
    String here = "folder=" + folder.resolve("web");
    List<String> applied = commands("guide.md", c -> c.startsWith("./hactl apply"));
    assertEquals(4, applied.size());
    var last = new ArrayList<String>();
    for (String line : applied) {
      CommandLineRun run = hactl(line, folder, "-e", here, "--limit", "node1");
      assertEquals(0, run.code().number(), line + run.out() + run.err());
      last.add(run.out());
    }
    assertTrue(last.get(0).contains("one file for each name"), last.get(0));
    assertTrue(last.get(1).contains("+state: directory"), last.get(1));
    assertTrue(last.get(2).contains("changed=4 "), last.get(2));
    assertTrue(last.get(3).contains("changed=0 "), last.get(3));
    for (String line : commands("guide.md", c -> c.matches("\\./hactl (inventory|vars) .*"))) {
      CommandLineRun run = hactl(line, folder);
      assertEquals(0, run.code().number(), line + run.err());
      assertTrue(run.out().contains(line.contains("inventory -i") ? "node2" : "vip"), run.out());
    }
    for (String line : commands("guide.md", c -> c.startsWith("./hactl show"))) {
      CommandLineRun run = hactl(line, folder);
      assertTrue(run.out().contains("node1") && run.out().contains("node2"), run.out() + run.err());
    }
  }

  @Test
  void theGuidesMistakeIsToldAsItSays() throws IOException {
    PageFiles.of(DOCS.resolve("guide.md")).write(folder);
    Path site = folder.resolve("site.yml");
    Files.writeString(site, Files.readString(site).replace("web_port != 80", "web_prt != 80"));
    CommandLineRun run = hactl("./hactl apply site.yml -i inventory.yml", folder);
    assertEquals(6, run.code().number());
    IndentedBlock shown =
        blocks().stream()
            .filter(b -> b.page().equals("guide.md") && b.lines().getFirst().contains(": error: "))
            .findFirst()
            .orElseThrow();
    assertEquals(
        shown.lines(),
        run.err().replace(folder + "/", "").lines().map(String::stripTrailing).toList());
  }

  @Test
  void theTargetsOfControlFlowAreTasks() throws IOException {
    IndentedBlock shown =
        blocks().stream()
            .filter(b -> b.page().equals("control-flow.md") && !b.typed())
            .findFirst()
            .orElseThrow();
    Files.writeString(
        folder.resolve("site.yml"),
        "- hosts: all\n  tasks:\n" + String.join("\n", shown.lines()).indent(4));
    Files.writeString(
        folder.resolve("inventory.yml"),
        "all: {children: {pair: {cluster: pair, hosts: {db1: , db2: }}}}\n");
    CommandLineRun run = hactl("hactl apply site.yml -i inventory.yml", folder, "--syntax-check");
    assertEquals("no mistakes found\n", run.out(), run.err());
  }

  /** What they do to real machines, SiteIT sees; here, that the files fit the words. */
  @Test
  void theReadmesCommandsFitItsFiles() throws IOException {
    Path inventory = folder.resolve("inventory.yml");
    Files.copy(HOUSE.resolve("inventory.example.yml"), inventory);
    List<String> lines = commands("README.md", c -> c.startsWith("./hactl"));
    assertEquals(4, lines.size());
    for (String line : lines) {
      CommandLineRun run =
          hactl(line.replace("inventory.yml", inventory.toString()), HOUSE, "--syntax-check");
      assertEquals("no mistakes found\n", run.out(), line + run.err());
    }
  }

  @Test
  void lintFindsNothingInTheProjectsPlaybooks() throws IOException {
    List<String> lines = commands("lint.md", c -> true);
    assertEquals(List.of("hactl lint playbooks/site.yml -i inventory.yml"), lines);
    CommandLineRun run =
        hactl(lines.getFirst().replace("inventory.yml", "inventory.example.yml"), HOUSE);
    assertEquals("nothing found\n", run.out(), run.err());
  }

  /** The scripts of the lab know the words that the pages give them. */
  @Test
  void theScriptsKnowEveryWord() throws IOException {
    int looked = 0;
    for (String page : List.of("lab.md", "campaigns.md")) {
      for (String line : commands(page, c -> c.startsWith("lab/"))) {
        for (String command : line.split(" && ")) {
          String[] words = command.split(" +");
          Path script = HOUSE.resolve(words[0]);
          assertTrue(Files.isExecutable(script), command);
          String text = Files.readString(script);
          for (int i = 1; i < words.length; i++) {
            boolean said = words[i].startsWith("--") || (i == 1 && words[i].matches("[a-z]+"));
            assertFalse(said && !text.contains(words[i]), command + ": " + words[i]);
          }
          looked++;
        }
      }
    }
    assertTrue(looked >= 25, "only " + looked);
  }
}
