package dev.hactl.cli.reference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Pages whose examples are files behind their names, and console blocks: command lines behind
 * {@code $}, and below each all that it prints. They run in their order by a shell, in a folder of
 * their own, whose name is left out of what is printed.
 */
class ConsolePagesTest {
  private static final Pattern BLOCK =
      Pattern.compile(
          "(?:^`([^`\n]+)`:\n\n)?^```(\\w+)\n(.*?)^```", Pattern.MULTILINE | Pattern.DOTALL);

  @TempDir private Path folder;

  private void file(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
    if (text.startsWith("#!")) {
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
  }

  /** As on a terminal: messages and output in one. */
  private String shell(String line) throws IOException, InterruptedException {
    var builder = new ProcessBuilder("sh", "-c", line).directory(folder.resolve("here").toFile());
    builder.environment().put("PATH", folder + ":" + System.getenv("PATH"));
    builder.environment().put("XDG_CONFIG_HOME", folder.resolve("config").toString());
    builder.environment().put("XDG_STATE_HOME", folder.resolve("state").toString());
    builder.environment().put("CLASS_PATH", System.getProperty("java.class.path"));
    builder.environment().put("LC_ALL", "C.UTF-8");
    Process process = builder.redirectErrorStream(true).start();
    process.getOutputStream().close();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return out.replace(folder.resolve("here") + "/", "");
  }

  @ParameterizedTest
  @CsvSource({"adhoc.md,4", "configuration.md,2"})
  void itsExamplesDoWhatItSays(String page, int least) throws Exception {
    file(
        "hactl",
        "#!/bin/sh\nexec '%s' -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -cp '%s' dev.hactl.cli.Main \"$@\"\n"
            .formatted(
                Path.of(System.getProperty("java.home"), "bin", "java"),
                System.getProperty("java.class.path")));
    Files.createDirectories(folder.resolve("here"));
    var said = new StringBuilder();
    var done = new StringBuilder();
    int commands = 0;
    for (Matcher block = BLOCK.matcher(Files.readString(Path.of("..", "docs", page)));
        block.find(); ) {
      if (block.group(1) != null) {
        file("here/" + block.group(1), block.group(3));
      } else if (block.group(2).equals("console")) {
        said.append(block.group(3));
        for (String line : block.group(3).lines().filter(l -> l.startsWith("$ ")).toList()) {
          done.append(line).append('\n').append(shell(line.substring(2)));
          commands++;
        }
      }
    }
    assertEquals(said.toString(), done.toString());
    assertTrue(commands >= least, "only " + commands);
  }
}
