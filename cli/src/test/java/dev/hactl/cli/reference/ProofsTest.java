package dev.hactl.cli.reference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code docs/proofs.md} names for each thing that the source systems contain the tests of it. */
class ProofsTest {
  private static final Path HOUSE = Path.of("..").toAbsolutePath().normalize();
  private static final Path KEPT = HOUSE.resolve("docs/proofs.md");
  private static final Path FRESH = Path.of("target/proofs.md");

  /** A mark, and the class or method that follows it. */
  private static final Pattern MARK =
      Pattern.compile("@Proves\\(\\{?([^)}]*)\\}?\\)[^;{@]*?(?:class\\s+(\\w+)|\\b(\\w+)\\s*\\()");

  /** What begins the line of something that no test proves. */
  private static final String OPEN = "open ";

  private static final Pattern ID = Pattern.compile("\"([^\"]+)\"");

  @Test
  void everythingListedHasATest() throws IOException {
    Map<String, SortedSet<String>> proofs = proofs();
    List<String> without = proofs.keySet().stream().filter(id -> proofs.get(id).isEmpty()).toList();
    assertEquals(List.of(), without, "no test has @Proves for");
  }

  @Test
  void thePageIsUpToDate() throws IOException {
    Map<String, String> meanings = meanings();
    var page = new StringBuilder(Files.readString(resource("proofs-head.md")));
    proofs()
        .forEach((id, tests) ->
            page.append(
                "| %s | %s | %s |%n".formatted(id, meanings.get(id), String.join("<br>", tests))));
    page.append(Files.readString(resource("proofs-open.md")));
    lines()
        .filter(line -> line.startsWith(OPEN))
        .forEach(line -> page.append("- ").append(line.substring(OPEN.length())).append('\n'));
    Files.writeString(FRESH, page.toString());
    assertTrue(
        Files.exists(KEPT) && Files.readString(KEPT).contentEquals(page),
        "docs/proofs.md is stale; the page as it should be was just made, take it over with\n"
            + "    cp cli/target/proofs.md docs/proofs.md");
  }

  private static Map<String, SortedSet<String>> proofs() throws IOException {
    var proofs = new LinkedHashMap<String, SortedSet<String>>();
    meanings().keySet().forEach(id -> proofs.put(id, new TreeSet<>()));
    for (Path source : sources()) {
      String text = Files.readString(source);
      Matcher mark = MARK.matcher(text);
      int marks = 0;
      while (mark.find()) {
        marks++;
        String name = source.getFileName().toString().replace(".java", "");
        String test = mark.group(3) == null ? name : name + "." + mark.group(3);
        Matcher id = ID.matcher(mark.group(1));
        while (id.find()) {
          assertNotNull(proofs.get(id.group(1)), () -> test + " proves an unknown " + id.group(1));
          proofs.get(id.group(1)).add("`" + test + "`");
        }
      }
      assertEquals(
          text.split("@Proves\\(", -1).length - 1,
          marks,
          source + ": @Proves stands directly above the test, below its other annotations");
    }
    return proofs;
  }

  private static List<Path> sources() throws IOException {
    var found = new ArrayList<Path>();
    for (String module : List.of("engine", "modules", "cli")) {
      try (Stream<Path> files = Files.walk(HOUSE.resolve(module).resolve("src/test/java"))) {
        files
            .filter(f -> f.toString().endsWith("Test.java") || f.toString().endsWith("IT.java"))
            .filter(f -> !f.endsWith("ProofsTest.java"))
            .forEach(found::add);
      }
    }
    return found;
  }

  /** A line each: id, blank, meaning. */
  private static Map<String, String> meanings() throws IOException {
    var meanings = new LinkedHashMap<String, String>();
    lines()
        .filter(line -> !line.startsWith(OPEN))
        .forEach(line -> {
          int blank = line.indexOf(' ');
          meanings.put(line.substring(0, blank), line.substring(blank + 1));
        });
    return meanings;
  }

  private static Stream<String> lines() throws IOException {
    return Files.readAllLines(resource("proofs.txt")).stream().filter(line -> !line.isBlank());
  }

  private static Path resource(String name) {
    return Path.of("src/test/resources").resolve(name);
  }
}
