package dev.hactl.cli.schema;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hactl.cli.config.Config;
import dev.hactl.engine.source.SourceException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What hactl takes of a configuration file, an editor takes; what it refuses, an editor marks. */
class ConfigSchemaTest {
  private static final Checked SCHEMA = Checked.by(ConfigSchema.config());

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "---",
        "{forks: 20, user: me, become: true, diff: yes}",
        "{forks: '20', inventory_timeout: 1, ask_pass: no}",
        "{inventory: hosts.yml}",
        "{inventory: [/a, 'b,c']}",
        "{inventory: []}",
        "{vault_id: [dev@dev.pass, prod@prompt], vault_password_file: a}",
        "{private_key: id, ssh_config: , known_hosts: ~/known}",
        "{output: json, force_handlers: 'on', accept_new_host_keys: false}",
        "{frks: 5}",
        "{forks: many}",
        "{forks: 0}",
        "{forks: 5000000000}",
        "{diff: maybe}",
        "{user: [a]}",
        "{user: 5}",
        "{user: ' '}",
        "{inventory: {a: b}}",
        "{inventory: [[a]]}",
        "{inventory: [5]}",
        "{output: jsn}",
        "[forks]",
        "forks",
      })
  void theSameFilesAreRight(String text) throws IOException {
    Path file = Files.writeString(folder.resolve("hactl.yml"), text + "\n");
    assertEquals(taken(file), SCHEMA.errors(text).isEmpty(), () -> SCHEMA.errors(text).toString());
  }

  private boolean taken(Path file) {
    try {
      var _ =
          Config.of(Map.of("HACTL_CONFIG", file.toString(), "XDG_CONFIG_HOME", folder.toString()));
      return true;
    } catch (SourceException refused) {
      return false;
    }
  }
}
