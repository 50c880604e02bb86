package dev.hactl.engine.remote;

import dev.hactl.engine.inventory.ConnectionSettings;
import java.util.Optional;

/** The way to a host. */
public final class Remote {
  private static final String SH = "/bin/sh";

  private Remote() {}

  /**
   * Lets this JVM get ready for SSH logins in the background: a command that is going to connect
   * calls it before it reads anything.
   */
  public static void prepare() {
    SshRehearsal.start();
  }

  /**
   * Connects and logs in. Blocks up to the settings' connect time-out; call it on a thread of its
   * own per host.
   *
   * <p>A host whose ssh_config asks for what only OpenSSH's own client can do is reached through
   * that client, whatever the settings' kind says.
   *
   * @throws UnreachableException with a message that says what to do
   */
  public static RemoteHost connect(ConnectionSettings settings, RunInfo run)
      throws UnreachableException {
    return connect(settings, run, SH);
  }

  /** The same with another POSIX shell on the host, which only tests want. */
  static RemoteHost connect(ConnectionSettings settings, RunInfo run, String sh)
      throws UnreachableException {
    return ConnectedHost.connect(settings.host(), () -> transport(settings), run, sh);
  }

  private static Transport transport(ConnectionSettings settings) throws UnreachableException {
    return switch (settings.kind()) {
      case LOCAL -> new LocalTransport();
      case OPENSSH -> OpensshTransport.connect(settings);
      case SSH -> ssh(settings);
    };
  }

  private static Transport ssh(ConnectionSettings settings) throws UnreachableException {
    SshConfig config = SshConfig.of(settings);
    Optional<String> beyond = config.beyondJsch();
    return beyond.isPresent()
        ? OpensshTransport.connect(settings)
        : JschTransport.connect(SshTargets.of(settings, config));
  }
}
