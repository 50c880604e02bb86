package dev.hactl.cli.reference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * docs/vault.md does what it says: its files are written where they stand, and its command lines
 * run in their order, by a shell, in a folder of their own.
 */
class VaultPageTest {
  private static final Path PAGE = Path.of("..", "docs", "vault.md");

  /** A file behind its name; or a command line with what is said about it after some blanks. */
  private static final Pattern STEP =
      Pattern.compile(
          "(?m)^`([^`]+)`:\\n\\n```\\w*\\n((?s:.*?))```$"
              + "|^ {4}((?:umask|printf|chmod|ANSIBLE_|\\./hactl) ?.*?)(?: {3,}(.*))?$");

  private static final int LOCKED = 7;

  @TempDir Path folder;

  private void write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private void program(String name, String text) throws IOException {
    write(name, "#!/bin/sh\n" + text + "\n");
    Files.setPosixFilePermissions(
        folder.resolve(name), PosixFilePermissions.fromString("rwx------"));
  }

  private int status;

  /** All that a command line prints; other runs on this machine are waited for. */
  private String shell(String line) throws IOException, InterruptedException {
    String out;
    do {
      var builder = new ProcessBuilder("sh", "-c", line).directory(folder.toFile());
      builder.environment().put("EDITOR", folder.resolve("editor").toString());
      builder.environment().put("LC_ALL", "C.UTF-8");
      builder.environment().remove("HACTL_VAULT_PASSWORD_FILE");
      Process process = builder.redirectErrorStream(true).start();
      process.getOutputStream().close();
      out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      status = process.waitFor();
    } while (status == LOCKED);
    return out;
  }

  @Test
  void everyExampleRuns() throws Exception {
    String page = Files.readString(PAGE);
    program(
        "hactl",
        "exec '%s' -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -cp '%s' dev.hactl.cli.Main \"$@\""
            .formatted(
                Path.of(System.getProperty("java.home"), "bin", "java"),
                System.getProperty("java.class.path")));
    program("editor", "echo 'api_token: token-of-editor' >> \"$1\"");
    Matcher step = STEP.matcher(page);
    while (step.find()) { // what is read before it is shown is there already
      if (step.group(1) != null) {
        write(step.group(1), step.group(2));
      }
    }
    var said = new StringBuilder();
    int commands = 0;
    step.reset();
    while (step.find()) {
      if (step.group(3) == null) {
        continue;
      }
      String out = shell(step.group(3));
      boolean fails = String.valueOf(step.group(4)).contains("exit 6");
      assertEquals(fails ? 6 : 0, status, step.group(3) + "\n" + out);
      if (fails) {
        assertTrue(page.contains(out.lines().limit(2).reduce("", (a, b) -> a + "    " + b + "\n")));
      }
      if (!step.group(3).contains(" view ") && !step.group(3).contains(" decrypt ")) {
        said.append(out);
      }
      commands++;
    }
    assertTrue(commands >= 19, "only " + commands);
    assertFalse(said.toString().contains("hunter2"), said::toString);
    assertFalse(said.toString().contains("token-of-editor"), said::toString);
    assertEquals(
        "postgres://web:hunter2-of-prod@db\n", Files.readString(folder.resolve("etc/database")));
    assertTrue(
        Files.readString(folder.resolve("group_vars/all/secrets.yml"))
            .startsWith("db_password: !vault |\n          $ANSIBLE_VAULT;1.1;AES256\n"));
  }
}
