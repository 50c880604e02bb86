package dev.hactl.modules.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hactl.engine.module.Answer;
import dev.hactl.engine.module.Change;
import dev.hactl.engine.module.Collector;
import dev.hactl.engine.module.Content;
import dev.hactl.engine.module.Decision;
import dev.hactl.engine.module.Guard;
import dev.hactl.engine.module.HostModule;
import dev.hactl.engine.module.LocalShell;
import dev.hactl.engine.module.Probe;
import dev.hactl.engine.module.Step;
import dev.hactl.engine.remote.Landing;
import dev.hactl.modules.ByHand;
import dev.hactl.modules.Verdict;
import java.util.ArrayList;
import java.util.List;

/** Runs a module against this machine, with one of its shells and no engine. */
public record OnThisMachine(LocalShell shell) {
  private static final String NONCE = "r4nd0m";

  /** What a module decides about this machine, after all its questions. */
  public <P, S> Decision<S> decide(HostModule<P, S> module, P params) {
    Decision<S> decision = module.plan(params, look(module.probe(params)));
    for (int round = 0; decision instanceof Decision.Ask<S, ?> ask; round++) {
      assertTrue(round < 3, "more than three questions");
      decision = ask.answered(look(ask.probe()));
    }
    return decision;
  }

  public <S> S look(Probe<S> probe) {
    @SuppressWarnings("unchecked") // the question belongs to the collector
    var collector = (Collector<Object>) probe.collector();
    List<Object> questions = List.of(probe.question());
    LocalShell.Result result = shell.run(collector.script(questions, NONCE));
    Answer answer = collector.split(questions, NONCE, result.bytes()).getFirst();
    assertFalse(answer.isMissing(), result.err());
    return probe.parser().apply(answer);
  }

  /**
   * Applies a task, and checks the laws: the changes converge, and a second plan is empty.
   *
   * @return what was changed, a line each
   */
  public <P, S> List<String> apply(HostModule<P, S> module, String yaml) {
    return apply(module, ByHand.bind(module, yaml));
  }

  public <P, S> List<String> apply(HostModule<P, S> module, P params) {
    List<Change<S>> changes = Verdict.changes(decide(module, params));
    for (Change<S> change : changes) {
      for (Guard guard : change.guards()) {
        assertEquals(0, shell.run(guard.text()).status());
      }
      for (Step step : change.steps()) {
        LocalShell.Result result = shell.run(text(step));
        assertEquals(0, result.status(), result.err());
      }
    }
    S after = look(module.probe(params));
    for (Change<S> change : changes) {
      assertTrue(change.converged().test(after), change.what() + " did not converge: " + after);
    }
    if (!changes.isEmpty()) {
      assertEquals(List.of(), Verdict.of(decide(module, params)));
    }
    module.result(params, after);
    var lines = new ArrayList<String>();
    changes.forEach(c -> lines.add(c.what()));
    return lines;
  }

  private static String text(Step step) {
    return switch (step) {
      case Step.Script script -> script.text();
      case Step.Put put -> Landing.inline(put, (Content.Inline) put.content(), NONCE).whole();
      case Step.Relay relay -> throw new AssertionError("there is no other member: " + relay);
    };
  }
}
