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

  private static final Duration ANSWER = Duration.ofSeconds(1);
  private static final int NOISE = 4096;

  private final Supervisor supervisor;
  private final AtomicLong roundTrips;
  private final AtomicBoolean degraded;
  private final FrameParser outParser;
  private final FrameParser errParser;
  private final ReentrantLock turn = new ReentrantLock(true);
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

  SupervisedShell(Supervisor supervisor, AtomicLong roundTrips, AtomicBoolean degraded) {
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
    } else if (exchange != null) {
      exchange.mark(words);
    }
  }

  private void write(String text) throws IOException {
    Transport.Link open = link;
    if (open == null) {
      throw new IOException("the shell was never started");
    }
    open.write(text.getBytes(StandardCharsets.UTF_8));
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
    turn.lock();
    try {
      int first = nextNumber;
      nextNumber += message.fragments().size();
      Exchange current = new Exchange(message, first, supervisor.terminal(), live);
      locked(() -> {
        exchange = current;
        cancelRequested = false;
      });
      List<Outcome> outcomes = run(message, first, current);
      locked(() -> exchange = null);
      return outcomes;
    } finally {
      turn.unlock();
    }
  }

  private List<Outcome> run(Message message, int first, Exchange current) {
    Optional<String> gone = lost();
    if (gone.isEmpty()) {
      try {
        write(supervisor.start(new JobScript(supervisor, message, first), reap));
        reap = true;
      } catch (IOException e) {
        gone = Optional.of(reason(e));
        fail(gone.get());
      }
    }
    List<Outcome> outcomes = new ArrayList<>();
    List<Fragment> fragments = message.fragments();
    for (int i = 0; i < fragments.size(); i++) {
      int index = i;
      await(fragments.get(i).deadline(), () -> over(current, index));
      outcomes.add(outcome(current, fragments.get(i), i, first));
      if (!(outcomes.getLast() instanceof Outcome.Finished) || stopsAt(message, outcomes)) {
        break;
      }
    }
    while (outcomes.size() < fragments.size()) {
      outcomes.add(new Outcome.NotRun());
    }
    return outcomes;
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

  private Outcome outcome(Exchange current, Fragment fragment, int index, int first) {
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
        return new Outcome.Lost("the shell on the host ended inside " + fragment.id());
      }
      boolean cancelled = cancelRequested;
      if (fragment.policy() == Policy.PROTECTED) {
        reap = false;
        return cancelled
            ? new Outcome.Cancelled(true)
            : current.timedOut(index, describe(list(current, first, false)), true);
      }
      return stop(current, index, first, cancelled);
    } finally {
      state.unlock();
    }
  }

  /** Ends the job: asks what it does, SIGTERM, SIGKILL, and gives up on what survives even that. */
  private Outcome stop(Exchange current, int index, int first, boolean cancelled) {
    List<Exchange.Busy> seen = list(current, first, false);
    order(supervisor.kill("TERM"));
    boolean stuck = seen.stream().anyMatch(Exchange.Busy::unkillable);
    List<Exchange.Busy> survivors = List.of();
    if (!await(stuck ? ANSWER : GRACE, () -> current.done() || lost.isPresent())) {
      list(current, first, true);
      if (!await(ANSWER, () -> current.done() || lost.isPresent())) {
        survivors = list(current, first, true);
        order(supervisor.kill("KILL"));
        reap = false;
      }
    }
    if (!survivors.isEmpty()) {
      degraded.set(true);
    }
    if (cancelled) {
      return new Outcome.Cancelled(false);
    }
    return current.timedOut(
        index, describe(survivors.isEmpty() ? seen : survivors), !survivors.isEmpty());
  }

  private List<Exchange.Busy> list(Exchange current, int first, boolean kill) {
    current.expectList();
    order(supervisor.list(first, kill));
    await(ANSWER, () -> current.listed() || lost.isPresent());
    return current.processes();
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
        write(Supervisor.exit());
        open.endInput();
      }
    } catch (IOException e) {
      fail(reason(e));
    }
    open.close();
  }
}
