package dev.hactl.engine.remote;

/** What came of starting a step that goes on by itself. */
public sealed interface Detaching {

  /** It runs, or has ended already. */
  record Begun(Detached step) implements Detaching {}

  /** It did not begin, or nobody knows. */
  record Failed(Outcome why) implements Detaching {}
}
