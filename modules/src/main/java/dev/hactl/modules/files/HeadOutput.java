package dev.hactl.modules.files;

import java.util.List;

/**
 * Takes the output of {@code head -v} apart by the sizes seen before. Where something else follows
 * a file than the heading of a later one, the file has changed meanwhile, and neither it nor any
 * later one is believed.
 */
final class HeadOutput {
  private HeadOutput() {}

  /** A file and how many bytes it should have. */
  record Expected(String path, int size) {}

  static void read(MarkedLines reader, List<Expected> files, FileReports reports) {
    String between = "";
    for (int i = 0; i < files.size(); i++) {
      Expected file = files.get(i);
      String heading = heading(between, file);
      if (!reader.sees(heading, 0)) {
        continue; // it could not be opened
      }
      reader.advance(heading.length());
      if (!somethingFollows(reader, file.size(), files.subList(i + 1, files.size()))) {
        return;
      }
      reports.of(file.path()).content = reader.take(file.size());
      between = "\n";
    }
  }

  private static boolean somethingFollows(MarkedLines reader, int size, List<Expected> later) {
    // The script prints an empty line before the mark.
    return reader.sees("\n", size)
        && (reader.seesMark("over", size + 1)
            || later.stream().anyMatch(file -> reader.sees(heading("\n", file), size)));
  }

  private static String heading(String between, Expected file) {
    return between + "==> " + StatLine.latin(file.path()) + " <==\n";
  }
}
