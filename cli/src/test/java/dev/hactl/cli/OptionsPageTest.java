package dev.hactl.cli;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** {@code docs/options.md} has every option of every command. */
class OptionsPageTest {
  private static final Path FRESH = Path.of("target/options.md");
  private static final Path KEPT = Path.of("../docs/options.md");

  @Test
  void thePageIsUpToDate() throws IOException {
    String fresh = OptionsPage.text();
    Files.createDirectories(Path.of("target"));
    Files.writeString(FRESH, fresh);
    assertTrue(
        Files.exists(KEPT) && Files.readString(KEPT).equals(fresh),
        "docs/options.md is stale; the page as it should be was just made, take it over with\n"
            + "    cp cli/target/options.md docs/options.md");
  }
}
