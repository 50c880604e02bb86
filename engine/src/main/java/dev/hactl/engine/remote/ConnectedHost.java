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

  /** The lock that this run holds. */
  synchronized Optional<HeldLock> lock() {
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
            new LostStep(
                    this,
                    who,
                    new Detached(
                        run.run(),
                        String.valueOf(number),
                        directory,
                        /* running= */ true,
                        Optional.empty()),
                    patience)
                .end(over, lost));
  }

  /** How many connections there were before this one. */
  synchronized int generation() {
    return generation;
  }

  /**
   * A shell over a connection that works, made anew unless somebody did so already.
   *
   * @param broken the connection that does not, by its number
   */
  synchronized SupervisedShell again(Identity who, int broken) throws UnreachableException {
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
    return new DetachedWait(this, who, step).await(patience, run.run());
  }

  @Override
  public Detaching detach(Identity who, Fragment step, String task) throws UnreachableException {
    DetachedStart.Begin begin = supervised(who).detach(step, task, run.run());
    if (begin.detaching() instanceof Detaching.Begun) {
      lock()
          .map(HeldLock::who)
          .filter(holder -> !holder.equals(who))
          .flatMap(this::opened)
          .ifPresent(shell -> LockScript.keep(shell, begin.process()));
    }
    return begin.detaching();
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

  /** Whether nothing more is wanted of the host. */
  boolean closed() {
    return closed.get();
  }

  private synchronized void end() {
    shells.values().forEach(SupervisedShell::close);
    shells.clear();
    transport.close();
  }
}
