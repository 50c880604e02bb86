package dev.hactl.cli.reference;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The files that a page of the documentation shows, each after a line that is its name, and the
 * command lines that it shows.
 *
 * @param files contents by name
 * @param commands words after {@code ./hactl}
 */
record PageFiles(Map<String, String> files, List<List<String>> commands) {
  private static final Pattern FILE =
      Pattern.compile("(?m)^`([^`]+)`:\\n\\n```\\w*\\n((?s:.*?))```$");
  private static final Pattern COMMAND = Pattern.compile("(?m)^ {4}\\./hactl (.*?)(?: {3,}.*)?$");

  static PageFiles of(Path page) throws IOException {
    String text = Files.readString(page);
    var files = new LinkedHashMap<String, String>();
    Matcher file = FILE.matcher(text);
    while (file.find()) {
      files.put(file.group(1), file.group(2));
    }
    return new PageFiles(
        files,
        COMMAND.matcher(text).results().map(c -> List.of(c.group(1).strip().split(" +"))).toList());
  }

  /** Writes the files. */
  void write(Path folder) throws IOException {
    for (var file : files.entrySet()) {
      Path path = folder.resolve(file.getKey());
      Files.createDirectories(path.getParent());
      Files.writeString(path, file.getValue());
    }
  }
}
