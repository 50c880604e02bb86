package dev.hactl.engine.remote;

import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/** The shells of one host over one transport. */
final class ConnectedHost implements RemoteHost {
  private final String name;
  private final Transport transport;
  private final RunInfo run;
  private final String sh;
  private final Map<Identity, SupervisedShell> shells = new HashMap<>();
  private final AtomicLong roundTrips = new AtomicLong();
  private final AtomicBoolean degraded = new AtomicBoolean();

  /**
   * @param sh the words that start a POSIX shell on the host
   */
  ConnectedHost(String name, Transport transport, RunInfo run, String sh) {
    this.sh = sh;
    this.name = name;
    this.transport = transport;
    this.run = run;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public synchronized Shell shell(Identity who) throws UnreachableException {
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
        shell = shell(false);
        link = transport.open("exec " + sh, false, shell);
      }
      case Identity.Become become -> {
        SudoGate.Passed passed = SudoGate.pass(name, transport, become, "exec " + sh);
        shell = shell(passed.terminal());
        passed.to(shell);
        link = passed.link();
      }
    }
    try {
      shell.start(link);
      return shell;
    } catch (IOException e) {
      link.close();
      throw new UnreachableException(
          UnreachableException.Kind.NO_SHELL, name + ": no shell came up: " + e.getMessage(), e);
    }
  }

  private SupervisedShell shell(boolean terminal) {
    return new SupervisedShell(
        new Supervisor(Tokens.next(), run, Tokens.next(), sh, terminal), roundTrips, degraded);
  }

  @Override
  public void upload(Identity who, Upload content, String path, Upload.Progress progress)
      throws UploadException {
    throw new UploadException("uploads are not built yet");
  }

  @Override
  public List<Detached> detached(Identity who) {
    return List.of();
  }

  @Override
  public Outcome attach(Identity who, Detached step, Duration patience) {
    return new Outcome.Lost("nothing to attach to");
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
  public synchronized void close() {
    shells.values().forEach(SupervisedShell::close);
    shells.clear();
    transport.close();
  }
}
