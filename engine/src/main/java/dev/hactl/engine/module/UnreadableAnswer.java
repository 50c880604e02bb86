package dev.hactl.engine.module;

/** A host answered a probe with something its parser cannot read. */
public final class UnreadableAnswer extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What was expected and what came. */
  public UnreadableAnswer(String message) {
    super(message);
  }
}
