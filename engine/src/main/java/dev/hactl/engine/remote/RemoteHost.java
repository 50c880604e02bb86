package dev.hactl.engine.remote;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** One connected host. Safe for use by several threads. */
public interface RemoteHost extends AutoCloseable {

  /** The name in the inventory. */
  String name();

  /**
   * The shell of an identity, opened on first use.
   *
   * @throws UnreachableException when sudo refuses, or no shell comes up
   */
  Shell shell(Identity who) throws UnreachableException;

  /**
   * Puts bytes into a file of the host, over a channel of its own. What an earlier attempt already
   * brought there is kept when its hash is right; the whole is checked by hash at the end. The file
   * is created with mode 0600.
   *
   * @param path an absolute path; missing directories are made with mode 0700
   * @throws UploadException when the file is not there whole
   */
  void upload(Identity who, Upload content, String path, Upload.Progress progress)
      throws UploadException, UnreachableException;

  /**
   * Runs a read-only shell text with nothing on its standard input, and writes what it prints into
   * a file of the controller, over a channel of its own. The whole is checked by hash; a text that
   * ends with another status than 0 is a failure.
   *
   * @param target overwritten
   * @throws UploadException when the file is not there whole
   */
  Download download(Identity who, String text, Path target, Upload.Progress progress)
      throws UploadException, UnreachableException;

  /**
   * Logs in anew and takes the lock, if it is held, with the new connection; what is interruptible
   * and still runs over the old one is ended. Between giving the lock back and taking it again lies
   * one round trip: if another run comes in between, that run has the host.
   *
   * @throws UnreachableException when the host cannot be logged in to, or another run locked it
   */
  void renew() throws UnreachableException;

  /**
   * Starts a step that goes on by itself, whatever becomes of the connection and the controller,
   * and returns when it began. Its host stays locked until it ends. It has no deadline.
   *
   * @param task what it is called, for whoever finds it
   */
  Detaching detach(Identity who, Fragment step, String task) throws UnreachableException;

  /**
   * Steps that go on by themselves, and protected ones of earlier or broken connections, that left
   * traces for this identity.
   */
  List<Detached> detached(Identity who) throws UnreachableException;

  /**
   * Waits for a detached step, returns how it ended and removes its traces. When the link breaks
   * meanwhile and the step is this run's own, it is waited for over a new connection.
   *
   * @param patience how long to wait for it
   */
  Outcome attach(Identity who, Detached step, Duration patience) throws UnreachableException;

  /** Whether something on the host could not be killed and was abandoned. */
  boolean degraded();

  /** Messages sent and answered so far, over all identities. */
  long roundTrips();

  /** Ends the shells by their policy and closes the connection; protected steps go on. */
  @Override
  void close();
}
