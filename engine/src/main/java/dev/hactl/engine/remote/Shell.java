package dev.hactl.engine.remote;

import java.util.List;
import java.util.Optional;

/** The long-lived shell of one identity on one host; one message at a time. */
public interface Shell {

  /**
   * Runs a message and waits for all of it; callers on other threads queue up. Never throws for
   * anything that happens on the host or the link.
   *
   * @return one outcome a fragment, in the order of the message
   */
  default List<Outcome> send(Message message) {
    return send(message, (_, _, _) -> {});
  }

  /** The same, showing output while it arrives. */
  List<Outcome> send(Message message, OutputListener live);

  /**
   * Ends the message that is running, from any thread: interruptible work is killed; a protected
   * step is waited for, and what comes after it in the message does not run. Nothing happens when
   * none is running.
   */
  void cancel();

  /** Why the shell can take no more messages, or empty while it works. */
  Optional<String> lost();
}
