package dev.hactl.engine.module;

/**
 * What a change does to a running service or to data; shown in the plan and held against the
 * consents given.
 */
public sealed interface Impact {

  /** Nobody notices. */
  record None() implements Impact {}

  /**
   * Stops, moves or restarts a running service. Needs {@code allow: disruptive}.
   *
   * @param what e.g. {@code restarts corosync.service}
   */
  record Disruptive(String what) implements Impact {}

  /**
   * May lose data. Needs a token that names its object.
   *
   * @param token what the operator must write to consent
   * @param what what would be lost
   */
  record Destructive(String token, String what) implements Impact {}

  /** No impact. */
  static Impact none() {
    return new None();
  }
}
