package dev.hactl.cli.inputs;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Files of a project that is to be checked: {@code site.yml} for the hosts of {@code
 * inventory.yml}.
 *
 * @param kind what sort of input it is, for the table
 * @param files their text by path
 * @param times how often the text of a file stands in it, where not once
 */
record Input(String kind, Map<String, String> files, Map<String, Integer> times) {
  Input(String kind, Map<String, String> files) {
    this(kind, files, Map.of());
  }

  static final String SITE = "site.yml";
  static final String INVENTORY = "inventory.yml";

  /** Writes them into a folder that is emptied first. */
  void into(Path folder) throws IOException {
    clear(folder);
    for (Map.Entry<String, String> file : files.entrySet()) {
      Path path = folder.resolve(file.getKey());
      Files.createDirectories(path.getParent());
      try (Writer out = Files.newBufferedWriter(path)) {
        for (int i = times.getOrDefault(file.getKey(), 1); i > 0; i--) {
          out.write(file.getValue());
        }
      }
    }
  }

  private static void clear(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (Stream<Path> old = Files.walk(folder)) {
        for (Path path : old.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(path);
        }
      }
    }
    Files.createDirectories(folder);
  }
}
