package dev.hactl.engine.run;

import dev.hactl.engine.model.Task;
import dev.hactl.engine.module.Change;
import dev.hactl.engine.module.Impact;
import dev.hactl.engine.source.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Holds impacts against what the operator consented to. Thread-safe. */
final class Consents {
  private final Set<String> given;
  private final List<Refusal> refusals = new ArrayList<>();

  /** An impact without consent. */
  record Refusal(String host, Task task, String message) {}

  Consents(Set<String> given) {
    this.given = given;
  }

  /** Notes what a task's changes need and nobody gave. */
  void meet(String host, Task task, List<? extends Change<?>> changes) {
    for (Change<?> change : changes) {
      missing(task, change.impact())
          .ifPresent(m -> {
            synchronized (refusals) {
              refusals.add(new Refusal(host, task, m));
            }
          });
    }
  }

  /** What is missing for an impact, if anything. */
  Optional<String> missing(Task task, Impact impact) {
    return switch (impact) {
      case Impact.None n -> Optional.empty();
      case Impact.Disruptive d ->
          allowed(task, "disruptive")
              ? Optional.empty()
              : Optional.of(
                  "it "
                      + d.what()
                      + ", which is disruptive: consent with 'allow: disruptive' on the task or --allow disruptive");
      case Impact.Destructive d ->
          allowed(task, d.token())
              ? Optional.empty()
              : Optional.of(
                  "it "
                      + d.what()
                      + ", which may destroy data: consent with 'allow: "
                      + d.token()
                      + "' on the task or --allow "
                      + d.token());
    };
  }

  private boolean allowed(Task task, String token) {
    return given.contains(token)
        || task.keywords().allow().stream().map(Node.Scalar::text).anyMatch(token::equals);
  }

  List<Refusal> refusals() {
    synchronized (refusals) {
      return List.copyOf(refusals);
    }
  }
}
