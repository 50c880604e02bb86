package dev.hactl.engine.template.jinja;

/** An expression that has no form in hactl which can be relied on. */
final class Untranslatable extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final int offset;

  Untranslatable(String what) {
    this(what, -1);
  }

  /**
   * One whose place is known.
   *
   * @param offset in the whole text; less than 0 when it is not known
   */
  Untranslatable(String what, int offset) {
    super(what, null, false, false);
    this.offset = offset;
  }

  int offset() {
    return offset;
  }
}
