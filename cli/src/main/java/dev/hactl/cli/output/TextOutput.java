package dev.hactl.cli.output;

import dev.hactl.engine.report.Event;
import dev.hactl.engine.report.Reporter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Events for people, in the form users of Ansible know. Tasks that found nothing to do are folded
 * into one line unless {@code -v} asks for all, so that what changed stands out.
 */
public final class TextOutput implements Reporter {
  private final Terminal terminal;
  private final boolean verbose;
  private final ResultLines results;
  private final List<String> quietLines = new ArrayList<>();
  private boolean check;
  private int foldedOk;
  private int foldedSkipped;
  private Optional<Event.TaskStarted> task = Optional.empty();
  private boolean taskShown;
  private boolean taskFoundOk;

  /**
   * Writes to the terminal's standard output.
   *
   * @param verbosity the number of {@code -v}: from 1 on nothing is folded
   */
  public TextOutput(Terminal terminal, int verbosity) {
    this.terminal = terminal;
    this.verbose = verbosity > 0;
    this.results = new ResultLines(terminal.colour(), verbose);
  }

  @Override
  public void report(Event event) {
    switch (event) {
      case Event.RunStarted started -> check = started.check();
      case Event.PlayStarted play -> {
        endTask();
        unfold();
        banner("PLAY [" + play.name() + "]" + (check ? " [CHECK MODE]" : ""));
      }
      case Event.PlaySkipped play -> {
        endTask();
        unfold();
        banner("PLAY [" + play.name() + "]");
        terminal.out().println(Paint.SKIPPED.on("skipping: " + play.why(), terminal.colour()));
      }
      case Event.TaskStarted started -> {
        endTask();
        task = Optional.of(started);
      }
      case Event.TaskEnded ended -> ended(ended);
      case Event.Retrying retrying ->
          inTask(
              "FAILED - RETRYING: [%s]: %s (%d %s left)."
                  .formatted(
                      retrying.host(),
                      retrying.task(),
                      retrying.left(),
                      retrying.left() == 1 ? "retry" : "retries"));
      case Event.Progress progress ->
          inTask("working: [" + progress.host() + "]: " + progress.what());
      case Event.Warned warned -> terminal.complain(warned.problem().render());
      case Event.Noted noted -> inTask("note: [" + noted.host() + "]: " + noted.message());
      case Event.PlayStopped stopped -> {
        endTask();
        unfold();
        banner("PLAY STOPPED: " + stopped.why());
      }
      case Event.Interrupting interrupting -> {
        showTask();
        terminal.complain(interrupting.signal() + ": " + interrupting.what());
      }
      case Event.Recap recap -> {
        endTask();
        unfold();
        banner("PLAY RECAP");
        RecapLines.of(recap, terminal.colour(), check, verbose).forEach(terminal.out()::println);
      }
    }
    terminal.out().flush();
  }

  private void ended(Event.TaskEnded ended) {
    List<String> lines = results.of(ended, task.map(Event.TaskStarted::place));
    if (!verbose && !taskShown && Worth.folding(ended.outcome())) {
      quietLines.addAll(lines);
      taskFoundOk |= !Worth.skipped(ended.outcome());
      return;
    }
    showTask();
    lines.forEach(terminal.out()::println);
  }

  /** A line that belongs to the task at work, which is thereby worth showing. */
  private void inTask(String line) {
    showTask();
    terminal.out().println(line);
  }

  /** Prints the banner of the task at work, and what it said so far. */
  private void showTask() {
    if (taskShown || task.isEmpty()) {
      return;
    }
    unfold();
    Event.TaskStarted started = task.orElseThrow();
    banner(
        (started.handler() ? "RUNNING HANDLER [" : "TASK [")
            + started.name()
            + "]"
            + (started.leftover() ? " (left over from an interrupted run)" : ""));
    quietLines.forEach(terminal.out()::println);
    quietLines.clear();
    taskShown = true;
  }

  private void endTask() {
    if (task.isPresent() && !taskShown && !quietLines.isEmpty()) {
      if (taskFoundOk) {
        foldedOk++;
      } else {
        foldedSkipped++;
      }
    } else if (verbose) {
      showTask();
    }
    quietLines.clear();
    task = Optional.empty();
    taskShown = false;
    taskFoundOk = false;
  }

  /** Prints the line that stands for the quiet tasks so far. */
  private void unfold() {
    var kinds = new ArrayList<String>();
    if (foldedOk > 0) {
      kinds.add(Paint.OK.on("ok: " + tasks(foldedOk), terminal.colour()));
    }
    if (foldedSkipped > 0) {
      kinds.add(Paint.SKIPPED.on("skipped: " + tasks(foldedSkipped), terminal.colour()));
    }
    if (!kinds.isEmpty()) {
      terminal.out().println();
      terminal.out().println(String.join(", ", kinds) + " (see -v)");
    }
    foldedOk = 0;
    foldedSkipped = 0;
  }

  private static String tasks(int count) {
    return count == 1 ? "1 task" : count + " tasks";
  }

  /** At least three asterisks, however narrow the terminal. */
  private void banner(String text) {
    int stars = Math.max(3, terminal.width() - text.codePointCount(0, text.length()));
    terminal.out().println();
    terminal.out().println(text + " " + "*".repeat(stars));
  }
}
