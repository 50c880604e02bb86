package dev.hactl.campaign;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** One line a round, so that a campaign that was cut short can go on. */
final class Results {
  private final Path file;

  Results(Path file) {
    this.file = file;
  }

  /**
   * A round that was done.
   *
   * @param hit the blow and its moment
   * @param inside what was at work, empty when that was not looked for
   * @param left what lay on the hosts for the next run
   * @param next what the next run did
   * @param failed what did not hold, empty when all did
   */
  record Line(
      String seed,
      int number,
      String hit,
      String inside,
      String left,
      String next,
      String failed,
      long millis) {

    static Line of(String seed, int number, Round.Result result, long nanos) {
      return new Line(
          seed,
          number,
          result.blow().words() + ", " + result.when(),
          result.inside().orElse(""),
          String.join(", ", result.left().stream().map(Line::kind).toList()),
          "changed " + result.repaired(),
          String.join(" | ", result.failures()),
          nanos / 1_000_000);
    }

    /**
     * A hit on a road.
     *
     * @param failures what did not hold at the end of the road
     */
    static Line of(String seed, int number, Road.Kill kill, List<String> failures, long nanos) {
      return new Line(
          seed,
          number,
          Blow.KILL.words() + ", " + kill.when(),
          kill.task(),
          String.join(", ", kill.left().stream().map(Line::kind).toList()),
          "changed " + kill.next(),
          String.join(" | ", failures),
          nanos / 1_000_000);
    }

    /** A round that could not be done to its end. */
    static Line broken(String seed, int number, Blow blow, Exception why, long nanos) {
      return new Line(
          seed,
          number,
          blow.words(),
          "",
          "",
          "",
          String.valueOf(why.getMessage()),
          nanos / 1_000_000);
    }

    private static String kind(String note) {
      return note.replaceFirst(" \\./(handler|intent|package-transaction).*", " $1");
    }

    boolean well() {
      return failed.isEmpty();
    }

    String shown() {
      return "%2d %s %s%s%s; next run %s; %d s%s"
          .formatted(
              number,
              well() ? "ok" : "FAILED",
              hit,
              inside.isEmpty() ? "" : " [" + inside + "]",
              left.isEmpty() ? "" : "; left: " + left,
              next,
              millis / 1000,
              well() ? "" : "\n" + failed);
    }

    private String written() {
      return String.join(
          "\t",
          List.of(
              seed,
              "" + number,
              flat(hit),
              flat(inside),
              flat(left),
              next,
              flat(failed),
              "" + millis));
    }

    private static String flat(String text) {
      return text.replaceAll("\\s+", " ");
    }

    private static Line read(String line) {
      String[] f = line.split("\t", -1);
      return new Line(
          f[0], Integer.parseInt(f[1]), f[2], f[3], f[4], f[5], f[6], Long.parseLong(f[7]));
    }
  }

  /** What is known of a seed. */
  List<Line> of(String seed) throws IOException {
    if (!Files.exists(file)) {
      return List.of();
    }
    return Files.readAllLines(file).stream()
        .map(Line::read)
        .filter(l -> l.seed().equals(seed))
        .toList();
  }

  void clear() throws IOException {
    Files.deleteIfExists(file);
  }

  void add(Line line) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(
        file, line.written() + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }
}
