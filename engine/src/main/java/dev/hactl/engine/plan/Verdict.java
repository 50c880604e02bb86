package dev.hactl.engine.plan;

import dev.hactl.engine.module.Change;
import java.util.List;

/** What a task will come to on a host, as far as it can be told beforehand. */
public sealed interface Verdict {

  /** Nothing to do. */
  record Converged() implements Verdict {}

  /**
   * Changes that will be made.
   *
   * @param derived the prediction rests on an earlier predicted change; the list may be empty then
   */
  record WillChange(List<? extends Change<?>> changes, boolean derived, String why)
      implements Verdict {}

  /** Cannot be told. */
  record Unknown(String why) implements Verdict {}

  /** Will fail. */
  record WillFail(String message) implements Verdict {}

  /** A guard of the module refuses. */
  record Refuses(String message) implements Verdict {}
}
