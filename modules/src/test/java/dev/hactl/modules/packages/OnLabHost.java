package dev.hactl.modules.packages;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import dev.hactl.engine.module.Answer;
import dev.hactl.engine.module.Change;
import dev.hactl.engine.module.Collector;
import dev.hactl.engine.module.Content;
import dev.hactl.engine.module.Decision;
import dev.hactl.engine.module.Guard;
import dev.hactl.engine.module.HostModule;
import dev.hactl.engine.module.Probe;
import dev.hactl.engine.module.Step;
import dev.hactl.lab.LabHost;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Plays a module on a lab host the way the engine does, one fragment at a time. */
final class OnLabHost {
  private final LabHost host;

  OnLabHost(LabHost host) {
    this.host = host;
  }

  /** Plans to the end: every second look is taken. */
  <P, S> Decision<S> plan(HostModule<P, S> module, P params) {
    Decision<S> decision = module.plan(params, observe(module.probe(params)));
    while (decision instanceof Decision.Ask<S, ?> ask) {
      decision = ask.answered(observe(ask.probe()));
    }
    return decision;
  }

  /** The changes of a plan that is expected to be possible. */
  <P, S> List<Change<S>> changes(HostModule<P, S> module, P params) {
    return switch (plan(module, params)) {
      case Decision.Decided<S> d -> d.changes();
      case Decision.Ask<S, ?> a -> fail("asked again");
      case Decision.Blocked<S> b -> fail("blocked: " + b.message());
      case Decision.Impossible<S> i -> fail("impossible: " + i.message());
      case Decision.Refused<S> r -> fail("refused: " + r.message());
    };
  }

  /** Makes the changes, verifies each, and that a second plan is empty. Returns what was done. */
  <P, S> List<Change<S>> apply(HostModule<P, S> module, P params) {
    List<Change<S>> changes = changes(module, params);
    for (Change<S> change : changes) {
      for (Guard guard : change.guards()) {
        LabHost.Result held = sh(guard.text());
        assertEquals(0, held.status(), () -> guard.refusal() + held);
      }
      change.steps().forEach(this::run);
    }
    S now = observe(module.probe(params));
    changes.forEach(c -> assertTrue(c.converged().test(now), () -> c.what() + " in " + now));
    assertEquals(List.of(), changes(module, params).stream().map(Change::what).toList());
    return changes;
  }

  void run(Step step) {
    switch (step) {
      case Step.Script s -> {
        LabHost.Result result = sh(s.text());
        assertEquals(0, result.status(), () -> s.text() + "\n" + result);
      }
      case Step.Put p -> {
        host.write(p.path(), ((Content.Inline) p.content()).text());
        p.mode().ifPresent(m -> host.sh("chmod " + m + " " + p.path()));
      }
      case Step.Relay relay -> throw new AssertionError("there is no other member: " + relay);
    }
  }

  LabHost.Result sh(String text) {
    return host.exec("sh", "-c", text);
  }

  <S> S observe(Probe<S> probe) {
    return probe.parser().apply(answer(probe.collector(), probe.question()));
  }

  private <Q> Answer answer(Collector<Q> collector, Object question) {
    @SuppressWarnings("unchecked") // a probe's question fits its collector
    Q typed = (Q) question;
    if (typed.equals("")) {
      return Answer.of(0, "");
    }
    String nonce = "n0nce" + Long.toHexString(System.nanoTime());
    LabHost.Result result =
        host.exec("env", "LC_ALL=C", "sh", "-c", collector.script(List.of(typed), nonce));
    byte[] bytes = result.out().getBytes(StandardCharsets.UTF_8);
    return collector.split(List.of(typed), nonce, bytes).getFirst();
  }
}
