package dev.hactl.engine.run;

import dev.hactl.engine.module.Answer;
import dev.hactl.engine.module.Decision;
import dev.hactl.engine.module.Probe;
import dev.hactl.engine.module.UnreadableAnswer;
import dev.hactl.engine.plan.ProbeBatch;
import dev.hactl.engine.plan.ProbeKey;
import dev.hactl.engine.remote.Fragment;
import dev.hactl.engine.remote.Message;
import dev.hactl.engine.remote.Outcome;
import java.util.List;
import java.util.Optional;

/** Observes a host and lets the module decide; at most three questions after the first. */
final class Decider {
  private static final int MAX_ASKS = 3;

  /**
   * A decision and what it was made from.
   *
   * @param observed what the module's own probe saw
   */
  record Decided<S>(Decision<S> decision, S observed) {}

  /** The host could not be observed; the message says what it was doing. */
  static final class NotObserved extends Exception {
    private static final long serialVersionUID = 1L;

    NotObserved(String message) {
      super(message, null, false, false);
    }
  }

  /** Decides with what is known, asking the host for what is not. */
  <P, S> Decided<S> decide(Call.OnHost<P, S> call) throws HostLost, NotObserved {
    S observed = observe(call.where(), call.probe());
    Decision<S> decision = call.decide(observed);
    for (int asks = 0; decision instanceof Decision.Ask<S, ?> ask; asks++) {
      if (asks == MAX_ASKS) {
        throw new NotObserved("the module asks more than " + MAX_ASKS + " times");
      }
      decision = answered(call.where(), ask);
    }
    return new Decided<>(decision, observed);
  }

  private <S, A> Decision<S> answered(Call.Where where, Decision.Ask<S, A> ask)
      throws HostLost, NotObserved {
    return ask.then().apply(observe(where, ask.probe()));
  }

  /** The observation of a probe: remembered, or asked now. */
  <S> S observe(Call.Where where, Probe<S> probe) throws HostLost, NotObserved {
    Optional<Answer> known = where.link().seen.recall(where.who(), probe);
    if (known.isPresent()) {
      try {
        return probe.parser().apply(known.get());
      } catch (UnreadableAnswer | IllegalArgumentException | IndexOutOfBoundsException e) {
        where.link().seen.forget(where.who(), probe); // ask once more, alone
      }
    }
    return ask(where, probe);
  }

  private static <S> S ask(Call.Where where, Probe<S> probe) throws HostLost, NotObserved {
    HostLink link = where.link();
    var batch = ProbeBatch.of(List.of(ProbeKey.of(probe)), HostLink.nonce());
    var fragment = Fragment.probe("probe", batch.script()).withDeadline(probe.deadline());
    var sent = probe.trust() == Probe.Trust.USER ? fragment.asForeign() : fragment;
    Outcome outcome = link.send(where.who(), Message.of(sent)).getFirst();
    switch (outcome) {
      case Outcome.Finished f -> link.seen.remember(where.who(), batch, f);
      case Outcome.TimedOut t ->
          throw new NotObserved(
              "looking at the host took longer than "
                  + probe.deadline().toSeconds()
                  + " s; it was doing: "
                  + t.doing().strip());
      case Outcome.Cancelled c -> throw new NotObserved("cancelled");
      case Outcome.NotRun n -> throw new NotObserved("the probe was not run");
      case Outcome.Lost l -> throw new HostLost(l.why(), link);
    }
    Optional<Answer> answer = link.seen.recall(where.who(), probe);
    if (answer.isEmpty()) {
      Outcome.Finished f = (Outcome.Finished) outcome;
      throw new NotObserved("the probe gave no answer: " + f.err().text().strip());
    }
    try {
      return probe.parser().apply(answer.get());
    } catch (UnreadableAnswer | IllegalArgumentException | IndexOutOfBoundsException e) {
      throw new NotObserved("the probe's answer cannot be read: " + e.getMessage());
    }
  }
}
