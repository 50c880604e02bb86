package dev.hactl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Every file in {@code bad/} states in comments what is wrong with it, and hactl says exactly that:
 * all of it at once, with exit 6, and without a connection, which nothing would answer and which
 * would end with exit 4. How the comments are written is told in {@link Stated}.
 */
@ExtendWith(Connecting.class)
class BadFilesTest {
  static final Path BAD = folder();

  private static Path folder() {
    try {
      return Path.of(
              Objects.requireNonNull(BadFilesTest.class.getResource("/bad/good.yml")).toURI())
          .getParent();
    } catch (java.net.URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * One bad project.
   *
   * @param name for the test report
   * @param playbook what is applied
   * @param inventory its hosts
   * @param stating the files whose comments count
   */
  record Case(String name, Path playbook, Path inventory, List<Path> stating) {}

  @TestFactory
  Stream<DynamicTest> saysWhatItStates() throws IOException {
    return cases().stream().map(c -> DynamicTest.dynamicTest(c.name(), () -> verify(c)));
  }

  @Test
  void thereAreManyKinds() throws IOException {
    assertTrue(cases().size() >= 80, "only " + cases().size());
  }

  @Test
  void theGoodOneIsFine() {
    CommandLineRun run =
        CommandLineRun.of(
            "apply", "--syntax-check", "-i", BAD + "/inventory.yml", BAD + "/good.yml");

    assertEquals("", run.err());
    assertEquals("no mistakes found" + System.lineSeparator(), run.out());
    assertEquals(ExitCode.OK, run.code());
  }

  private static void verify(Case c) throws IOException {
    var expected = new StringBuilder();
    var arguments = new ArrayList<String>();
    int errors = 0;
    for (Path file : c.stating()) {
      Stated stated = Stated.in(BAD, file);
      stated.problems().forEach(p -> expected.append(p).append('\n'));
      errors += stated.errors();
      arguments.addAll(stated.arguments());
    }
    assertTrue(errors > 0, "the file states no error");
    expected
        .append("hactl: ")
        .append(errors)
        .append(errors == 1 ? " error" : " errors")
        .append("; nothing was connected or changed\n");
    for (String way : List.of("--syntax-check", "--diff")) {
      var words =
          new ArrayList<>(
              List.of("apply", way, "-i", c.inventory().toString(), c.playbook().toString()));
      words.addAll(arguments);
      CommandLineRun run = CommandLineRun.of(words.toArray(String[]::new));
      assertEquals(expected.toString(), shortened(run.err()), way);
      assertEquals("", run.out(), way);
      assertEquals(ExitCode.INVALID_INPUT, run.code(), way);
    }
  }

  /** Paths as they are below {@code bad/}, however they were shown. */
  static String shortened(String text) {
    Path here = Path.of("").toAbsolutePath();
    String relative = BAD.startsWith(here) ? here.relativize(BAD) + "/" : BAD + "/";
    return text.replace(BAD + "/", "").replace(relative, "").replace(System.lineSeparator(), "\n");
  }

  static List<Case> cases() throws IOException {
    var cases = new ArrayList<Case>();
    Path inventory = BAD.resolve("inventory.yml");
    for (Path playbook : in("playbooks")) {
      if (playbook.toString().endsWith(".yml")) {
        cases.add(new Case(name(playbook), playbook, inventory, stating(playbook)));
      }
    }
    for (Path bad : in("inventories")) {
      cases.add(new Case(name(bad), BAD.resolve("good.yml"), bad, within(bad)));
    }
    for (Path project : in("projects")) {
      Path own = project.resolve("inventory.yml");
      Path site = project.resolve("site.yml");
      cases.add(new Case(name(project), site, Files.exists(own) ? own : inventory, stating(site)));
    }
    return cases;
  }

  /** The file and those that its line {@code # with: ...} names, in the order they are read. */
  private static List<Path> stating(Path file) throws IOException {
    var all = new ArrayList<Path>();
    for (String line : Files.readAllLines(file)) {
      if (line.startsWith("# with: ")) {
        Stream.of(line.substring("# with: ".length()).split(" "))
            .map(file::resolveSibling)
            .forEach(all::add);
      }
    }
    if (!all.contains(file)) {
      all.addFirst(file);
    }
    return all;
  }

  /**
   * An inventory, or all files of a folder of inventories: first what lists hosts, then variables.
   * What begins as a program does may be run, which copying the files forgets.
   */
  private static List<Path> within(Path inventory) throws IOException {
    try (Stream<Path> files = Files.walk(inventory)) {
      List<Path> all =
          files
              .filter(Files::isRegularFile)
              .sorted(
                  Comparator.comparing((Path f) -> f.toString().contains("_vars/"))
                      .thenComparing(f -> f))
              .toList();
      for (Path file : all) {
        if (Files.readString(file).startsWith("#!/")) {
          assertTrue(file.toFile().setExecutable(!file.toString().endsWith("may-not-run")));
        }
      }
      return all;
    }
  }

  private static List<Path> in(String folder) {
    try (Stream<Path> files = Files.list(BAD.resolve(folder))) {
      return files
          .filter(f ->
              folder.equals("inventories") || folder.equals("projects") == Files.isDirectory(f))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String name(Path file) {
    return BAD.relativize(file).toString();
  }
}
