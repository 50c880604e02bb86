package dev.hactl.cli.reference;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hactl.engine.module.IndexedModules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code docs/modules} says what the modules say about themselves. */
class ModuleReferenceTest {
  private static final Path FRESH = Path.of("target/modules");
  private static final Path KEPT = Path.of("../docs/modules");

  @Test
  void pagesAreUpToDate() throws IOException {
    SortedMap<String, String> fresh =
        ModulePages.of(IndexedModules.of(getClass().getClassLoader()));
    write(fresh);
    SortedMap<String, String> kept = read();
    List<String> stale = new ArrayList<>();
    fresh.forEach((name, text) -> {
      if (!text.equals(kept.remove(name))) {
        stale.add(name);
      }
    });
    stale.addAll(kept.keySet());
    assertTrue(
        stale.isEmpty(),
        () ->
            "docs/modules is stale ("
                + String.join(", ", stale)
                + "); the pages as they should be were just made, take them over with\n"
                + "    rm -rf docs/modules && cp -r cli/target/modules docs/modules");
  }

  private static void write(SortedMap<String, String> pages) throws IOException {
    Files.createDirectories(FRESH);
    try (Stream<Path> old = Files.list(FRESH)) {
      for (Path page : old.toList()) {
        Files.delete(page);
      }
    }
    for (var page : pages.entrySet()) {
      Files.writeString(FRESH.resolve(page.getKey()), page.getValue());
    }
  }

  private static SortedMap<String, String> read() throws IOException {
    var pages = new TreeMap<String, String>();
    if (Files.isDirectory(KEPT)) {
      try (Stream<Path> files = Files.list(KEPT)) {
        for (Path page : files.toList()) {
          pages.put(page.getFileName().toString(), Files.readString(page));
        }
      }
    }
    return pages;
  }
}
