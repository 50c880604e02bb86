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
  private final Map<Identity, SupervisedShell> shells = new HashMap<>();
  private final AtomicLong roundTrips = new AtomicLong();
  private final AtomicBoolean degraded = new AtomicBoolean();

  ConnectedHost(String name, Transport transport, RunInfo run) {
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
    Supervisor supervisor =
        new Supervisor(Tokens.next(), run, Tokens.next(), "/bin/sh", /* terminal= */ false);
    SupervisedShell shell = new SupervisedShell(supervisor, roundTrips, degraded);
    String command =
        switch (who) {
          case Identity.Login() -> "exec /bin/sh";
          case Identity.Become(String user, _) -> "exec sudo -n -u " + user + " -- /bin/sh";
        };
    Transport.Link link = transport.open(command, false, shell);
    try {
      shell.start(link);
    } catch (IOException e) {
      link.close();
      throw new UnreachableException(
          UnreachableException.Kind.NO_SHELL, name + ": no shell: " + e.getMessage(), e);
    }
    shells.put(who, shell);
    return shell;
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
