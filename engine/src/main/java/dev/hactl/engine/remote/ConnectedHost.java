package dev.hactl.engine.remote;

import dev.hactl.engine.remote.UnreachableException.Kind;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/** The shells of one host, and the connection they share. */
final class ConnectedHost implements RemoteHost {
  /** How long to try to reach a host again on which a protected step was left. */
  private static final Duration RECONNECT = Duration.ofSeconds(60);

  private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
  private static final Duration MAX_PAUSE = Duration.ofSeconds(5);

  /** Makes a connection to the host. */
  interface Connector {
    Transport connect() throws UnreachableException;
  }

  private final String name;
  private final Connector connector;
  private final RunInfo run;
  private final String sh;
  private final Map<Identity, SupervisedShell> shells = new HashMap<>();
  private final AtomicLong roundTrips = new AtomicLong();
  private final AtomicBoolean degraded = new AtomicBoolean();
  private final AtomicBoolean closed = new AtomicBoolean();
  private Transport transport;

  /** How many connections there were before this one. */
  private int generation;

  private Optional<HeldLock> lock = Optional.empty();

  private ConnectedHost(
      String name, Connector connector, Transport transport, RunInfo run, String sh) {
    this.name = name;
    this.connector = connector;
    this.transport = transport;
    this.run = run;
    this.sh = sh;
  }

  /**
   * Connects.
   *
   * @param sh the words that start a POSIX shell on the host
   */
  static ConnectedHost connect(String name, Connector connector, RunInfo run, String sh)
      throws UnreachableException {
    return new ConnectedHost(name, connector, connector.connect(), run, sh);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Shell shell(Identity who) throws UnreachableException {
    return supervised(who);
  }

  synchronized SupervisedShell supervised(Identity who) throws UnreachableException {
    SupervisedShell known = shells.get(who);
    if (known != null) {
      return known;
    }
    SupervisedShell shell = open(who);
    shells.put(who, shell);
    return shell;
  }

  /** The shell of an identity if it was ever used. */
  synchronized Optional<SupervisedShell> opened(Identity who) {
    return Optional.ofNullable(shells.get(who));
  }

  /** Locks the host; see {@link HostLock}. */
  HostLock.Result lock(Identity who, LockRecord record) throws UnreachableException {
    HeldLock wanted = new HeldLock(this, who, record);
    HostLock.Result result = wanted.take();
    if (result instanceof HostLock.Result.Acquired) {
      keep(wanted);
    }
    return result;
  }

  private synchronized void keep(HeldLock held) {
    lock = Optional.of(held);
  }

  /** The lock was given back: a new connection need not take it again. */
  synchronized void forget(HeldLock given) {
    lock = lock.filter(held -> held != given);
  }

  private synchronized Optional<HeldLock> lock() {
    return lock;
  }

  private SupervisedShell open(Identity who) throws UnreachableException {
    Transport.Link link;
    SupervisedShell shell;
    switch (who) {
      case Identity.Login() -> {
        shell = shell(who, false);
        link = transport.open("exec " + sh, false, shell.sink());
      }
      case Identity.Become become -> {
        SudoGate.Passed passed = SudoGate.pass(name, transport, become, "exec " + sh);
        shell = shell(who, passed.terminal());
        passed.to(shell.sink());
        link = passed.link();
      }
    }
    try {
      shell.start(link);
      return shell;
    } catch (IOException e) {
      link.close();
      throw new UnreachableException(
          Kind.NO_SHELL, name + ": no shell came up: " + e.getMessage(), e);
    }
  }

  private SupervisedShell shell(Identity who, boolean terminal) {
    int over = generation;
    return new SupervisedShell(
        new Supervisor(Tokens.next(), run, Tokens.next(), sh, terminal),
        roundTrips,
        degraded,
        (lost, directory, number, patience) ->
            recover(
                who,
                over,
                lost,
                new Detached(run.run(), String.valueOf(number), directory, /* running= */ true),
                patience));
  }

  private Outcome recover(
      Identity who, int over, Outcome.Lost lost, Detached step, Duration patience) {
    int broken = over;
    long deadline = System.nanoTime() + RECONNECT.toNanos();
    Duration pause = FIRST_PAUSE;
    try {
      while (!closed.get() && System.nanoTime() < deadline) {
        try {
          SupervisedShell fresh = again(who, broken);
          Outcome outcome = reattach(fresh, who, step, patience);
          if (fresh.lost().isEmpty()) {
            return outcome;
          }
          // Broke once more while waiting: as at the first time.
          deadline = System.nanoTime() + RECONNECT.toNanos();
          pause = FIRST_PAUSE;
        } catch (UnreachableException e) {
          Thread.sleep(pause);
          pause =
              pause.multipliedBy(2).compareTo(MAX_PAUSE) < 0 ? pause.multipliedBy(2) : MAX_PAUSE;
        }
        broken = current();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return new Outcome.Lost(
        lost.why() + "; the step is protected and may still run there (" + step.directory() + ")");
  }

  /**
   * Waits for a step over a new connection, and sees to it that the host stays locked: the step
   * keeps the lock of its own identity until it ends, any other ended with the old connection.
   */
  private Outcome reattach(SupervisedShell fresh, Identity who, Detached step, Duration patience)
      throws UnreachableException {
    fresh.send(Message.of(Leftovers.orphan(step.directory(), step.id())));
    Optional<HeldLock> held = lock();
    boolean own = held.map(HeldLock::who).filter(who::equals).isPresent();
    Optional<String> refused =
        held.isPresent() && !own ? held.get().renew() : Optional.<String>empty();
    Outcome outcome = Leftovers.await(fresh, step, patience);
    if (own && outcome instanceof Outcome.Finished) {
      refused = held.get().renew();
    }
    return refused.<Outcome>map(Outcome.Lost::new).orElse(outcome);
  }

  private synchronized int current() {
    return generation;
  }

  /** A shell over a connection that works, made anew unless somebody did so already. */
  private synchronized SupervisedShell again(Identity who, int broken) throws UnreachableException {
    if (generation == broken) {
      Transport fresh = connector.connect();
      transport.close();
      transport = fresh;
      generation++;
      shells.clear();
    }
    return supervised(who);
  }

  @Override
  public void renew() throws UnreachableException {
    Transport fresh = connector.connect();
    Optional<HeldLock> held = lock();
    held.flatMap(h -> opened(h.who()))
        .filter(shell -> shell.lost().isEmpty())
        .ifPresent(LockScript::releaseNow);
    Map<Identity, SupervisedShell> before = replace(fresh);
    for (var old : before.entrySet()) {
      String directory = old.getValue().directory();
      if (old.getValue().lost().isPresent() && !directory.isEmpty()) {
        // The host may not have noticed yet that nobody listens to it.
        shell(old.getKey()).send(Message.of(Leftovers.endLost(directory)));
      }
    }
    Optional<String> refused = held.isPresent() ? held.get().renew() : Optional.empty();
    if (refused.isPresent()) {
      throw new UnreachableException(Kind.LOCKED, name + ": " + refused.get());
    }
  }

  /** The shells of the connection before, closed. */
  private synchronized Map<Identity, SupervisedShell> replace(Transport fresh) {
    var before = Map.copyOf(shells);
    before.values().forEach(SupervisedShell::close);
    transport.close();
    transport = fresh;
    generation++;
    shells.clear();
    return before;
  }

  @Override
  public void upload(Identity who, Upload content, String path, Upload.Progress progress)
      throws UploadException, UnreachableException {
    new Uploader(this, who, content, path, progress).run();
  }

  @Override
  public Download download(Identity who, String text, Path target, Upload.Progress progress)
      throws UploadException, UnreachableException {
    return new Downloader(this, who).run(text, target, progress);
  }

  /** A channel of its own for raw bytes, as an identity; its command is sh text without quotes. */
  Transport.Link raw(Identity who, String command, Transport.Sink sink)
      throws UnreachableException {
    Transport current;
    synchronized (this) {
      current = transport;
    }
    return switch (who) {
      case Identity.Login() -> current.open("exec /bin/sh -c '" + command + "'", false, sink);
      case Identity.Become become -> {
        SudoGate.Passed passed = SudoGate.pass(name, current, become, command);
        passed.to(sink);
        yield passed.link();
      }
    };
  }

  @Override
  public List<Detached> detached(Identity who) throws UnreachableException {
    return Leftovers.list(shell(who));
  }

  @Override
  public Outcome attach(Identity who, Detached step, Duration patience)
      throws UnreachableException {
    return Leftovers.await(shell(who), step, patience);
  }

  @Override
  public boolean degraded() {
    return degraded.get();
  }

  @Override
  public long roundTrips() {
    return roundTrips.get();
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      end();
    }
  }

  private synchronized void end() {
    shells.values().forEach(SupervisedShell::close);
    shells.clear();
    transport.close();
  }
}
