package dev.hactl.engine.run;

import dev.hactl.engine.module.Change;
import dev.hactl.engine.module.Content;
import dev.hactl.engine.module.Guard;
import dev.hactl.engine.module.Probe;
import dev.hactl.engine.module.Sh;
import dev.hactl.engine.module.Step;
import dev.hactl.engine.plan.ProbeBatch;
import dev.hactl.engine.remote.Bytes;
import dev.hactl.engine.remote.Fragment;
import dev.hactl.engine.remote.Landing;
import dev.hactl.engine.remote.Message;
import dev.hactl.engine.remote.Policy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The one message that makes a task's changes on a host: notes first (no note, no change), then
 * guards and steps change by change, then the probes that verify, and those that the next task
 * needs anyway.
 */
final class StepMessage {
  private final List<Part> parts = new ArrayList<>();
  private final List<Fragment> fragments = new ArrayList<>();
  private final Map<String, String> environment;
  private final Optional<Duration> timeout;

  /** What a fragment of the message is, to read its outcome. */
  sealed interface Part {
    /** A note was written or removed. */
    record NoteWritten() implements Part {}

    /** A guard. */
    record Guarded(Guard guard) implements Part {}

    /** A step of a change. */
    record Stepped(Change<?> change, Step step) implements Part {}

    /** Probes. */
    record Probed(ProbeBatch batch) implements Part {}
  }

  StepMessage(Map<String, String> environment, Optional<Duration> timeout) {
    this.environment = environment;
    this.timeout = timeout;
  }

  /** Writes notes; the changes are not made when that fails. */
  void notes(List<Notes.Note> notes) {
    if (!notes.isEmpty()) {
      String text =
          String.join(
              "", notes.stream().map(n -> "(\n" + Notes.write(n) + ") || exit 1\n").toList());
      add(
          new Part.NoteWritten(),
          step("note", text, Policy.INTERRUPTIBLE, Step.DEADLINE).leavingNothing());
    }
  }

  /** Makes a change. {@code uploads} says where large content was brought already. */
  void change(Change<?> change, Map<Step, String> uploads) {
    for (Guard guard : change.guards()) {
      add(
          new Part.Guarded(guard),
          Fragment.probe("guard", guard.text()).withDeadline(Probe.DEADLINE));
    }
    for (Step step : change.steps()) {
      add(new Part.Stepped(change, step), fragment(change, step, uploads));
    }
  }

  /** Looks at the host after the changes. */
  void probes(ProbeBatch batch, Duration deadline) {
    add(new Part.Probed(batch), Fragment.probe("verify", batch.script()).withDeadline(deadline));
  }

  private void add(Part part, Fragment fragment) {
    parts.add(part);
    fragments.add(fragment);
  }

  List<Part> parts() {
    return parts;
  }

  Message message() {
    return new Message(fragments, true);
  }

  private Fragment fragment(Change<?> change, Step step, Map<Step, String> uploads) {
    return switch (step) {
      case Step.Script s -> script(change, s);
      case Step.Relay r ->
          // It came before this message, whatever its guards say.
          step(
                  change.what(),
                  "[ -f " + Sh.quote(r.path()) + " ]\n",
                  Policy.INTERRUPTIBLE,
                  Step.DEADLINE)
              .leavingNothing();
      case Step.Put p -> {
        Landing.Text text = landing(p, uploads);
        Fragment landing =
            step(
                    change.what(),
                    text.body(),
                    Policy.INTERRUPTIBLE,
                    Step.DEADLINE.plus(Content.patience(p.content().size())))
                .building(text.functions());
        // What validates is the author's, and may leave anything behind.
        yield p.validate().isPresent() ? landing.asTrusted() : landing.leavingNothing();
      }
    };
  }

  private static Landing.Text landing(Step.Put put, Map<Step, String> uploads) {
    return switch (put.content()) {
      case Content.Inline inline -> Landing.inline(put, inline, HostLink.nonce());
      case Content.LocalFile local -> uploaded(put, uploads);
      case Content.Joined joined -> uploaded(put, uploads);
    };
  }

  private static Landing.Text uploaded(Step.Put put, Map<Step, String> uploads) {
    return Landing.uploaded(
        put, java.util.Objects.requireNonNull(uploads.get(put), "uploaded before"));
  }

  private Fragment script(Change<?> change, Step.Script s) {
    Policy policy =
        switch (s.interruption()) {
          case INTERRUPTIBLE -> Policy.INTERRUPTIBLE;
          case PROTECTED -> Policy.PROTECTED;
        };
    Fragment plain =
        step(change.what(), exports() + s.text(), policy, timeout.orElse(s.deadline()));
    Fragment trusted = trusted(s, plain);
    return s.stdin().map(c -> trusted.withStdin(bytes(c))).orElse(trusted);
  }

  private static Fragment trusted(Step.Script s, Fragment plain) {
    return switch (s.trust()) {
      case USER -> plain;
      case BUILT_IN -> s.leavesNothing() ? plain.leavingNothing() : plain.asTrusted();
    };
  }

  private static Bytes bytes(Content content) {
    return switch (content) {
      case Content.Inline i -> Bytes.of(i.bytes());
      case Content.LocalFile l -> throw tooLarge(l);
      case Content.Joined j -> throw tooLarge(j);
    };
  }

  private static IllegalArgumentException tooLarge(Content content) {
    return new IllegalArgumentException("standard input is held in memory: " + content.source());
  }

  private String exports() {
    var text = new StringBuilder();
    environment.forEach((k, v) ->
        text.append(k).append('=').append(Sh.quote(v)).append("; export ").append(k).append('\n'));
    return text.toString();
  }

  private static Fragment step(String id, String text, Policy policy, Duration deadline) {
    return new Fragment(
        id,
        text,
        Optional.empty(),
        deadline,
        policy,
        Fragment.STEP_CAP,
        Fragment.Trust.FOREIGN,
        "");
  }
}
