package dev.hactl.cli.output;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.hactl.engine.module.Impact;
import dev.hactl.engine.report.Event;
import dev.hactl.engine.report.Outcome;
import dev.hactl.engine.source.Place;
import dev.hactl.engine.value.Value;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How one host fared in one task, in lines: differences, the status line, and what explains it.
 *
 * @param verbose whether to name reasons and changes that go without saying
 */
record ResultLines(boolean colour, boolean verbose) {
  private static final int TAIL = 20;
  private static final String INDENT = "    ";

  List<String> of(Event.TaskEnded ended, Optional<Place> place) {
    var lines = new ArrayList<String>();
    ended.diffs().forEach(diff -> lines.addAll(painted(DiffText.lines(diff))));
    if (!ended.diffs().isEmpty()) {
      lines.add("");
    }
    lines.addAll(status(ended, place));
    ended.changes().forEach(change -> lines.addAll(effect(change)));
    return lines;
  }

  private List<String> status(Event.TaskEnded ended, Optional<Place> place) {
    String host = "[" + ended.host() + ended.delegate().map(to -> " -> " + to).orElse("") + "]";
    String item = ended.item().map(label -> " => (item=" + Visible.line(label) + ")").orElse("");
    return switch (ended.outcome()) {
      case Outcome.Ok _ -> List.of(Paint.OK.on("ok: " + host + item, colour));
      case Outcome.Changed changed ->
          List.of(
              Paint.CHANGED.on("changed: " + host + item, colour)
                  + (changed.derived() ? " (follows from an earlier change)" : ""));
      case Outcome.Unknown unknown ->
          List.of(Paint.UNKNOWN.on("unknown: " + host + item + ": " + unknown.why(), colour));
      case Outcome.Skipped skipped ->
          List.of(
              Paint.SKIPPED.on("skipping: " + host + item, colour)
                  + (verbose && !skipped.why().isEmpty() ? " (" + skipped.why() + ")" : ""));
      case Outcome.Failed failed -> failed(failed, host, ended.item(), place);
      case Outcome.Unreachable unreachable ->
          fatal(Paint.UNREACHABLE, host + ": UNREACHABLE! => ", unreachable.message());
      case Outcome.Refused refused ->
          fatal(Paint.FAILED, host + ": REFUSED! => ", refused.message());
      case Outcome.Said said -> said(said.shown(), host + item);
    };
  }

  private List<String> failed(
      Outcome.Failed failed, String host, Optional<String> item, Optional<Place> place) {
    var lines = new ArrayList<String>();
    Outcome.Failure failure = failed.failure();
    lines.addAll(
        item.map(label ->
                painted(
                    Paint.FAILED,
                    "failed: " + host + " (item=" + label + ") => " + failure.message()))
            .orElseGet(() -> fatal(Paint.FAILED, host + ": FAILED! => ", failure.message())));
    place.ifPresent(where -> lines.add(INDENT + "at " + where));
    failure.status().ifPresent(status -> lines.add(INDENT + "exit status " + status));
    lines.addAll(tail("stdout", failure.stdout()));
    lines.addAll(tail("stderr", failure.stderr()));
    if (failed.ignored()) {
      lines.add(Paint.SKIPPED.on("...ignoring", colour));
    }
    return lines;
  }

  private List<String> fatal(Paint paint, String head, String message) {
    return painted(paint, "fatal: " + head + message);
  }

  private List<String> painted(Paint paint, String text) {
    return text.lines().map(line -> paint.on(Visible.line(line), colour)).toList();
  }

  /** The end of an output: errors come last. */
  private static List<String> tail(String name, String text) {
    if (text.isBlank()) {
      return List.of();
    }
    List<String> all = text.stripTrailing().lines().toList();
    var lines = new ArrayList<String>();
    int left = Math.max(0, all.size() - TAIL);
    lines.add(INDENT + name + ":" + (left > 0 ? " (" + left + " lines before)" : ""));
    all.subList(left, all.size()).forEach(line -> lines.add(INDENT + INDENT + Visible.line(line)));
    return lines;
  }

  private List<String> said(Map<String, Value> shown, String label) {
    var lines = new ArrayList<String>();
    lines.add(Paint.OK.on("ok: " + label + " => {", colour));
    int last = shown.size();
    int number = 0;
    for (Map.Entry<String, Value> entry : shown.entrySet()) {
      String comma = ++number < last ? "," : "";
      lines.addAll(
          painted(
              Paint.OK,
              INDENT + json(entry.getKey()) + ": " + json(Plain.of(entry.getValue())) + comma));
    }
    lines.add(Paint.OK.on("}", colour));
    return lines;
  }

  private static String json(@Nullable Object value) {
    try {
      return JSON.std.asString(value);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  /** What somebody must know before consenting is always told; the rest goes without saying. */
  private List<String> effect(Event.ChangeLine change) {
    return switch (change.impact()) {
      case Impact.None _ -> verbose ? List.of(INDENT + change.what()) : List.of();
      case Impact.Disruptive disruptive ->
          List.of(INDENT + change.what() + " (disruptive: " + disruptive.what() + ")");
      case Impact.Destructive destructive ->
          List.of(
              INDENT
                  + change.what()
                  + " (destructive: "
                  + destructive.what()
                  + "; needs --allow "
                  + destructive.token()
                  + ")");
    };
  }

  private List<String> painted(List<String> diff) {
    return diff.stream()
        .map(Visible::line)
        .map(line ->
            switch (line.isEmpty() ? ' ' : line.charAt(0)) {
              case '+' -> Paint.ADDED.on(line, colour);
              case '-' -> Paint.REMOVED.on(line, colour);
              case '@' -> Paint.HUNK.on(line, colour);
              default -> line;
            })
        .toList();
  }
}
