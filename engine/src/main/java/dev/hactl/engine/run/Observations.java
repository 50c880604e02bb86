package dev.hactl.engine.run;

import dev.hactl.engine.module.Answer;
import dev.hactl.engine.module.Probe;
import dev.hactl.engine.plan.ProbeBatch;
import dev.hactl.engine.plan.ProbeKey;
import dev.hactl.engine.remote.Identity;
import dev.hactl.engine.remote.Outcome;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What was observed on one host. An observation is kept until a change makes it old: a local one by
 * a change on this host, a shared one by a change anywhere.
 */
final class Observations {
  private final AtomicLong local = new AtomicLong();
  private final AtomicLong shared;
  private final Map<Asked, Seen> seen = new ConcurrentHashMap<>();

  /**
   * None yet.
   *
   * @param shared counts changes on all hosts of the run
   */
  Observations(AtomicLong shared) {
    this.shared = shared;
  }

  /** How many changes had been made at some time: here, and on all hosts. */
  record Moment(long local, long shared) {}

  /** A question as somebody. */
  private record Asked(Identity who, ProbeKey key) {}

  /** An answer and when it was given. */
  private record Seen(Answer answer, Moment then) {}

  /** As many changes as were made by now. */
  Moment now() {
    return new Moment(local.get(), shared.get());
  }

  /**
   * Keeps the answers of a batch that was sent in a message of the caller's, after all its changes.
   */
  void remember(Identity who, ProbeBatch batch, Outcome outcome) {
    remember(who, batch, outcome, now());
  }

  /**
   * Keeps the answers of a batch.
   *
   * @param then when it was sent: what was changed meanwhile, by whomever, makes them old
   */
  void remember(Identity who, ProbeBatch batch, Outcome outcome, Moment then) {
    byte[] out =
        switch (outcome) {
          case Outcome.Finished f -> f.out().toByteArray();
          case Outcome.TimedOut t -> t.out().toByteArray();
          case Outcome.Cancelled c -> new byte[0];
          case Outcome.NotRun n -> new byte[0];
          case Outcome.Lost l -> new byte[0];
        };
    batch
        .split(out)
        .forEach((key, answer) -> {
          if (!answer.isMissing()) {
            seen.put(new Asked(who, key), new Seen(answer, then));
          }
        });
  }

  /** What is known, if it is not old. */
  Optional<Answer> recall(Identity who, Probe<?> probe) {
    if (probe.needless()) {
      return Optional.of(Answer.of(0, ""));
    }
    Seen known = seen.get(new Asked(who, ProbeKey.of(probe)));
    if (known == null || known.then.local != local.get()) {
      return Optional.empty();
    }
    boolean fresh = probe.reach() == Probe.Reach.LOCAL || known.then.shared == shared.get();
    return fresh ? Optional.of(known.answer) : Optional.empty();
  }

  /** Makes old what was seen here, and what was seen of shared state anywhere. */
  void age() {
    local.incrementAndGet();
    shared.incrementAndGet();
  }

  /** Forgets one answer, to look again. */
  void forget(Identity who, Probe<?> probe) {
    seen.remove(new Asked(who, ProbeKey.of(probe)));
  }
}
