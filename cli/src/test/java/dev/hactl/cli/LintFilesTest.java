package dev.hactl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hactl.engine.source.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Every playbook in {@code lint/} states in comments, in the form of {@link Stated}, what {@code
 * hactl lint} says of it; of everything else in it nothing is said. Each rule is stated somewhere.
 */
@ExtendWith(Connecting.class)
class LintFilesTest {
  private static final Path LINT = Path.of("src/test/resources/lint");
  private static final Path BAD = Path.of("src/test/resources/bad");

  /** Rules that no file can state, and the test that has them. */
  private static final Map<String, String> ELSEWHERE =
      Map.of("inventory-program", "ProgramInventoryTest");

  private static final Pattern RULE =
      Pattern.compile("^#.*(?:error|warning|advice): .*\\[([a-z-]+)]$", Pattern.MULTILINE);

  @TestFactory
  Stream<DynamicTest> saysWhatItStates() throws IOException {
    try (Stream<Path> files = Files.list(LINT)) {
      return files
          .filter(f -> !f.endsWith("inventory.yml"))
          .map(f -> Files.isDirectory(f) ? f.resolve("site.yml") : f)
          .sorted()
          .toList()
          .stream()
          .map(f -> DynamicTest.dynamicTest(LINT.relativize(f).toString(), () -> verify(f)));
    }
  }

  private static void verify(Path playbook) throws IOException {
    var expected = new ArrayList<String>();
    var words = new ArrayList<>(List.of("lint", "-i", LINT + "/inventory.yml"));
    for (Path file : stating(playbook)) {
      Stated stated = Stated.in(LINT, file);
      expected.addAll(stated.problems());
      words.addAll(stated.arguments());
    }
    words.add(playbook.toString());
    CommandLineRun run = CommandLineRun.of(words.toArray(String[]::new));

    assertEquals("", run.err());
    List<String> said = blocks(run.out().replace(LINT + "/", ""));
    assertEquals(
        expected.stream().sorted().toList(), said.stream().sorted().toList(), playbook.toString());
    boolean wrong =
        said.stream().anyMatch(s -> s.lines().findFirst().orElse("").contains(": error: "));
    assertEquals(wrong ? ExitCode.INVALID_INPUT : ExitCode.OK, run.code());
  }

  /** The findings, without the last line. */
  private static List<String> blocks(String out) {
    var blocks = new ArrayList<String>();
    for (String line : out.lines().toList()) {
      if (line.startsWith("    ")) {
        blocks.add(blocks.removeLast() + "\n" + line);
      } else {
        blocks.add(line);
      }
    }
    blocks.removeLast();
    return blocks;
  }

  private static List<Path> stating(Path playbook) throws IOException {
    return Files.readAllLines(playbook).stream()
        .filter(l -> l.startsWith("# with: "))
        .findFirst()
        .map(l ->
            Stream.of(l.substring("# with: ".length()).split(" "))
                .map(playbook::resolveSibling)
                .toList())
        .orElse(List.of(playbook));
  }

  @Test
  void everyRuleIsStated() throws IOException {
    var stated = new TreeSet<>(ELSEWHERE.keySet());
    for (Path folder : List.of(LINT, BAD)) {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          RULE.matcher(Files.readString(file))
              .results()
              .map((MatchResult m) -> m.group(1))
              .forEach(stated::add);
        }
      }
    }
    var missing = new TreeSet<>(LintRules.all().known());
    missing.removeAll(stated);
    assertEquals(new TreeSet<>(), missing, "no file states them");
  }

  /** A rule's own words: an id that a comment can hold, whole sentences, a source. */
  @Test
  void rulesSayWhatTheyAre() {
    LintRules.all()
        .abouts()
        .forEach(a -> {
          assertTrue(a.id().matches("[a-z]+(-[a-z]+)+"), a.id());
          assertTrue(a.why().matches("[A-Z][^\\n]*\\."), a.id() + ": " + a.why());
          assertTrue(!a.advice().isBlank() && !a.advice().endsWith("."), a.id());
          assertTrue(!a.source().isBlank(), a.id());
        });
    assertTrue(
        LintRules.all().abouts().stream().anyMatch(a -> a.severity() == Problem.Severity.ADVICE));
  }
}
