package dev.hactl.cli.reference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the command lines of docs/editors.md by a shell, in a project with a module of its own. */
class EditorsPageTest {
  private static final Path HOUSE = Path.of("..").toAbsolutePath().normalize();
  private static final String TAB = "<TAB>";

  @TempDir Path folder;
  private Path project;

  @BeforeEach
  void aProject() throws IOException {
    project = Files.createDirectories(folder.resolve("project"));
    Files.createDirectories(project.resolve("modules"));
    Files.writeString(
        project.resolve("modules/note.yml"), "summary: A note\nprobe: 'true'\napply: 'true'\n");
    Files.writeString(
        project.resolve("inventory.yml"), "all: {hosts: {db1: {port: 1}, db2: , web1: }}\n");
    Files.writeString(
        project.resolve("site.yml"),
        """
        - hosts: all
          tasks:
            - {name: One, debug: {msg: a}, tags: [first]}
            - {name: Two, debug: {msg: a}, tags: [second]}
        """);
    // The pages lie in the project as they lie in hactl's own folder.
    Files.createSymbolicLink(project.resolve("docs"), HOUSE.resolve("docs"));
    Path program =
        Files.writeString(
            Files.createDirectories(folder.resolve("bin")).resolve("hactl"),
            """
            #!/bin/sh
            exec '%s/bin/java' -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -cp '%s' dev.hactl.cli.Main "$@"
            """
                .formatted(System.getProperty("java.home"), System.getProperty("java.class.path")));
    assertTrue(program.toFile().setExecutable(true));
  }

  /** JUnit would warn of each. */
  @AfterEach
  void removeLinks() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path link : files.filter(Files::isSymbolicLink).toList()) {
        Files.delete(link);
      }
    }
  }

  /** What a line prints; it must end well. */
  private String shell(String shell, String line) throws IOException, InterruptedException {
    var builder = new ProcessBuilder(shell, "-c", line).directory(project.toFile());
    builder.environment().put("PATH", folder.resolve("bin") + ":" + System.getenv("PATH"));
    builder.environment().put("HOME", folder.toString());
    builder.environment().put("XDG_CONFIG_HOME", folder.resolve("config").toString());
    builder.environment().put("MANPAGER", "cat");
    builder.environment().put("LC_ALL", "C.UTF-8");
    Process process = builder.redirectErrorStream(true).start();
    process.getOutputStream().close();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), line + "\n" + out);
    return out;
  }

  private static Stream<String> commands() throws IOException {
    return IndentedBlock.of(HOUSE.resolve("docs/editors.md")).stream()
        .flatMap(b -> b.commands().stream());
  }

  @Test
  void everyCommandRuns() throws Exception {
    int schemas = 0;
    int others = 0;
    for (String line : commands().toList()) {
      if (line.endsWith(TAB)) {
        offered(line);
      } else if (line.contains(" > ")) {
        assertEquals("", shell("sh", line));
        Path file = project.resolve(line.substring(line.indexOf(" > ") + 3).strip());
        assertFalse(JSON.std.mapFrom(Files.readString(file)).isEmpty(), line);
        schemas++;
      } else if (line.startsWith("source ")) {
        // What completes then, ShellCompletionTest types.
        String zsh = "autoload -U compinit && compinit -u && ";
        assertEquals("", line.contains("zsh") ? shell("zsh", zsh + line) : shell("bash", line));
      } else {
        said(line, shell("sh", line));
      }
      others++;
    }
    assertTrue(schemas >= 6, "only " + schemas);
    assertTrue(others >= 20, "only " + others);
    Path linked = folder.resolve(".local/share/man/man1/hactl.1");
    assertTrue(Files.isSymbolicLink(linked) && Files.exists(linked), "the pages are linked");
  }

  private void offered(String line) throws IOException, InterruptedException {
    String asked =
        line.substring(0, line.length() - TAB.length())
            .replaceFirst("^hactl ", "hactl __complete ");
    String typed = asked.substring(asked.lastIndexOf(' ') + 1);
    String last = typed.substring(typed.lastIndexOf(',') + 1);
    List<String> offered = shell("sh", asked).lines().skip(1).toList();
    assertFalse(offered.isEmpty(), line);
    offered.forEach(o -> assertTrue(o.startsWith(last), line + ": " + o));
  }

  private static void said(String line, String out) {
    List<String> words = List.of(line.split(" "));
    if (words.getFirst().equals("hactl")) {
      String about = words.getLast().equals("doc") ? "copy" : words.getLast();
      assertTrue(out.contains(about.equals("keyword") ? "when" : about), line + "\n" + out);
    } else if (words.getFirst().equals("man")) {
      assertTrue(out.contains("SYNOPSIS"), line + "\n" + out);
    } else {
      assertEquals("", out, line);
    }
  }
}
