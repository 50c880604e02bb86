package dev.hactl.engine.remote;

import dev.hactl.engine.inventory.ConnectionSettings;

/** The way to a host. */
public final class Remote {
  private Remote() {}

  /**
   * Connects and logs in. Blocks up to the settings' connect time-out; call it on a thread of its
   * own per host.
   *
   * @throws UnreachableException with a message that says what to do
   */
  public static RemoteHost connect(ConnectionSettings settings, RunInfo run)
      throws UnreachableException {
    Transport transport =
        switch (settings.kind()) {
          case SSH, OPENSSH -> JschTransport.connect(settings);
          case LOCAL -> new LocalTransport();
        };
    return new ConnectedHost(settings.host(), transport, run);
  }
}
