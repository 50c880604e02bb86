package dev.hactl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Every file in {@code bad/commands/} is a command line as somebody types it, what hactl says about
 * it, and the exit code: {@code bad/} in it stands for the folder of bad files, as {@link
 * BadFilesTest} takes it away from messages.
 */
@ExtendWith(Connecting.class)
class BadCommandsTest {

  /** What one file says. */
  record Transcript(List<String> words, String said, int exit) {

    static Transcript of(Path file) throws IOException {
      List<String> lines = Files.readAllLines(file);
      int begin = 0;
      while (lines.get(begin).startsWith("#")) {
        begin++;
      }
      assertTrue(lines.get(begin).startsWith("$ hactl "), "a file begins with '$ hactl ...'");
      assertTrue(lines.getLast().startsWith("exit "), "a file ends with 'exit N'");
      int end = begin + 1;
      var command = new StringBuilder(lines.get(begin).substring("$ hactl ".length()));
      for (; lines.get(end).startsWith("> "); end++) {
        command.append('\n').append(lines.get(end).substring(2));
      }
      var said = new StringBuilder();
      lines.subList(end, lines.size() - 1).forEach(l -> said.append(l).append('\n'));
      return new Transcript(
          words(command.toString()),
          said.toString(),
          Integer.parseInt(lines.getLast().substring("exit ".length())));
    }

    /** As a shell splits them. */
    private static List<String> words(String command) throws IOException {
      String bad = BadFilesTest.BAD + "/";
      Process shell =
          new ProcessBuilder("sh", "-c", "printf '%s\\0' " + command.replace("bad/", bad)).start();
      String out = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return new ArrayList<>(List.of(out.split("\0", -1)))
          .subList(0, out.split("\0", -1).length - 1);
    }
  }

  @TestFactory
  Stream<DynamicTest> saysWhatItStates() throws IOException {
    return files().stream()
        .map(f -> DynamicTest.dynamicTest(f.getFileName().toString(), () -> verify(f)));
  }

  static List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(BadFilesTest.BAD.resolve("commands"))) {
      return files.filter(f -> f.toString().endsWith(".cmd")).sorted().toList();
    }
  }

  private static void verify(Path file) throws IOException {
    Transcript stated = Transcript.of(file);
    CommandLineRun run = CommandLineRun.of(stated.words().toArray(String[]::new));
    assertEquals(stated.said(), BadFilesTest.shortened(run.err()));
    assertEquals("", run.out());
    assertEquals(stated.exit(), run.code().number());
  }
}
