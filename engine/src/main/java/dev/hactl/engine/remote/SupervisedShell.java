package dev.hactl.engine.remote;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** The controller's side of one supervisor. */
final class SupervisedShell implements Shell, Transport.Sink {
  /** How long a job may take to die of SIGTERM, and its processes of SIGKILL. */
  private static final Duration GRACE = Duration.ofSeconds(2);

  private static final Duration WATCH = Duration.ofSeconds(5);

  private static final Duration SHORT = Duration.ofMillis(400);
  private static final Duration ANSWER = Duration.ofSeconds(1);
  private static final int NOISE = 4096;

  private final Supervisor supervisor;
  private final AtomicLong roundTrips;
  private final Recovery recovery;
  private final AtomicBoolean degraded;
  private final FrameParser outParser;
  private final FrameParser errParser;
  private final ReentrantLock turn = new ReentrantLock(true);
  private final ReentrantLock writing = new ReentrantLock();
  private final ReentrantLock state = new ReentrantLock();
  private final Condition changed = state.newCondition();
  private final StringBuilder noise = new StringBuilder();
  private Transport.@Nullable Link link;
  private @Nullable Exchange exchange;
  private Optional<String> lost = Optional.empty();
  private boolean ready;
  private boolean cancelRequested;
  private boolean reap;
  private int nextNumber = 1;
  private Optional<Integer> unacknowledged = Optional.empty();
  private String directory = "";

  SupervisedShell(
      Supervisor supervisor, AtomicLong roundTrips, AtomicBoolean degraded, Recovery recovery) {
    this.recovery = recovery;
    this.supervisor = supervisor;
    this.roundTrips = roundTrips;
    this.degraded = degraded;
    this.outParser =
        new FrameParser(
            supervisor.marker(),
            new FrameParser.Parts() {
              @Override
              public void data(byte[] bytes, int from, int length) {
                outData(bytes, from, length);
              }

              @Override
              public void mark(String words) {
                SupervisedShell.this.mark(words);
              }
            });
    this.errParser =
        new FrameParser(
            supervisor.marker(),
            new FrameParser.Parts() {
              @Override
              public void data(byte[] bytes, int from, int length) {
                errData(bytes, from, length);
              }

              @Override
              public void mark(String words) {
                SupervisedShell.this.mark(words);
              }
            });
  }

  /**
   * Sends the bootstrap; the ready mark is not waited for, so the first message follows at once.
   */
  void start(Transport.Link opened) throws IOException {
    link = opened;
    write(supervisor.bootstrap());
  }

  @Override
  public void out(byte[] bytes, int from, int length) {
    locked(() -> outParser.feed(bytes, from, length));
  }

  @Override
  public void err(byte[] bytes, int from, int length) {
    locked(() -> errParser.feed(bytes, from, length));
  }

  @Override
  public void closed(int status, String why) {
    locked(() -> {
      if (lost.isEmpty()) {
        lost = Optional.of(ready ? why : why + neverReady());
      }
    });
  }

  private String neverReady() {
    String said = noise.toString().strip();
    return said.isEmpty() ? "" : "; it said: " + said;
  }

  private void locked(Runnable work) {
    state.lock();
    try {
      work.run();
      changed.signalAll();
    } finally {
      state.unlock();
    }
  }

  private void outData(byte[] bytes, int from, int length) {
    if (ready && exchange != null) {
      exchange.out(bytes, from, length);
    } else {
      noise(bytes, from, length);
    }
  }

  private void errData(byte[] bytes, int from, int length) {
    if (ready && exchange != null) {
      exchange.err(bytes, from, length);
    } else {
      noise(bytes, from, length);
    }
  }

  private void noise(byte[] bytes, int from, int length) {
    if (!ready && noise.length() < NOISE) {
      noise.append(new String(bytes, from, length, StandardCharsets.UTF_8));
    }
  }

  private void mark(String words) {
    if (words.startsWith("R ")) {
      ready = true;
      directory = words.substring(words.indexOf(' ', 2) + 1);
    } else if (exchange != null) {
      exchange.mark(words);
    }
  }

  private void write(String text) throws IOException {
    Transport.Link open = link;
    if (open == null) {
      throw new IOException("the shell was never started");
    }
    writing.lock();
    try {
      open.write(text.getBytes(StandardCharsets.UTF_8));
    } finally {
      writing.unlock();
    }
  }

  /** Text for the supervisor itself, of ours; nothing comes back. */
  void control(String text) {
    if (lost().isEmpty()) {
      order(text);
    }
  }

  @Override
  public Optional<String> lost() {
    state.lock();
    try {
      return lost;
    } finally {
      state.unlock();
    }
  }

  @Override
  public void cancel() {
    locked(() -> cancelRequested = exchange != null);
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

  private List<Outcome> send(String before, Message message, OutputListener live, boolean locking) {
    turn.lock();
    try {
      int first = nextNumber;
      nextNumber += message.fragments().size();
      Exchange current = new Exchange(message, first, supervisor.terminal(), live);
      locked(() -> {
        exchange = current;
        cancelRequested = false;
      });
      List<Outcome> outcomes =
          run(before, message, new JobScript(supervisor, message, first, locking), current);
      locked(() -> exchange = null);
      return outcomes;
    } finally {
      turn.unlock();
    }
  }

  private List<Outcome> run(String before, Message message, JobScript job, Exchange current) {
    int first = job.first();
    if (lost().isEmpty()) {
      order(housekeeping() + before + supervisor.start(job));
      reap = true;
      unacknowledged = job.isProtected() ? Optional.of(first) : Optional.empty();
    }
    List<Outcome> outcomes = new ArrayList<>();
    List<Fragment> fragments = message.fragments();
    for (int i = 0; i < fragments.size(); i++) {
      int index = i;
      awaitWatching(fragments.get(i).deadline(), () -> over(current, index), job.last(), first + i);
      Outcome outcome = outcome(current, fragments.get(i), i, job);
      if (outcome instanceof Outcome.Lost loss
          && fragments.get(i).policy() == Policy.PROTECTED
          && !directory.isEmpty()) {
        outcomes.add(recovery.after(loss, directory, first, fragments.get(i).deadline()));
        break;
      }
      outcomes.add(outcome);
      if (!(outcomes.getLast() instanceof Outcome.Finished) || stopsAt(message, outcomes)) {
        break;
      }
    }
    while (outcomes.size() < fragments.size()) {
      outcomes.add(new Outcome.NotRun());
    }
    return outcomes;
  }

  /** What the supervisor is to do about the message before. */
  private String housekeeping() {
    return (reap ? supervisor.reap() : "") + unacknowledged.map(supervisor::acknowledge).orElse("");
  }

  private static boolean stopsAt(Message message, List<Outcome> outcomes) {
    return message.stopOnFailure()
        && outcomes.getLast() instanceof Outcome.Finished finished
        && !finished.succeeded();
  }

  private boolean over(Exchange current, int index) {
    return current.completed() > index
        || current.endedEarly()
        || lost.isPresent()
        || cancelRequested;
  }

  private Outcome outcome(Exchange current, Fragment fragment, int index, JobScript job) {
    boolean cancelled;
    state.lock();
    try {
      if (current.completed() > index) {
        roundTrips.addAndGet(index == 0 ? 1 : 0);
        return current.finished(index);
      }
      if (lost.isPresent()) {
        return new Outcome.Lost(lost.get());
      }
      if (current.endedEarly()) {
        return new Outcome.Lost("the shell on the host was killed inside " + fragment.id());
      }
      cancelled = cancelRequested;
    } finally {
      state.unlock();
    }
    return fragment.policy() == Policy.PROTECTED
        ? leave(current, index, job, cancelled)
        : stop(current, index, job.first(), cancelled);
  }

  /** Stops waiting for a protected step. */
  private Outcome leave(Exchange current, int index, JobScript job, boolean cancelled) {
    List<Exchange.Busy> seen = cancelled ? List.of() : list(current, job.first(), false);
    order(supervisor.leave(job.first()));
    reap = false;
    unacknowledged = Optional.empty();
    return cancelled
        ? new Outcome.Cancelled(true)
        : timedOut(current, index, describe(seen), /* abandoned= */ true);
  }

  /** Ends the job: asks what it does, SIGTERM, SIGKILL, and gives up on what survives even that. */
  private Outcome stop(Exchange current, int index, int first, boolean cancelled) {
    List<Exchange.Busy> seen = list(current, first, false);
    order(supervisor.kill("TERM"));
    boolean stuck = seen.stream().anyMatch(Exchange.Busy::unkillable);
    List<Exchange.Busy> survivors = List.of();
    if (!await(stuck ? ANSWER : GRACE, () -> current.done() || lost.isPresent())) {
      list(current, first, true);
      if (!await(stuck ? SHORT : ANSWER, () -> current.done() || lost.isPresent())) {
        survivors = list(current, first, true);
        order(supervisor.kill("KILL") + Supervisor.FORGET);
        reap = false;
      }
    }
    if (!survivors.isEmpty()) {
      degraded.set(true);
    }
    if (cancelled) {
      return new Outcome.Cancelled(false);
    }
    return timedOut(
        current, index, describe(survivors.isEmpty() ? seen : survivors), !survivors.isEmpty());
  }

  private Outcome timedOut(Exchange current, int index, String doing, boolean abandoned) {
    state.lock();
    try {
      return current.timedOut(index, doing, abandoned);
    } finally {
      state.unlock();
    }
  }

  private List<Exchange.Busy> list(Exchange current, int first, boolean kill) {
    locked(current::expectList);
    order(supervisor.list(first, kill));
    await(kill ? ANSWER : GRACE, () -> current.listed() || lost.isPresent());
    state.lock();
    try {
      return current.processes();
    } finally {
      state.unlock();
    }
  }

  private static String describe(List<Exchange.Busy> processes) {
    if (processes.isEmpty()) {
      return "nothing of it was running any more";
    }
    return String.join("\n", processes.stream().map(Exchange.Busy::describe).toList());
  }

  private void order(String text) {
    try {
      write(text);
    } catch (IOException e) {
      fail(reason(e));
    }
  }

  private void fail(String why) {
    locked(() -> {
      if (lost.isEmpty()) {
        lost = Optional.of(why);
      }
    });
  }

  private static String reason(IOException e) {
    return "the link broke: " + (e.getMessage() == null ? e.toString() : e.getMessage());
  }

  /** The same for a wait that may be long: looks after the job on the host from time to time. */
  private void awaitWatching(
      Duration patience, BooleanSupplier condition, int lastNumber, int number) {
    Duration left = patience;
    Duration slice = WATCH;
    while (left.compareTo(slice) > 0) {
      if (await(slice, condition)) {
        return;
      }
      order(supervisor.look(lastNumber, number));
      left = left.minus(slice);
    }
    await(left, condition);
  }

  /** Waits on the reader's news for a condition; false when the time passed first. */
  private boolean await(Duration patience, BooleanSupplier condition) {
    state.lock();
    try {
      long left = patience.toNanos();
      while (!condition.getAsBoolean()) {
        if (left <= 0) {
          return false;
        }
        left = changed.awaitNanos(left);
      }
      return true;
    } catch (InterruptedException e) {
      // An interrupted caller wants its message ended: the same as a cancel.
      Thread.currentThread().interrupt();
      cancelRequested = true;
      return condition.getAsBoolean();
    } finally {
      state.unlock();
    }
  }

  /** Lets the supervisor end in good order. */
  void close() {
    Transport.Link open = link;
    if (open == null) {
      return;
    }
    try {
      if (lost().isEmpty()) {
        write(unacknowledged.map(supervisor::acknowledge).orElse("") + Supervisor.exit());
        open.endInput();
      }
    } catch (IOException e) {
      fail(reason(e));
    }
    open.close();
  }
}
