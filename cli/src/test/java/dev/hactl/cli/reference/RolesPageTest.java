package dev.hactl.cli.reference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hactl.cli.CommandLineRun;
import dev.hactl.cli.ExitCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** docs/roles.md does what it says: its files are written, its commands run on this machine. */
class RolesPageTest {
  private static final Path PAGE = Path.of("..", "docs", "roles.md");

  @TempDir Path folder;
  private PageFiles page;

  @BeforeEach
  void write() throws IOException {
    page = PageFiles.of(PAGE);
    page.write(folder);
    Files.writeString(
        folder.resolve("inventory.yml"), "all: {hosts: {web1: {ansible_connection: local}}}\n");
    Files.writeString(
        folder.resolve("group_vars/all.yml"),
        page.files().get("group_vars/all.yml").replace("/etc/sites", folder + "/etc"));
  }

  private CommandLineRun run(List<String> words) {
    var real = new ArrayList<String>();
    for (String word : words) {
      real.add(word.endsWith(".yml") ? folder.resolve(word).toString() : word);
    }
    CommandLineRun run = CommandLineRun.alone(real.toArray(String[]::new));
    assertEquals(ExitCode.OK, run.code(), run.err());
    return run;
  }

  @Test
  void everyCommandRuns() throws IOException {
    assertTrue(page.commands().size() >= 9, page.commands()::toString);
    page.commands().forEach(this::run);
    try (var files = Files.list(folder.resolve("etc"))) {
      assertEquals(
          "facts=home ops 100 Debian first=first home.banner=no entry"
              + " home.conf=site home,listen 8080,mail ops@example.org one=1"
              + " second=second shop.banner=no entry"
              + " shop.conf=site shop,listen 8081,mail ops@example.org third.banner=no entry"
              + " three=3 two=2 word=given",
          files
              .sorted()
              .map(f -> f.getFileName() + "=" + lines(f))
              .collect(Collectors.joining(" ")));
    }
    assertEquals("rw-r-----", mode("one"));
    assertEquals("rw-------", mode("two"));
    assertEquals("rw-r--r--", mode("three"));
  }

  private String mode(String file) throws IOException {
    return PosixFilePermissions.toString(
        Files.getPosixFilePermissions(folder.resolve("etc").resolve(file)));
  }

  private static String lines(Path file) {
    try {
      return String.join(",", Files.readAllLines(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void theListingIsWhatThePageShows() throws IOException {
    String listed = run(page.commands().getFirst()).out().replace(folder + "/", "");
    String shown = listed.strip().indent(4).replaceAll("(?m)^ +$", "");
    assertTrue(Files.readString(PAGE).contains(shown), shown);
  }

  @Test
  void theMistakeIsWhatThePageShows() throws IOException {
    Path site = folder.resolve("site.yml");
    Files.writeString(site, Files.readString(site).replace("port: 8081", "port: http"));
    CommandLineRun run =
        CommandLineRun.of(
            "apply", site.toString(), "-i", folder.resolve("inventory.yml").toString());
    assertEquals(ExitCode.INVALID_INPUT, run.code());
    String told =
        run.err().replace(folder + "/", "").lines().limit(4).collect(Collectors.joining("\n"));
    assertTrue(Files.readString(PAGE).contains(told.indent(4).stripTrailing()), told);
  }

  @Test
  void whoSetsAVariableIsToldForEachRole() {
    String told =
        run(List.of("vars", "web1", "site.yml", "-i", "inventory.yml", "--explain", "port"))
            .out()
            .replace(folder + "/", "");
    assertEquals(
        """
        # role web, used at site.yml:4:7
        port: 8080  # role defaults, role web (roles/web/defaults/main.yml:2:1)
        # role base, used at roles/web/meta/main.yml:2:11
        port: 8081  # block and task vars, role parameters (site.yml:5:39)
        # role web, used at site.yml:5:14
        port: 8081  # block and task vars, role parameters (site.yml:5:39)
          loses: 8080  # role defaults, role web (roles/web/defaults/main.yml:2:1)
        """,
        told);
  }
}
