package dev.hactl.cli.inputs;

import dev.hactl.cli.ExitCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What came of many inputs, by kind. Written as lines of words divided by tabs. */
final class Tally {
  private final Map<String, Line> lines = new TreeMap<>();

  /**
   * One kind.
   *
   * @param slowest milliseconds
   */
  record Line(String kind, int accepted, int refused, int failed, long slowest) {
    private Line plus(Line more) {
      return new Line(
          kind,
          accepted + more.accepted,
          refused + more.refused,
          failed + more.failed,
          Math.max(slowest, more.slowest));
    }

    private String written() {
      return String.join(
          "\t",
          List.of(
              kind,
              String.valueOf(accepted),
              String.valueOf(refused),
              String.valueOf(failed),
              String.valueOf(slowest)));
    }

    private static Line read(List<String> words) {
      return new Line(
          words.get(0),
          Integer.parseInt(words.get(1)),
          Integer.parseInt(words.get(2)),
          Integer.parseInt(words.get(3)),
          Long.parseLong(words.get(4)));
    }
  }

  void add(Input input, Inputs.Answer answer) {
    boolean failed = answer.wrong().isPresent();
    add(
        new Line(
            input.kind(),
            !failed && answer.code() == ExitCode.OK ? 1 : 0,
            !failed && answer.code() != ExitCode.OK ? 1 : 0,
            failed ? 1 : 0,
            answer.took().toMillis()));
  }

  void add(Tally other) {
    other.lines.values().forEach(this::add);
  }

  private void add(Line line) {
    lines.merge(line.kind(), line, Line::plus);
  }

  int failed() {
    return lines.values().stream().mapToInt(Line::failed).sum();
  }

  int count() {
    return lines.values().stream().mapToInt(l -> l.accepted() + l.refused() + l.failed()).sum();
  }

  /** One line of a file that {@link #read} reads. */
  String written(String begin) {
    return begin + "\t" + String.join("\t", lines.values().stream().map(Line::written).toList());
  }

  /** Reads a line; empty when it does not begin so. */
  static Optional<Tally> read(String begin, String line) {
    if (!line.startsWith(begin + "\t")) {
      return Optional.empty();
    }
    List<String> words = new ArrayList<>(List.of(line.substring(begin.length() + 1).split("\t")));
    var tally = new Tally();
    for (int i = 0; i + 5 <= words.size(); i += 5) {
      tally.add(Line.read(words.subList(i, i + 5)));
    }
    return Optional.of(tally);
  }

  /** As a table of Markdown. */
  String table() {
    var text = new StringBuilder("| input | accepted | refused | failed | slowest, ms |\n");
    text.append("|---|---|---|---|---|\n");
    lines
        .values()
        .forEach(l ->
            text.append(
                "| %s | %d | %d | %d | %d |\n"
                    .formatted(l.kind(), l.accepted(), l.refused(), l.failed(), l.slowest())));
    return text.toString();
  }
}
