package dev.hactl.engine.run;

import dev.hactl.engine.module.Step;
import dev.hactl.engine.remote.Bytes;
import dev.hactl.engine.remote.Outcome;
import dev.hactl.engine.report.Outcome.Failure;
import dev.hactl.engine.value.Value;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads what a {@link StepMessage} came to. */
final class StepOutcomes {
  private final boolean secret;
  private Optional<dev.hactl.engine.report.Outcome> failure = Optional.empty();
  private Map<String, Value> program = new HashMap<>();

  StepOutcomes(List<StepMessage.Part> parts, List<Outcome> outcomes, boolean secret) {
    this.secret = secret;
    for (int i = 0; i < parts.size() && failure.isEmpty(); i++) {
      read(parts.get(i), outcomes.get(i));
    }
  }

  /** What went wrong first; empty when all steps ended well. */
  Optional<dev.hactl.engine.report.Outcome> failure() {
    return failure;
  }

  /** What {@code register} sees. */
  Value.Dict result(boolean failed, Map<String, Value> more) {
    var all = new HashMap<>(program);
    all.putAll(more);
    if (failed && failure.orElse(null) instanceof dev.hactl.engine.report.Outcome.Failed f) {
      all.put("msg", Value.text(f.failure().message()));
    }
    Value.Dict ok = Results.ok(true, all);
    if (!failed) {
      return ok;
    }
    var entries = new HashMap<String, Value>(ok.entries());
    entries.put("failed", Value.bool(true));
    return Value.dict(entries);
  }

  private void read(StepMessage.Part part, Outcome outcome) {
    switch (part) {
      case StepMessage.Part.NoteWritten n -> {
        if (!Sender.succeeded(outcome)) {
          fail(
              what(
                  outcome,
                  "the note for an interrupted run cannot be written, so nothing was changed"),
              outcome);
        }
      }
      case StepMessage.Part.Guarded g -> {
        if (!Sender.succeeded(outcome)) {
          String found = out(outcome).text().strip();
          failure =
              Optional.of(
                  new dev.hactl.engine.report.Outcome.Refused(
                      g.guard().refusal() + (found.isEmpty() ? "" : ": " + found)));
        }
      }
      case StepMessage.Part.Stepped s -> stepped(s, outcome);
      case StepMessage.Part.Probed p -> {}
    }
  }

  private void stepped(StepMessage.Part.Stepped part, Outcome outcome) {
    boolean reports = part.step() instanceof Step.Script s && s.reports();
    if (reports && outcome instanceof Outcome.Finished f) {
      boolean keep = part.step() instanceof Step.Script s && s.keepsEnds();
      program =
          Results.program(
              f.status(), ends(f.out().text(), keep), ends(f.err().text(), keep), secret);
      if (f.truncated()) {
        program.put("truncated", Value.bool(true));
      }
    }
    if (!Sender.succeeded(outcome)) {
      fail(what(outcome, reports ? "" : part.change().what()), outcome);
    }
  }

  private static String ends(String text, boolean keep) {
    int end = text.length();
    while (!keep && end > 0 && (text.charAt(end - 1) == '\n' || text.charAt(end - 1) == '\r')) {
      end--;
    }
    return text.substring(0, end);
  }

  private void fail(String message, Outcome outcome) {
    Optional<Integer> status =
        outcome instanceof Outcome.Finished f ? Optional.of(f.status()) : Optional.empty();
    String out = secret ? hidden(out(outcome)) : out(outcome).text();
    String err = secret ? hidden(err(outcome)) : err(outcome).text();
    failure =
        Optional.of(
            new dev.hactl.engine.report.Outcome.Failed(
                new Failure(message, status, out, err), false));
  }

  private static String hidden(Bytes bytes) {
    return bytes.isEmpty() ? "" : Value.REDACTED;
  }

  private static String what(Outcome outcome, String doing) {
    String prefix = doing.isEmpty() ? "" : doing + ": ";
    return prefix
        + switch (outcome) {
          case Outcome.Finished f ->
              f.signal().map(s -> "ended by signal " + s).orElse("ended with status " + f.status());
          case Outcome.TimedOut t ->
              "ran past its deadline"
                  + (t.abandoned() ? " and could not be ended" : " and was ended")
                  + "; the host was doing: "
                  + t.doing().strip();
          case Outcome.Cancelled c ->
              c.leftRunning() ? "still runs on the host" : "was ended by the operator";
          case Outcome.NotRun n -> "was not run";
          case Outcome.Lost l -> "the connection was lost: " + l.why();
        };
  }

  private static Bytes out(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Finished f -> f.out();
      case Outcome.TimedOut t -> t.out();
      case Outcome.Cancelled c -> Bytes.EMPTY;
      case Outcome.NotRun n -> Bytes.EMPTY;
      case Outcome.Lost l -> Bytes.EMPTY;
    };
  }

  private static Bytes err(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Finished f -> f.err();
      case Outcome.TimedOut t -> t.err();
      case Outcome.Cancelled c -> Bytes.EMPTY;
      case Outcome.NotRun n -> Bytes.EMPTY;
      case Outcome.Lost l -> Bytes.EMPTY;
    };
  }
}
