package dev.hactl.cli.output;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.hactl.engine.report.Event;
import dev.hactl.engine.report.Outcome;
import dev.hactl.engine.report.Reporter;
import dev.hactl.engine.value.Value;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How a single task fared, host by host, and what it resulted in: the status line of a task, below
 * it what the program printed or the module found. No banners: there is only one task.
 */
public final class ExecOutput implements Reporter {
  private static final String INDENT = "    ";

  /** Said by the status line, or said in another form. */
  private static final Set<String> TOLD =
      Set.of("changed", "failed", "skipped", "stdout_lines", "stderr_lines", "cmd", "attempts");

  private final Terminal terminal;
  private final boolean oneLine;
  private final ResultLines results;

  /**
   * Writes to the terminal's standard output.
   *
   * @param verbosity the number of {@code -v}
   * @param oneLine one line for each host
   */
  public ExecOutput(Terminal terminal, int verbosity, boolean oneLine) {
    this.terminal = terminal;
    this.oneLine = oneLine;
    this.results = new ResultLines(terminal.colour(), verbosity > 0);
  }

  @Override
  public boolean showsResults() {
    return true;
  }

  @Override
  public void report(Event event) {
    switch (event) {
      case Event.TaskEnded ended ->
          (oneLine ? List.of(line(ended)) : lines(ended)).forEach(terminal.out()::println);
      case Event.PlaySkipped play ->
          terminal.out().println(Paint.SKIPPED.on("skipping: " + play.why(), terminal.colour()));
      case Event.PlayStopped stopped -> terminal.out().println("stopped: " + stopped.why());
      case Event.Retrying retrying ->
          terminal
              .out()
              .println("retrying: [" + retrying.host() + "]: " + retrying.left() + " left");
      case Event.Progress progress ->
          terminal.out().println("working: [" + progress.host() + "]: " + progress.what());
      case Event.Warned warned -> terminal.complain(warned.problem().render());
      case Event.Noted noted ->
          terminal.out().println("note: [" + noted.host() + "]: " + noted.message());
      case Event.Interrupting interrupting ->
          terminal.complain(interrupting.signal() + ": " + interrupting.what());
      case Event.RunStarted _, Event.PlayStarted _, Event.TaskStarted _, Event.Recap _ -> {}
    }
    terminal.out().flush();
  }

  private List<String> lines(Event.TaskEnded ended) {
    List<String> lines = new ArrayList<>(results.of(ended, Optional.empty()));
    if (ended.outcome() instanceof Outcome.Failed || ended.outcome() instanceof Outcome.Said) {
      return lines;
    }
    Map<String, Value> shown = shown(ended);
    String out = text(shown.remove("stdout"));
    String err = text(shown.remove("stderr"));
    Value status = shown.remove("rc");
    if (status != null) {
      lines.set(lines.size() - 1, lines.getLast() + " => rc=" + status.show());
    }
    out.lines().forEach(line -> lines.add(INDENT + Visible.line(line)));
    if (!err.isEmpty()) {
      lines.add(INDENT + "stderr:");
      err.lines().forEach(line -> lines.add(INDENT + INDENT + Visible.line(line)));
    }
    shown.forEach(
        (name, value) -> lines.add(INDENT + name + ": " + Visible.line(json(Plain.of(value)))));
    return lines;
  }

  /** What is known of the result and not said otherwise. */
  private static Map<String, Value> shown(Event.TaskEnded ended) {
    var shown = new TreeMap<String, Value>();
    ended
        .result()
        .forEach((name, value) -> {
          if (!TOLD.contains(name) && !(value instanceof Value.Unknown)) {
            shown.put(name, value);
          }
        });
    return shown;
  }

  private static String text(@Nullable Value value) {
    return value == null ? "" : value.show();
  }

  /** As Ansible's {@code -o} does: what line ends are, is written {@code \n}. */
  private String line(Event.TaskEnded ended) {
    Map<String, Value> shown = shown(ended);
    var line = new StringBuilder(ended.host()).append(" | ").append(word(ended.outcome()));
    String message = message(ended.outcome());
    if (!message.isEmpty()) {
      line.append(" | ").append(message);
      shown.remove("msg");
    }
    Value status = shown.remove("rc");
    if (status != null) {
      line.append(" | rc=").append(status.show());
    }
    for (String stream : List.of("stdout", "stderr")) {
      String text = text(shown.remove(stream)).stripTrailing();
      if (!text.isEmpty()) {
        line.append(" | (").append(stream).append(") ").append(text);
      }
    }
    if (!shown.isEmpty() && message.isEmpty()) {
      line.append(" => ").append(json(Plain.of(shown)));
    }
    return Visible.line(line.toString().replace("\n", "\\n"));
  }

  private static String word(Outcome outcome) {
    return outcome.getClass().getSimpleName().toUpperCase(Locale.ROOT);
  }

  private static String message(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Failed failed -> failed.failure().message();
      case Outcome.Unreachable unreachable -> unreachable.message();
      case Outcome.Refused refused -> refused.message();
      case Outcome.Unknown unknown -> unknown.why();
      case Outcome.Skipped skipped -> skipped.why();
      case Outcome.Said said -> json(Plain.of(said.shown()));
      case Outcome.Ok _, Outcome.Changed _ -> "";
    };
  }

  private static String json(@Nullable Object value) {
    try {
      return JSON.std.asString(value);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }
}
