package dev.hactl.engine.module;

/** A parameter's value does not fit; the engine adds the place. */
public final class BadValue extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final String advice;

  /** What is wrong. */
  public BadValue(String message) {
    this(message, "");
  }

  /** What is wrong and what to do. */
  public BadValue(String message, String advice) {
    super(message, null, false, false);
    this.advice = advice;
  }

  /** What to do, or empty. */
  public String advice() {
    return advice;
  }
}
