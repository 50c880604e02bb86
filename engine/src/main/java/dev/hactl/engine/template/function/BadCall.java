package dev.hactl.engine.template.function;

/** A function was called with something it cannot work with. */
public final class BadCall extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final int argument;
  private final String advice;

  /**
   * What is wrong.
   *
   * @param argument which one, from 0; -1 when it is the call as a whole
   * @param message one sentence without a full stop
   * @param advice what to do; empty when nothing can be said
   */
  public BadCall(int argument, String message, String advice) {
    super(message, null, false, false);
    this.argument = argument;
    this.advice = advice;
  }

  /** Which argument is at fault, from 0; -1 for the call as a whole. */
  public int argument() {
    return argument;
  }

  /** What to do; may be empty. */
  public String advice() {
    return advice;
  }
}
