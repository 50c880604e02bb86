package dev.hactl.campaign;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;

/** Writes the results of a campaign into its section of a page. */
final class Table {
  private Table() {}

  static void write(Path page, Options options, List<Results.Line> lines) throws IOException {
    String mode = options.mode().name().toLowerCase(Locale.ROOT);
    String begin = "<!-- " + mode + " -->\n";
    String end = "<!-- end of " + mode + " -->\n";
    String text = Files.readString(page);
    int from = text.indexOf(begin);
    int to = text.indexOf(end);
    if (from < 0 || to < 0) {
      throw new IOException(page + " has no place for " + mode);
    }
    Files.writeString(
        page, text.substring(0, from) + begin + section(options, lines) + text.substring(to));
  }

  private static String section(Options options, List<Results.Line> lines) {
    long inside = lines.stream().filter(l -> !l.inside().isEmpty()).count();
    long bad = lines.stream().filter(l -> !l.well()).count();
    var text = new StringBuilder();
    text.append(
        "\n%s, commit %s, seed `%s`: %d rounds, %d of them inside a step, %d failed.%n%n"
            .formatted(
                LocalDate.now(ZoneOffset.UTC),
                options.commit(),
                options.seed(),
                lines.size(),
                inside,
                bad));
    text.append("| round | hit | at work then | left for the next run | next run | end |\n");
    text.append("|---|---|---|---|---|---|\n");
    for (Results.Line l : lines) {
      text.append(
          "| %d | %s | %s | %s | %s | %s |%n"
              .formatted(
                  l.number(),
                  l.hit(),
                  l.inside().isEmpty() ? "" : "`" + shortened(l.inside()) + "`",
                  l.left(),
                  l.next(),
                  l.well() ? "as undisturbed" : "FAILED: " + shortened(l.failed())));
    }
    return text.append('\n').toString();
  }

  /** The program at the end of the list is the one that does the work. */
  private static String shortened(String text) {
    String last =
        text.substring(text.lastIndexOf(';') + 1).strip().replace('|', '/').replace('`', '\'');
    return last.length() > 70 ? last.substring(0, 70) + "..." : last;
  }
}
