package dev.hactl.modules.docker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.hactl.engine.module.BadValue;
import dev.hactl.engine.module.Content;
import dev.hactl.engine.module.LocalSource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is built from, and when that is something else. */
class BuildTreeTest {
  private static final String LONG = "long/" + "x".repeat(60) + "/" + "y".repeat(60);
  @TempDir Path folder;

  private static LocalSource.Folder folder(Map<String, String> files, String program, long time) {
    var contents = new TreeMap<String, Content>();
    var attributes = new LinkedHashMap<String, LocalSource.Attributes>();
    files.forEach((name, text) -> {
      contents.put(name, Content.of(text, false, ""));
      attributes.put(
          name, new LocalSource.Attributes(name.equals(program), Instant.ofEpochSecond(time)));
    });
    return new LocalSource.Folder("", List.of("empty"), contents, attributes);
  }

  private static BuildTree.Recipe recipe(String... args) {
    var map = new LinkedHashMap<String, String>();
    for (int i = 0; i < args.length; i += 2) {
      map.put(args[i], args[i + 1]);
    }
    return new BuildTree.Recipe("Dockerfile", map, Optional.empty(), Optional.empty());
  }

  private static Map<String, String> files(String... more) {
    var files = new TreeMap<>(Map.of("Dockerfile", "FROM scratch\n", "run.sh", "go\n"));
    for (int i = 0; i < more.length; i += 2) {
      files.put(more[i], more[i + 1]);
    }
    return files;
  }

  private static String hash(Map<String, String> files, String program, String... args) {
    return BuildTree.of(folder(files, program, 7), "site", recipe(args)).hash();
  }

  @Test
  void theHashIsOfEverythingThatCountsAndOfNothingElse() {
    String before = hash(files(), "");
    assertEquals(before, BuildTree.of(folder(files(), "", 99), "elsewhere", recipe()).hash());
    assertNotEquals(before, hash(files(), "run.sh"));
    assertNotEquals(before, hash(files("run.sh", "on\n"), ""));
    assertNotEquals(before, hash(files("more", ""), ""));
    assertNotEquals(before, hash(files(), "", "A", "b"));
    assertNotEquals(hash(files(), "", "A", "b C d"), hash(files(), "", "A", "b", "C", "d"));
    String ignoring = hash(files(".dockerignore", "*.log\n"), "");
    assertEquals(ignoring, hash(files(".dockerignore", "*.log\n", "x.log", "1"), ""));
  }

  @Test
  void tarReadsTheArchive() throws IOException, InterruptedException {
    LocalSource.Folder source =
        folder(files(LONG, "deep\n", "ü", "umlaut\n"), "run.sh", 1_700_000_000);
    Content archive = BuildTree.of(source, "site", recipe()).archive();
    Path file = Files.write(folder.resolve("x.tar"), HandmadeImage.bytes(archive));
    assertEquals(archive.size(), Files.size(file));
    Process tar =
        new ProcessBuilder("tar", "-C", folder.toString(), "-xpf", file.toString())
            .inheritIO()
            .start();
    assertEquals(0, tar.waitFor());
    assertEquals("deep\n", Files.readString(folder.resolve(LONG)));
    assertEquals("umlaut\n", Files.readString(folder.resolve("ü")));
    assertEquals(true, Files.isExecutable(folder.resolve("run.sh")));
    assertEquals(true, Files.isDirectory(folder.resolve("empty")));
    assertEquals(
        Instant.ofEpochSecond(1_700_000_000),
        Files.getLastModifiedTime(folder.resolve("run.sh")).toInstant());
    assertEquals(
        "FROM scratch\n",
        new String(Files.readAllBytes(folder.resolve("Dockerfile")), StandardCharsets.UTF_8));
  }

  @Test
  void whatCannotBeBuiltIsSaid() {
    assertThrows(
        BadValue.class,
        () -> BuildTree.of(new LocalSource.OneFile(Content.of("", false, "")), "site", recipe()));
    assertThrows(
        BadValue.class, () -> BuildTree.of(folder(Map.of("a", "b"), "", 0), "site", recipe()));
  }

  @ParameterizedTest
  @CsvSource({
    "*.log, a.log, true",
    "*.log, in/a.log, false",
    "**/*.log, in/deep/a.log, true",
    "**/*.log, a.log, true",
    "/in/, in/a, true",
    "in, inner, false",
    "in/../out, out/x, true",
    "a?c, abc, true",
    "a?c, a/c, false",
    "'[a-c]x', bx, true",
    "'in\n!in/kept', in/kept, false",
    "'in\n!in/kept', in/other, true",
    "'!in/kept\nin', in/kept, true",
    "'# all\n\n*', x, true",
    "**, any/thing, true",
    "'a.b', axb, false",
  })
  void dockerignore(String text, String path, boolean ignored) {
    assertEquals(ignored, IgnoreFile.parse(text).ignores(path));
  }
}
