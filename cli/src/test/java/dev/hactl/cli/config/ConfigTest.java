package dev.hactl.cli.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.hactl.engine.source.SourceException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What configuration files say, who wins, and what is refused, each with its place. */
class ConfigTest {
  @TempDir private Path folder;

  private Config config(String own, String users) throws IOException {
    Path project = Files.createDirectories(folder.resolve("project"));
    Path home = Files.createDirectories(folder.resolve("config/hactl"));
    if (!own.isEmpty()) {
      Files.writeString(project.resolve("hactl.yml"), own);
    }
    if (!users.isEmpty()) {
      Files.writeString(home.resolve("hactl.yml"), users);
    }
    return Config.of(
        new File(project.toFile(), "hactl.yml"),
        Map.of("XDG_CONFIG_HOME", folder.resolve("config").toString()));
  }

  private String shown(Config config) {
    return config.given().entrySet().stream()
        .map(e -> e.getKey().key() + "=" + String.join(" ", e.getValue().values()))
        .collect(Collectors.joining("; "))
        .replace(folder + "/", "");
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " # ",
      quoteCharacter = '`',
      value = {
        "`` # `` # ``",
        "{forks: 20} # {forks: 7, user: me} # forks=20; user=me",
        "{inventory: hosts.yml} # `` # inventory=project/hosts.yml",
        "{inventory: [/a, 'b,c']} # `` # inventory=/a b,c",
        "{vault_id: [dev@dev.pass, prod@prompt]} # `` # vault_id=dev@project/dev.pass prod@prompt",
        "`` # {private_key: id} # private_key=config/hactl/id",
        "{diff: yes, become: false} # {become: true} # become=false; diff=true",
        "{output: json, inventory_timeout: 5} # `` # inventory_timeout=5; output=json",
        "{diff: } # `` # ``",
        "--- # `` # ``",
      })
  void isRead(String own, String users, String expected) throws IOException {
    assertEquals(expected, shown(config(own, users)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " # ",
      quoteCharacter = '`',
      value = {
        "{frks: 5} # 1:2 there is no setting 'frks' | did you mean 'forks'?",
        "{forks: many} # 1:9 'forks' is a whole number of at least 1, this is 'many' | ",
        "{forks: 0} # 1:9 'forks' is a whole number of at least 1, this is '0' | ",
        "{diff: maybe} # 1:8 'diff' is true or false, this is 'maybe' | ",
        "{user: [a]} # 1:8 'user' is a text, this is a list | ",
        "{user: 5} # 1:8 'user' is a text, this is '5' | ",
        "{inventory: {a: b}} # 1:13 'inventory' is a file, folder, program or list of hosts, or a list of them, this is a mapping | ",
        "{inventory: [[a]]} # 1:14 'inventory' is a file, folder, program or list of hosts, or a list of them, this is a list | ",
        "{output: jsn} # 1:10 'output' is text or json, this is 'jsn' | did you mean 'json'?",
        "[forks] # 1:1 settings are a mapping, this is a list | write 'forks: 20' and the like, each on a line",
        "{forks: 1, forks: 2} # 1:12 the key 'forks' stands twice in this mapping | it stands first in line 1; keep one of them",
      })
  void isRefused(String own, String expected) {
    var wrong = assertThrows(SourceException.class, () -> config(own, ""));
    assertEquals(expected, told(wrong));
  }

  private static String told(SourceException wrong) {
    return wrong.problems().stream()
        .map(p ->
            p.place().line()
                + ":"
                + p.place().column()
                + " "
                + p.message()
                + " | "
                + p.advice().orElse(""))
        .collect(Collectors.joining("; "))
        .strip();
  }

  @Test
  void everythingWrongIsToldAtOnce() {
    var wrong = assertThrows(SourceException.class, () -> config("{a: 1, b: 2}", "{c: 3}"));
    assertEquals(3, wrong.problems().size());
  }

  /** Anybody could have put it there. */
  @ParameterizedTest
  @CsvSource({"rwxrwxrwx,rw-r--r--", "rwxr-xr-x,rw-rw-rw-"})
  void whatEveryUserMayWriteIsRefused(String ofFolder, String ofFile) throws IOException {
    Path project = Files.createDirectories(folder.resolve("project"));
    Path file = Files.writeString(project.resolve("hactl.yml"), "forks: 3\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(ofFile));
    Files.setPosixFilePermissions(project, PosixFilePermissions.fromString(ofFolder));
    var wrong = assertThrows(SourceException.class, () -> Config.of(file.toFile(), Map.of()));
    assertEquals("this file is not read: every user may write", told(wrong).substring(4, 47));
    assertEquals(
        "forks=3", shown(Config.of(file.toFile(), Map.of("HACTL_CONFIG", file.toString()))));
  }
}
