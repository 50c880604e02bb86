package dev.hactl.engine.remote;

import dev.hactl.engine.remote.HostLock.Result;
import java.util.Optional;

/** A lock on a host, which outlives the connection it was taken over. */
final class HeldLock implements HostLock.Handle {
  private final ConnectedHost host;
  private final Identity who;
  private final LockRecord record;

  /**
   * @param who whose lock it is
   */
  HeldLock(ConnectedHost host, Identity who, LockRecord record) {
    this.host = host;
    this.who = who;
    this.record = record;
  }

  Identity who() {
    return who;
  }

  /** Takes it, the first time or over a new connection. */
  Result take() throws UnreachableException {
    return new LockScript(host.supervised(who), record).acquire(this);
  }

  /** Takes it again; returns why that is not possible. */
  Optional<String> renew() throws UnreachableException {
    return switch (take()) {
      case Result.Acquired _ -> Optional.empty();
      // The shell of the old connection has it until the host notices that nobody listens.
      case Result.HeldBy other when other.holder().run().equals(record.run()) -> Optional.empty();
      case Result.HeldBy other ->
          Optional.of(
              "meanwhile run "
                  + other.holder().run()
                  + " of "
                  + other.holder().user()
                  + " on "
                  + other.holder().controller()
                  + " locked the host");
      case Result.Failed failed -> Optional.of("the host cannot be locked again: " + failed.why());
    };
  }

  @Override
  public void heartbeat() {
    host.opened(who).ifPresent(LockScript::beat);
  }

  @Override
  public void close() {
    host.forget(this);
    host.opened(who).ifPresent(LockScript::release);
  }
}
