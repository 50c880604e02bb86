package dev.hactl.engine.remote;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** Ends a job that takes too long or is not wanted any more, and says what it was doing. */
final class JobEnding {
  /** How long a host may take to say what it does, and a job to end in good order. */
  private static final Duration GRACE = Duration.ofSeconds(2);

  /** The same for a job with a process that no signal reaches. */
  private static final Duration HOPELESS = Duration.ofSeconds(1);

  private static final Duration MOMENT = Duration.ofMillis(200);
  private static final int LOOKS = 3;

  private final Supervisor supervisor;
  private final Inbox inbox;
  private final Consumer<String> order;
  private final JobScript job;
  private final Exchange exchange;

  /**
   * @param order sends text to the supervisor
   */
  JobEnding(
      Supervisor supervisor,
      Inbox inbox,
      Consumer<String> order,
      JobScript job,
      Exchange exchange) {
    this.supervisor = supervisor;
    this.inbox = inbox;
    this.order = order;
    this.job = job;
    this.exchange = exchange;
  }

  /**
   * What is left.
   *
   * @param doing what the job was doing, for people
   * @param gone whether its shell ended
   * @param abandoned whether a process of it could not be ended
   */
  record Remains(String doing, boolean gone, boolean abandoned) {}

  /** SIGTERM, SIGKILL, and gives up on what survives even that. */
  Remains stop() {
    List<Exchange.Busy> seen = list(/* kill= */ false);
    order.accept(supervisor.kill("TERM"));
    boolean hopeless = seen.stream().anyMatch(Exchange.Busy::unkillable);
    inbox.await(hopeless ? HOPELESS : GRACE, exchange::done);
    // What the signal did not end, or what outlived its shell, is killed; dying takes a moment.
    List<Exchange.Busy> survivors = list(/* kill= */ true);
    for (int i = 0; i < LOOKS && !(survivors.isEmpty() && done()); i++) {
      if (inbox.await(MOMENT, () -> false)) {
        break;
      }
      survivors = list(/* kill= */ true);
    }
    boolean gone = done() && survivors.isEmpty();
    if (!gone) {
      order.accept(supervisor.kill("KILL") + Supervisor.FORGET);
    }
    return new Remains(
        describe(survivors.isEmpty() ? seen : survivors), gone, !survivors.isEmpty());
  }

  /** Leaves a protected job to itself. */
  Remains leave(boolean look) {
    List<Exchange.Busy> seen = look ? list(/* kill= */ false) : List.of();
    order.accept(supervisor.leave(job.first()));
    return new Remains(describe(seen), /* gone= */ false, /* abandoned= */ true);
  }

  private boolean done() {
    return inbox.look(exchange::done);
  }

  private List<Exchange.Busy> list(boolean kill) {
    inbox.look(() -> {
      exchange.expectList();
      return true;
    });
    order.accept(supervisor.list(job.first(), kill));
    inbox.await(kill ? HOPELESS : GRACE, exchange::listed);
    return inbox.look(exchange::processes);
  }

  private static String describe(List<Exchange.Busy> processes) {
    if (processes.isEmpty()) {
      return "nothing of it was running any more";
    }
    return String.join("\n", processes.stream().map(Exchange.Busy::describe).toList());
  }
}
