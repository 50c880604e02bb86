package dev.hactl.cli.output;

import dev.hactl.engine.report.Event;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/** The last lines of a run: one per host, in Ansible's columns. */
final class RecapLines {
  private static final int HOST_WIDTH = 26;

  /** Of the equals sign and the number. */
  private static final int NUMBER_WIDTH = 5;

  private RecapLines() {}

  /**
   * The lines.
   *
   * @param check whether the run only predicted: then what it could not tell is counted too
   */
  static List<String> of(Event.Recap recap, boolean colour, boolean check, boolean verbose) {
    var lines = new ArrayList<String>();
    recap
        .hosts()
        .forEach((host, counts) ->
            lines.add(
                silent(recap, host, counts)
                    ? name(host, Paint.UNKNOWN, colour) + " : not started"
                    : line(host, counts, colour, check)));
    lines.addAll(missed(recap));
    recap
        .accuracy()
        .filter(a -> verbose || a.surprises() > 0 || a.predicted() != a.changed())
        .ifPresent(a -> lines.addAll(List.of("", accuracy(a))));
    return lines;
  }

  /**
   * Nothing is known of a host on which no play began: zeros would look like a host that is fine.
   */
  private static boolean silent(Event.Recap recap, String host, Event.Counts counts) {
    Event.Missed missed = recap.missed().get(host);
    return missed != null && missed.all() && counts.equals(Event.Counts.NONE);
  }

  /** A line for each play that never began on hosts where another one did. */
  private static List<String> missed(Event.Recap recap) {
    var hosts = new LinkedHashMap<String, List<String>>();
    recap
        .missed()
        .forEach((host, missed) -> {
          if (!missed.all()) {
            missed
                .plays()
                .forEach(play -> hosts.computeIfAbsent(play, p -> new ArrayList<>()).add(host));
          }
        });
    var lines = new ArrayList<String>();
    hosts.forEach((play, missing) ->
        lines.add("play [" + play + "] not started on: " + String.join(", ", missing)));
    if (!lines.isEmpty()) {
      lines.addFirst("");
    }
    return lines;
  }

  private static String name(String host, Paint paint, boolean colour) {
    return paint.on(host + " ".repeat(Math.max(0, HOST_WIDTH - host.length())), colour);
  }

  private static String line(String host, Event.Counts counts, boolean colour, boolean check) {
    var cells = new ArrayList<String>();
    cells.add(count("ok", counts.ok(), Paint.OK, colour));
    cells.add(count("changed", counts.changed(), Paint.CHANGED, colour));
    cells.add(count("unreachable", counts.unreachable(), Paint.UNREACHABLE, colour));
    cells.add(count("failed", counts.failed(), Paint.FAILED, colour));
    cells.add(count("skipped", counts.skipped(), Paint.SKIPPED, colour));
    cells.add(count("rescued", counts.rescued(), Paint.OK, colour));
    cells.add(count("ignored", counts.ignored(), Paint.SKIPPED, colour));
    if (check || counts.unknown() > 0) {
      cells.add(count("unknown", counts.unknown(), Paint.UNKNOWN, colour));
    }
    return name(host, paint(counts), colour) + " : " + String.join(" ", cells);
  }

  private static String count(String name, int count, Paint paint, boolean colour) {
    String text = name + "=" + count;
    String cell = text + " ".repeat(Math.max(0, name.length() + NUMBER_WIDTH - text.length()));
    return count > 0 ? paint.on(cell, colour) : cell;
  }

  private static Paint paint(Event.Counts counts) {
    if (counts.failed() > 0 || counts.unreachable() > 0) {
      return Paint.FAILED;
    }
    return counts.changed() > 0 ? Paint.CHANGED : Paint.OK;
  }

  private static String accuracy(Event.Accuracy accuracy) {
    return "plan accuracy: %d predicted, %d changed, %d surprises"
        .formatted(accuracy.predicted(), accuracy.changed(), accuracy.surprises());
  }
}
