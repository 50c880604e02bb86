package dev.hactl.engine.remote;

import dev.hactl.engine.remote.UnreachableException.Kind;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/** The shells of one host, and the connection they share. */
final class ConnectedHost implements RemoteHost {
  /** How long to try to reach a host again on which a protected step was left. */
  private static final Duration RECONNECT = Duration.ofSeconds(60);

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
    return new SupervisedShell(
        new Supervisor(Tokens.next(), run, Tokens.next(), sh, terminal),
        roundTrips,
        degraded,
        (lost, directory, number, patience) -> recover(who, lost, directory, number, patience));
  }

  private Outcome recover(
      Identity who, Outcome.Lost lost, String directory, int number, Duration patience) {
    long deadline = System.nanoTime() + RECONNECT.toNanos();
    Duration pause = Duration.ofMillis(500);
    try {
      while (!closed.get() && System.nanoTime() < deadline) {
        try {
          Shell fresh = again(who);
          fresh.send(Message.of(Leftovers.orphan(directory, number)));
          return Leftovers.await(
              fresh,
              new Detached(run.run(), String.valueOf(number), directory, /* running= */ true),
              patience);
        } catch (UnreachableException e) {
          Thread.sleep(pause);
          pause =
              pause.multipliedBy(2).compareTo(MAX_PAUSE) < 0 ? pause.multipliedBy(2) : MAX_PAUSE;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return new Outcome.Lost(
        lost.why() + "; the step is protected and may still run there (" + directory + ")");
  }

  /** A shell over a connection that works, made anew if the old one does not. */
  private synchronized Shell again(Identity who) throws UnreachableException {
    SupervisedShell known = shells.get(who);
    if (known == null || known.lost().isPresent()) {
      Transport fresh = connector.connect();
      transport.close();
      transport = fresh;
      shells.clear();
    }
    return supervised(who);
  }

  @Override
  public void upload(Identity who, Upload content, String path, Upload.Progress progress)
      throws UploadException, UnreachableException {
    new Uploader(this, who, content, path, progress).run();
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
