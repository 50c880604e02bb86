package dev.hactl.modules.drbd;

import static dev.hactl.modules.drbd.NineReplicas.file;
import static dev.hactl.modules.drbd.NineReplicas.seen;
import static dev.hactl.modules.drbd.SeenReplicas.wish;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hactl.engine.module.LocalShell;
import dev.hactl.modules.look.Look;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which DRBD a node has. */
class NineVersionTest {
  /** The lines of /proc/drbd that are recorded, and of {@code modinfo}: LINBIT/drbd issue 50. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "version: 9.0.32-1 (api:2/proto:86-121) | ''    | 9.0.32-1 | true",
        "version: 9.1.8 (api:2/proto:86-121)    | ''    | 9.1.8    | true",
        "version: 9.3.3 (api:2/proto:118-124)   | ''    | 9.3.3    | true",
        "''                                     | 9.2.1 | 9.2.1    | false",
        "version: 8.4.11 (api:1/proto:86-101)   | ''    | 8.4.11   | true",
      })
  void version(String proc, String module, String version, boolean loaded, @TempDir Path folder)
      throws IOException {
    Path file = folder.resolve("proc");
    if (!proc.isEmpty()) {
      Files.writeString(file, proc + "\n");
    }
    String asked =
        Objects.requireNonNull(((Look) DrbdProbe.probe(wish("")).question()).parts().get("head"))
            .replace("/proc/drbd", file.toString());
    String stand = "modinfo() { [ \"$*\" = '-F version drbd' ] && echo " + module + "; }\n";
    for (LocalShell shell : LocalShell.values()) {
      List<String> lines = shell.run(stand + asked).out().lines().toList();
      assertTrue(lines.contains("version " + version), shell + " " + lines);
      assertEquals(loaded, lines.contains("loaded"));
    }
    DrbdState state = seen(wish(""), "db1", Map.of("head", "node db1\nversion " + version));
    assertEquals(!version.startsWith("8."), state.modern());
  }
}
