package dev.hactl.engine.run;

import dev.hactl.engine.model.Task;
import dev.hactl.engine.module.Evaluation;
import dev.hactl.engine.report.Outcome;
import dev.hactl.engine.source.Node;
import dev.hactl.engine.source.Problem;
import dev.hactl.engine.source.SourceException;
import dev.hactl.engine.template.Variables;
import dev.hactl.engine.value.Value;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/** The attempts at one item of a task: {@code until}, {@code retries} and {@code delay}. */
final class Attempts {
  private final Judgement judgement;
  private final KeywordValues keywords;
  private final Actor actor;
  private final Teller teller;
  private final RunControl control;

  Attempts(
      Judgement judgement, KeywordValues keywords, Actor actor, Teller teller, RunControl control) {
    this.judgement = judgement;
    this.keywords = keywords;
    this.actor = actor;
    this.teller = teller;
    this.control = control;
  }

  /** One try. */
  interface Try {
    ItemResult once() throws HostLost;
  }

  /** Repeats until the conditions hold; retries of 3 and a delay of 5 s are Ansible's defaults. */
  ItemResult of(HostPass pass, Task task, Call call, Try attempt) throws HostLost {
    Task.Keywords k = task.keywords();
    try {
      Variables names = pass.names.of(task, call.item());
      boolean repeatable = !k.until().isEmpty() || k.retries().isPresent();
      pass.acts |= repeatable;
      boolean repeats = repeatable && !actor.foretells();
      long left = !repeats ? 0 : k.retries().map(r -> keywords.number(r, names)).orElse(3L);
      long delay = k.delay().map(d -> keywords.number(d, names)).orElse(5L);
      for (long attempts = 1; ; attempts++) {
        ItemResult result = judgement.of(pass, task, call, attempt.once());
        boolean done =
            k.until().isEmpty()
                ? !result.failed()
                : judgement.holds(k.until(), pass.names.of(task, call.item(), result.result()));
        ItemResult counted = repeats ? result.plus("attempts", Value.number(attempts)) : result;
        if (!repeats || done || result.outcome() instanceof Outcome.Refused || control.stopping()) {
          return counted;
        }
        if (left-- == 0) {
          return result.failed() ? counted : neverHeld(counted, k.until());
        }
        teller.retrying(pass, task, (int) left + 1);
        Pauses.sleep(Duration.ofSeconds(delay), control);
        forget(call);
      }
    } catch (SourceException e) {
      return ItemResult.failed(
          e.problems().stream().map(Problem::render).collect(Collectors.joining("\n")));
    } catch (Evaluation.Missing e) {
      return actor.undecided(pass, task.name().text(), String.valueOf(e.getMessage()));
    }
  }

  private static ItemResult neverHeld(ItemResult result, List<Node.Scalar> until) {
    String conditions = until.stream().map(Node.Scalar::text).collect(Collectors.joining(" && "));
    return result.with(
        new Outcome.Failed(Outcome.Failure.of("'" + conditions + "' never held"), false),
        result.result());
  }

  private static void forget(Call call) {
    if (call instanceof Call.OnHost<?, ?> h) {
      h.where().link().changing();
    }
  }
}
