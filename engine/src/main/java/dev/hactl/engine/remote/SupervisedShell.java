package dev.hactl.engine.remote;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/** The controller's side of one supervisor. */
final class SupervisedShell implements Shell {
  /** How often a long job is looked after. */
  private static final Duration WATCH = Duration.ofSeconds(5);

  private final Supervisor supervisor;
  private final AtomicLong roundTrips;
  private final AtomicBoolean degraded;
  private final Recovery recovery;
  private final Inbox inbox;
  private final ReentrantLock turn = new ReentrantLock(true);
  private final ReentrantLock writing = new ReentrantLock();
  private Optional<Transport.Link> link = Optional.empty();
  private final Set<String> functions = new HashSet<>();
  private boolean reap;
  private int nextNumber = 1;
  private Optional<Integer> unacknowledged = Optional.empty();

  SupervisedShell(
      Supervisor supervisor, AtomicLong roundTrips, AtomicBoolean degraded, Recovery recovery) {
    this.supervisor = supervisor;
    this.roundTrips = roundTrips;
    this.degraded = degraded;
    this.recovery = recovery;
    this.inbox = new Inbox(supervisor.marker());
  }

  /** Where the output of the supervisor's channel goes. */
  Transport.Sink sink() {
    return inbox;
  }

  /**
   * Sends the bootstrap; the ready mark is not waited for, so the first message follows at once.
   */
  void start(Transport.Link opened) throws IOException {
    link = Optional.of(opened);
    write(supervisor.bootstrap());
  }

  private void write(String text) throws IOException {
    writing.lock();
    try {
      if (link.isPresent()) {
        link.get().write(text.getBytes(StandardCharsets.UTF_8));
      }
    } finally {
      writing.unlock();
    }
  }

  /** Text for the supervisor itself, of ours; nothing comes back. */
  void control(String text) {
    if (inbox.lost().isPresent()) {
      return;
    }
    try {
      write(text);
    } catch (IOException e) {
      String reason = e.getMessage() == null ? e.toString() : e.getMessage();
      inbox.fail("the connection broke: " + reason);
    }
  }

  /** The supervisor's private directory on the host; empty before it was ready. */
  String directory() {
    return inbox.directory();
  }

  @Override
  public Optional<String> lost() {
    return inbox.lost();
  }

  @Override
  public void cancel() {
    inbox.cancel();
  }

  @Override
  public List<Outcome> send(Message message, OutputListener live) {
    return send("", message, live, /* locking= */ false);
  }

  /**
   * Runs one fragment that works on the lock.
   *
   * @param before text for the supervisor itself
   */
  Outcome sendLocking(String before, Fragment fragment) {
    return send(before, Message.of(fragment), (_, _, _) -> {}, /* locking= */ true).getFirst();
  }

  /** Starts a step that goes on by itself. */
  DetachedStart.Begin detach(Fragment step, String task, String run) {
    turn.lock();
    try {
      var start = new DetachedStart(supervisor, step, task, nextNumber++);
      Message look = Message.of(start.look());
      Outcome outcome = send(start.text(), look, (_, _, _) -> {}, /* locking= */ false).getFirst();
      return start.read(outcome, run, directory());
    } finally {
      turn.unlock();
    }
  }

  private List<Outcome> send(String before, Message message, OutputListener live, boolean locking) {
    turn.lock();
    try {
      JobScript job = new JobScript(supervisor, message, nextNumber, locking);
      nextNumber = job.last() + 1;
      Exchange exchange = new Exchange(message, job.first(), job.hasFiles(), live);
      inbox.begin(exchange);
      control(housekeeping() + before + supervisor.start(job, inbox.alone(), functions));
      reap = true;
      unacknowledged = job.isProtected() ? Optional.of(job.first()) : Optional.empty();
      List<Outcome> outcomes = collect(message, job, exchange);
      inbox.end();
      return outcomes;
    } finally {
      turn.unlock();
    }
  }

  /** What the supervisor is to do about the message before. */
  private String housekeeping() {
    return (reap ? supervisor.reap() : "") + unacknowledged.map(supervisor::acknowledge).orElse("");
  }

  private List<Outcome> collect(Message message, JobScript job, Exchange exchange) {
    List<Outcome> outcomes = new ArrayList<>();
    List<Fragment> fragments = message.fragments();
    for (int i = 0; i < fragments.size(); i++) {
      Fragment fragment = fragments.get(i);
      await(fragment.deadline(), exchange, i, job);
      Outcome outcome = outcome(exchange, fragment, i, job);
      if (outcome instanceof Outcome.Finished) {
        roundTrips.addAndGet(i == 0 ? 1 : 0);
      }
      outcomes.add(outcome);
      if (!(outcome instanceof Outcome.Finished finished)
          || (message.stopOnFailure() && !finished.succeeded())
          || inbox.look(exchange::completed) <= i) {
        break;
      }
    }
    while (outcomes.size() < fragments.size()) {
      outcomes.add(new Outcome.NotRun());
    }
    return outcomes;
  }

  /**
   * Waits for a fragment. Cancelled before the last protected one has ended, the job is asked to
   * end before its next fragment instead of being killed: the controller cannot know whether a
   * protected step has begun.
   */
  private void await(Duration patience, Exchange exchange, int index, JobScript job) {
    BooleanSupplier over = () -> exchange.completed() > index || exchange.endedEarly(index);
    int number = job.first() + index;
    await(patience, () -> over.getAsBoolean() || inbox.cancelled(), job.last(), number);
    if (inbox.cancelled() && index <= job.lastProtected() && !inbox.look(over::getAsBoolean)) {
      control(supervisor.stopSoon(job.first()));
      await(patience, over, job.last(), number);
    }
  }

  /** Waits; looks after the job on the host from time to time. */
  private void await(Duration patience, BooleanSupplier condition, int lastNumber, int number) {
    Duration left = patience;
    while (left.compareTo(WATCH) > 0) {
      if (inbox.await(WATCH, condition)) {
        return;
      }
      control(supervisor.look(lastNumber, number));
      left = left.minus(WATCH);
    }
    inbox.await(left, condition);
  }

  private Outcome outcome(Exchange exchange, Fragment fragment, int index, JobScript job) {
    if (inbox.look(exchange::completed) > index) {
      return inbox.look(() -> exchange.finished(index));
    }
    boolean isProtected = fragment.policy() == Policy.PROTECTED;
    if (inbox.lost().isPresent()) {
      Outcome.Lost lost = new Outcome.Lost(inbox.lost().get());
      return isProtected && !inbox.directory().isEmpty()
          ? recovery.after(lost, inbox.directory(), job.first(), fragment.deadline())
          : lost;
    }
    // Each is asked once and in this order: a job may end early between two questions, and of one
    // that ended early since it was asked to, none must say that it was killed.
    boolean endedEarly = inbox.look(() -> exchange.endedEarly(index));
    boolean cancelled = inbox.cancelled();
    if (endedEarly) {
      return cancelled
          ? new Outcome.Cancelled(/* leftRunning= */ false)
          : new Outcome.Lost("the shell on the host was killed inside " + fragment.id());
    }
    JobEnding ending = new JobEnding(supervisor, inbox, this::control, job, exchange);
    JobEnding.Remains remains = isProtected ? ending.leave(!cancelled) : ending.stop();
    reap = remains.gone();
    if (isProtected) {
      unacknowledged = Optional.empty();
    } else if (remains.abandoned()) {
      degraded.set(true);
    }
    return cancelled
        ? new Outcome.Cancelled(isProtected)
        : inbox.look(() -> exchange.timedOut(index, remains.doing(), remains.abandoned()));
  }

  /** Lets the supervisor end in good order. */
  void close() {
    if (link.isEmpty()) {
      return;
    }
    control(unacknowledged.map(supervisor::acknowledge).orElse("") + Supervisor.exit());
    try {
      link.get().endInput();
    } catch (IOException e) {
      inbox.fail("closed");
    }
    link.get().close();
  }
}
