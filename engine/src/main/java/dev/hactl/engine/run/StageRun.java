package dev.hactl.engine.run;

import dev.hactl.engine.module.Change;
import dev.hactl.engine.module.Diagnosis;
import dev.hactl.engine.module.Impact;
import dev.hactl.engine.module.Members;
import dev.hactl.engine.module.Probe;
import dev.hactl.engine.module.Stage;
import dev.hactl.engine.plan.ProbeBatch;
import dev.hactl.engine.remote.UploadException;
import dev.hactl.engine.report.Outcome;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/** Makes the changes of one stage on a cluster's members and waits until they converged. */
final class StageRun {
  private final Sender sender;
  private final Verification verification;

  StageRun(Sender sender, Verification verification) {
    this.sender = sender;
    this.verification = verification;
  }

  /**
   * Whose stage it is.
   *
   * @param job as whom a member is changed
   * @param look at all members
   * @param forget makes the next look a fresh one
   * @param diagnose why a stage has not converged
   */
  record Work<S>(
      Function<String, Sender.Job> job,
      Verification.Look<Members<S>> look,
      Runnable forget,
      Function<Members<S>, Optional<Diagnosis>> diagnose) {}

  /**
   * How it went.
   *
   * @param sent the changes that were tried, by member
   * @param trouble how a member failed
   * @param failure why the stage as a whole failed
   * @param moved nothing was done, because what it was planned for is not so any more
   */
  record Went(
      Map<String, List<? extends Change<?>>> sent,
      Map<String, Outcome> trouble,
      Optional<String> failure,
      boolean moved) {}

  /** What is being sent. */
  private record Sending<S>(
      Work<S> work,
      Stage<S> stage,
      Map<String, List<? extends Change<?>>> sent,
      Map<String, Outcome> trouble,
      Map<String, List<Notes.Note>> notes,
      AtomicBoolean moved) {
    Went went(Optional<String> failure) {
      return new Went(Map.copyOf(sent), Map.copyOf(trouble), failure, moved.get());
    }
  }

  /** Gentle changes go at once, others one member at a time until one fails. */
  <S> Went run(Work<S> work, Stage<S> stage) {
    boolean gentle = stage.all().stream().allMatch(c -> c.impact() instanceof Impact.None);
    var sending =
        new Sending<>(
            work,
            stage,
            new ConcurrentHashMap<>(),
            new ConcurrentHashMap<>(),
            new ConcurrentHashMap<>(),
            new AtomicBoolean());
    if (gentle) {
      Parallel.each(stage.changes().keySet(), stage.changes().size(), name -> send(sending, name));
      return sending.went(finish(sending, stage));
    }
    Optional<String> failure = Optional.empty();
    for (String name : stage.changes().keySet()) {
      send(sending, name);
      failure = finish(sending, stage.on(name));
      if (failure.isPresent() || !sending.trouble().isEmpty() || sending.moved().get()) {
        break;
      }
    }
    return sending.went(failure);
  }

  private <S> void send(Sending<S> sending, String member) {
    List<Change<Members<S>>> changes = sending.stage().on(member).all();
    Optional<Outcome> failure;
    try {
      Sender.Sent sent =
          sender.send(
              sending.work().job().apply(member),
              changes,
              ProbeBatch.of(List.of(), HostLink.nonce()),
              Probe.DEADLINE);
      sending.notes().put(member, sent.notes());
      failure = sent.reading().failure();
    } catch (UploadException e) {
      failure =
          Optional.of(
              new Outcome.Failed(Outcome.Failure.of(String.valueOf(e.getMessage())), false));
    } catch (HostLost e) {
      failure = Optional.of(new Outcome.Unreachable(String.valueOf(e.getMessage())));
    }
    if (failure.isPresent() && moved(sending.stage(), failure.get())) {
      sending.moved().set(true);
      return;
    }
    sending.sent().put(member, changes);
    failure.ifPresent(f -> sending.trouble().put(member, f));
  }

  private static boolean moved(Stage<?> stage, Outcome outcome) {
    return stage.moved().isPresent()
        && outcome instanceof Outcome.Failed f
        && f.failure().status().equals(stage.moved());
  }

  /** Waits until the stage converged, and takes its notes away. */
  private <S> Optional<String> finish(Sending<S> sending, Stage<S> stage) {
    if (!sending.trouble().isEmpty()) {
      return Optional.empty();
    }
    Work<S> work = sending.work();
    try {
      if (!sending.moved().get()) {
        Optional<String> failure =
            verification
                .converge(work.look(), work.forget(), work.diagnose(), stage.all())
                .failure();
        if (failure.isPresent()) {
          return failure;
        }
      }
      for (String member : stage.changes().keySet()) {
        Sender.Job job = work.job().apply(member);
        List<Notes.Note> notes = sending.notes().remove(member);
        if (notes != null) {
          Sender.finished(job.pass(), job.where(), notes);
        }
      }
      return Optional.empty();
    } catch (HostLost e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }
}
