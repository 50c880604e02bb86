package dev.hactl.cli.output;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.hactl.engine.module.Diff;
import dev.hactl.engine.module.Impact;
import dev.hactl.engine.report.Event;
import dev.hactl.engine.report.Outcome;
import dev.hactl.engine.report.Reporter;
import dev.hactl.engine.value.Value;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Events for programs: one JSON object a line, the last one the recap, and nothing else. */
public final class JsonOutput implements Reporter {
  private static final JSON WRITER = JSON.std.with(JSON.Feature.WRITE_NULL_PROPERTIES);

  private final PrintStream out;

  /** Writes to the terminal's standard output. */
  public JsonOutput(Terminal terminal) {
    this(terminal.out());
  }

  /** Writes to a stream, a line at a time. */
  public JsonOutput(PrintStream out) {
    this.out = out;
  }

  @Override
  public void report(Event event) {
    try {
      byte[] json = WRITER.asBytes(object(event));
      byte[] line = Arrays.copyOf(json, json.length + 1);
      line[json.length] = '\n';
      out.write(line); // whole, so that a killed run leaves no half line
      out.flush();
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  private static Map<String, @Nullable Object> object(Event event) {
    return switch (event) {
      case Event.RunStarted e ->
          event("run_started")
              .put("run", e.run())
              .put("check", e.check())
              .put("playbooks", e.playbooks())
              .map();
      case Event.PlayStarted e ->
          event("play_started").put("play", e.name()).put("hosts", e.hosts()).map();
      case Event.PlaySkipped e ->
          event("play_skipped").put("play", e.name()).put("why", e.why()).map();
      case Event.TaskStarted e ->
          event("task_started")
              .put("task", e.name())
              .put("module", e.module())
              .put("place", e.place().toString())
              .put("handler", e.handler())
              .put("leftover", e.leftover())
              .map();
      case Event.TaskEnded e -> taskEnded(e);
      case Event.Retrying e ->
          event("retrying").put("host", e.host()).put("task", e.task()).put("left", e.left()).map();
      case Event.Progress e ->
          event("progress").put("host", e.host()).put("task", e.task()).put("what", e.what()).map();
      case Event.Warned e ->
          event("warning")
              .put("place", e.problem().place().toString())
              .put("message", e.problem().message())
              .putIf("advice", e.problem().advice())
              .putIf("rule", e.problem().rule())
              .map();
      case Event.Noted e -> event("note").put("host", e.host()).put("message", e.message()).map();
      case Event.PlayStopped e -> event("play_stopped").put("why", e.why()).map();
      case Event.Interrupting e ->
          event("interrupting").put("signal", e.signal()).put("what", e.what()).map();
      case Event.Recap e -> recap(e);
    };
  }

  private static Map<String, @Nullable Object> taskEnded(Event.TaskEnded ended) {
    Fields fields =
        event("task_ended")
            .put("host", ended.host())
            .putIf("delegate", ended.delegate())
            .putIf("item", ended.item())
            .put("task", ended.task());
    outcome(fields, ended.outcome());
    if (!ended.changes().isEmpty()) {
      fields.put("changes", ended.changes().stream().map(JsonOutput::change).toList());
    }
    if (!ended.diffs().isEmpty()) {
      fields.put("diffs", ended.diffs().stream().map(JsonOutput::diff).toList());
    }
    if (!ended.result().isEmpty()) {
      fields.put("result", known(ended.result()));
    }
    return fields.put("took_ms", ended.took().toMillis()).map();
  }

  private static Map<String, @Nullable Object> known(Map<String, Value> result) {
    var known = new LinkedHashMap<String, Value>();
    result.forEach((name, value) -> {
      if (!(value instanceof Value.Unknown)) {
        known.put(name, value);
      }
    });
    return Plain.of(known);
  }

  private static void outcome(Fields fields, Outcome outcome) {
    switch (outcome) {
      case Outcome.Ok _ -> fields.put("outcome", "ok");
      case Outcome.Changed changed ->
          fields.put("outcome", "changed").put("derived", changed.derived());
      case Outcome.Unknown unknown -> fields.put("outcome", "unknown").put("why", unknown.why());
      case Outcome.Skipped skipped -> fields.put("outcome", "skipped").put("why", skipped.why());
      case Outcome.Failed failed ->
          fields
              .put("outcome", "failed")
              .put("ignored", failed.ignored())
              .put("message", failed.failure().message())
              .putIf("status", failed.failure().status())
              .put("stdout", failed.failure().stdout())
              .put("stderr", failed.failure().stderr());
      case Outcome.Unreachable unreachable ->
          fields.put("outcome", "unreachable").put("message", unreachable.message());
      case Outcome.Refused refused ->
          fields.put("outcome", "refused").put("message", refused.message());
      case Outcome.Said said -> fields.put("outcome", "ok").put("said", Plain.of(said.shown()));
    }
  }

  private static Map<String, @Nullable Object> change(Event.ChangeLine change) {
    Fields fields = new Fields().put("what", change.what());
    return switch (change.impact()) {
      case Impact.None _ -> fields.put("impact", "none").map();
      case Impact.Disruptive disruptive ->
          fields.put("impact", "disruptive").put("effect", disruptive.what()).map();
      case Impact.Destructive destructive ->
          fields
              .put("impact", "destructive")
              .put("effect", destructive.what())
              .put("token", destructive.token())
              .map();
    };
  }

  private static Map<String, @Nullable Object> diff(Diff diff) {
    return switch (diff) {
      case Diff.Lines lines ->
          new Fields()
              .put("path", lines.path())
              .put("source", lines.source())
              .put("unified", DiffText.lines(lines))
              .map();
      case Diff.Properties changed ->
          new Fields()
              .put("subject", changed.subject())
              .put("properties", changed.properties().stream().map(JsonOutput::property).toList())
              .map();
      case Diff.Opaque opaque ->
          new Fields().put("path", opaque.path()).put("skipped", opaque.reason()).map();
    };
  }

  private static Map<String, @Nullable Object> property(Diff.Property property) {
    return new Fields()
        .put("name", property.name())
        .put("before", property.before())
        .put("after", property.after())
        .map();
  }

  private static Map<String, @Nullable Object> recap(Event.Recap recap) {
    var hosts = new Fields();
    recap
        .hosts()
        .forEach((host, counts) ->
            hosts.put(host, counts(counts, Optional.ofNullable(recap.missed().get(host)))));
    Fields fields = event("recap").put("exit", recap.exit()).put("hosts", hosts.map());
    recap
        .accuracy()
        .ifPresent(accuracy ->
            fields.put(
                "accuracy",
                new Fields()
                    .put("predicted", accuracy.predicted())
                    .put("changed", accuracy.changed())
                    .put("surprises", accuracy.surprises())
                    .map()));
    return fields.map();
  }

  private static Map<String, @Nullable Object> counts(
      Event.Counts counts, Optional<Event.Missed> missed) {
    return new Fields()
        .put("ok", counts.ok())
        .put("changed", counts.changed())
        .put("unreachable", counts.unreachable())
        .put("failed", counts.failed())
        .put("skipped", counts.skipped())
        .put("rescued", counts.rescued())
        .put("ignored", counts.ignored())
        .put("unknown", counts.unknown())
        .putIf("not_started", missed.map(Event.Missed::plays))
        .map();
  }

  private static Fields event(String kind) {
    return new Fields().put("event", kind);
  }

  /** An object in the making; its fields keep their order. */
  private static final class Fields {
    private final Map<String, @Nullable Object> map = new LinkedHashMap<>();

    Fields put(String name, Object value) {
      map.put(name, value);
      return this;
    }

    Fields putIf(String name, Optional<?> value) {
      value.ifPresent(present -> map.put(name, present));
      return this;
    }

    Map<String, @Nullable Object> map() {
      return map;
    }
  }
}
