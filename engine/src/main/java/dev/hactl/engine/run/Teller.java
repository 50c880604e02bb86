package dev.hactl.engine.run;

import dev.hactl.engine.model.Task;
import dev.hactl.engine.module.Diff;
import dev.hactl.engine.report.Event;
import dev.hactl.engine.report.Event.ChangeLine;
import dev.hactl.engine.report.Outcome;
import dev.hactl.engine.value.Value;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Tells how tasks begin and end, with every secret taken out first. What needs nobody's attention
 * is told behind the run's back.
 */
final class Teller {
  private final Emitter emitter;
  private final Secrets secrets;
  private final boolean diffs;
  private final boolean results;

  /**
   * A teller.
   *
   * @param diffs whether differences are told where the task does not say
   * @param results whether results are told
   */
  Teller(Emitter emitter, Secrets secrets, boolean diffs, boolean results) {
    this.emitter = emitter;
    this.secrets = secrets;
    this.diffs = diffs;
    this.results = results;
  }

  void emit(Event event) {
    emitter.emit(event);
  }

  void started(Task task, boolean handler, boolean leftover) {
    emitter.behind(
        new Event.TaskStarted(task.title(), task.module(), task.place(), handler, leftover));
  }

  void retrying(HostPass pass, Task task, int left) {
    emitter.emit(new Event.Retrying(pass.host.name(), secrets.hide(task.title()), left));
  }

  void ended(HostPass pass, Task task, Call call, ItemResult result, Duration took) {
    Optional<Call.Where> where =
        switch (call) {
          case Call.OnHost<?, ?> h -> Optional.of(h.where());
          case Call.OnCluster<?, ?> c -> Optional.of(c.where());
          case Call.Steering<?> s -> Optional.of(s.where());
          case Call.Skip s -> Optional.empty();
          case Call.Undecided u -> Optional.empty();
          case Call.Invalid i -> Optional.empty();
        };
    boolean hidden = task.keywords().noLog();
    var event =
        new Event.TaskEnded(
            pass.host.name(),
            where.filter(Call.Where::delegated).map(w -> w.link().name()),
            call.item().map(v -> hidden ? Value.REDACTED : secrets.hide(v.label().show())),
            secrets.hide(task.title()),
            safe(outcome(result.outcome(), task), hidden),
            result.changes().stream()
                .map(c -> new ChangeLine(secrets.hide(c.what()), c.impact()))
                .toList(),
            shown(task, result.diffs(), hidden),
            took,
            results ? result(result, hidden) : Map.of());
    if (result.failed()) {
      emitter.emit(event);
    } else {
      emitter.behind(event);
    }
  }

  private static Outcome outcome(Outcome outcome, Task task) {
    return outcome instanceof Outcome.Failed f && task.keywords().ignoreErrors()
        ? new Outcome.Failed(f.failure(), true)
        : outcome;
  }

  private Outcome safe(Outcome outcome, boolean hidden) {
    return switch (outcome) {
      case Outcome.Failed(Outcome.Failure f, boolean ignored) ->
          new Outcome.Failed(
              new Outcome.Failure(
                  secrets.hide(f.message()),
                  f.status(),
                  text(f.stdout(), hidden),
                  text(f.stderr(), hidden)),
              ignored);
      case Outcome.Said s -> {
        var shown = new LinkedHashMap<String, Value>();
        s.shown().forEach((k, v) -> shown.put(k, hidden ? Value.text(Value.REDACTED) : safe(v)));
        yield new Outcome.Said(shown);
      }
      case Outcome.Ok o -> o;
      case Outcome.Changed c -> c;
      case Outcome.Unknown u -> new Outcome.Unknown(secrets.hide(u.why()));
      case Outcome.Skipped s -> new Outcome.Skipped(secrets.hide(s.why()));
      case Outcome.Unreachable u -> new Outcome.Unreachable(secrets.hide(u.message()));
      case Outcome.Refused r -> new Outcome.Refused(secrets.hide(r.message()));
    };
  }

  private Map<String, Value> result(ItemResult result, boolean hidden) {
    var shown = new LinkedHashMap<String, Value>();
    result
        .result()
        .entries()
        .forEach((k, v) -> shown.put(k, hidden ? Value.text(Value.REDACTED) : safe(v)));
    return shown;
  }

  private Value safe(Value value) {
    return switch (value) {
      case Value.Text t -> Value.text(t.secret() ? Value.REDACTED : secrets.hide(t.text()));
      case Value.Items i -> new Value.Items(i.items().stream().map(this::safe).toList());
      case Value.Dict d -> {
        var shown = new LinkedHashMap<String, Value>();
        d.entries().forEach((k, v) -> shown.put(k, safe(v)));
        yield new Value.Dict(shown);
      }
      case Value.Num n -> n.secret() ? Value.text(Value.REDACTED) : n;
      case Value.Bool b -> b.secret() ? Value.text(Value.REDACTED) : b;
      case Value.Nothing n -> n;
      case Value.Unknown u -> u;
    };
  }

  private String text(String text, boolean hidden) {
    return hidden && !text.isEmpty() ? Value.REDACTED : secrets.hide(text);
  }

  private List<Diff> shown(Task task, List<Diff> all, boolean hidden) {
    if (!task.keywords().diff().orElse(diffs)) {
      return List.of();
    }
    return all.stream().map(d -> safe(d, hidden)).toList();
  }

  private Diff safe(Diff diff, boolean hidden) {
    return switch (diff) {
      case Diff.Lines l when hidden || l.secret() ->
          new Diff.Opaque(secrets.hide(l.path()), "the content is secret");
      case Diff.Lines l ->
          new Diff.Lines(
              secrets.hide(l.path()),
              secrets.hide(l.source()),
              secrets.hide(l.before()),
              secrets.hide(l.after()),
              false);
      case Diff.Properties p ->
          new Diff.Properties(
              secrets.hide(p.subject()),
              p.properties().stream()
                  .map(x ->
                      new Diff.Property(
                          secrets.hide(x.name()),
                          text(x.before(), hidden),
                          text(x.after(), hidden)))
                  .toList());
      case Diff.Opaque o -> new Diff.Opaque(secrets.hide(o.path()), secrets.hide(o.reason()));
    };
  }
}
