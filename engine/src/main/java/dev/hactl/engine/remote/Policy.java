package dev.hactl.engine.remote;

/** What a fragment may do to the host and what may happen to it. */
public enum Policy {
  /**
   * Only reads. Its output goes straight to the channel, it runs in the C locale, and it is killed
   * on time-out, cancel or loss of the controller.
   */
  PROBE,
  /**
   * Changes the host and may be stopped anywhere: killed on time-out, cancel or loss of the
   * controller. Its output goes through files, so that a daemon it leaves behind blocks nothing.
   */
  INTERRUPTIBLE,
  /**
   * Changes the host and must not be cut short (a package transaction): only its deadline is
   * reported, it is never killed. It survives the controller and the link, and a later connection
   * can wait for it ({@link RemoteHost#detached}).
   */
  PROTECTED
}
