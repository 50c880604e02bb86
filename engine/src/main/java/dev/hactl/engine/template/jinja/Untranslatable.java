package dev.hactl.engine.template.jinja;

/** An expression that has no form in hactl which can be relied on. */
final class Untranslatable extends RuntimeException {
  private static final long serialVersionUID = 1L;

  Untranslatable(String what) {
    super(what, null, false, false);
  }
}
