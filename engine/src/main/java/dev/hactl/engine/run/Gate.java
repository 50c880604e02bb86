package dev.hactl.engine.run;

import dev.hactl.engine.inventory.Host;
import dev.hactl.engine.model.Play;
import dev.hactl.engine.report.Event;
import dev.hactl.engine.report.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Stands before the first change: consent and the hosts that plays need. */
final class Gate {
  private final Emitter emitter;
  private final Secrets secrets;
  private final RunControl control;

  Gate(Emitter emitter, Secrets secrets, RunControl control) {
    this.emitter = emitter;
    this.secrets = secrets;
    this.control = control;
  }

  /** Whether the first change may be made; otherwise the exit code, after saying why not. */
  Optional<Integer> closed(
      List<Prepared> plays, Consents consents, Map<String, String> unreachable) {
    if (control.stopping()) {
      return Optional.of(control.signal().orElseThrow().exit());
    }
    if (!consents.refusals().isEmpty()) {
      for (Consents.Refusal refusal : consents.refusals()) {
        emitter.emit(
            new Event.TaskEnded(
                refusal.host(),
                Optional.empty(),
                Optional.empty(),
                refusal.task().name().text(),
                new Outcome.Refused(refusal.message()),
                List.of(),
                List.of(),
                Duration.ZERO));
      }
      emitter.emit(new Event.PlayStopped("nothing was changed: consent is missing"));
      return Optional.of(9);
    }
    for (Prepared play : plays) {
      List<String> missing =
          play.scope().hosts().stream().map(Host::name).filter(unreachable::containsKey).toList();
      boolean stops =
          switch (play.scope().play().needs()) {
            case Play.Needs.All a -> !missing.isEmpty();
            case Play.Needs.Any a ->
                !missing.isEmpty() && missing.size() == play.scope().hosts().size();
            case Play.Needs.Hosts h -> h.names().stream().anyMatch(n -> missing.contains(n.text()));
          };
      if (stops) {
        missing.forEach(host ->
            emitter.emit(
                new Event.TaskEnded(
                    host,
                    Optional.empty(),
                    Optional.empty(),
                    "connect",
                    new Outcome.Unreachable(
                        secrets.hide(Objects.requireNonNull(unreachable.get(host)))),
                    List.of(),
                    List.of(),
                    Duration.ZERO)));
        emitter.emit(
            new Event.PlayStopped(
                "nothing was changed: the play '"
                    + play.scope().play().name()
                    + "' needs "
                    + String.join(", ", missing)));
        return Optional.of(4);
      }
    }
    return Optional.empty();
  }
}
