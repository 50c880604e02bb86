package dev.hactl.engine.remote;

import java.time.Duration;
import java.util.Optional;

/**
 * A host's lock: at most one run changes a host at a time.
 *
 * <p>The lock is the kernel's (flock on a file in /run), held by the supervisor and by the
 * protected steps it started: so it ends by itself with the last of them, whatever way they go, and
 * no leftover can look like a lock. A record beside it only tells others who holds it.
 */
public final class HostLock {
  private HostLock() {}

  /** What an attempt to lock came to. */
  public sealed interface Result {

    /**
     * The lock is ours until the handle is closed or the host's supervisor ends.
     *
     * @param free how long nobody had held it; zero when the last holder died, because nobody knows
     *     when its last step ended; empty when there was none since the host was started
     * @param remains whether protected steps of dead runs have left something to take up
     */
    record Acquired(Handle handle, Optional<Duration> free, boolean remains) implements Result {}

    /**
     * Another run has it.
     *
     * @param holder who, as far as its record can be read
     * @param lastHeard how long ago the host last heard from the holder's controller
     * @param orphaned the holder's shell is gone and only a protected step of it still runs
     */
    record HeldBy(LockRecord holder, Duration lastHeard, boolean orphaned) implements Result {}

    /** The host could not be asked, or cannot lock. */
    record Failed(String why) implements Result {}
  }

  /** A lock that is held. */
  public interface Handle extends AutoCloseable {
    /** Tells the host that the controller lives; call it about every 20 s. */
    void heartbeat();

    /** Asks the host to release the lock, which is done before what its shell is sent next. */
    @Override
    void close();
  }

  /**
   * Tries to lock a host for an identity, which should be the one that makes the changes: root's
   * lock is one for the host, another user's only keeps that user's own runs apart. What is left of
   * a dead run is waited for up to 10 s; a holder not heard of for two minutes is ended. When the
   * link breaks inside a protected step, the lock is taken again with the new connection.
   */
  public static Result acquire(RemoteHost host, Identity who, LockRecord record)
      throws UnreachableException {
    if (!(host instanceof ConnectedHost connected)) {
      throw new IllegalArgumentException("not a host of this package: " + host);
    }
    return connected.lock(who, record);
  }
}
