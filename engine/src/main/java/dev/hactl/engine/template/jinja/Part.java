package dev.hactl.engine.template.jinja;

/** A part of a template of Jinja, after Jinja's rules of white space were applied. */
sealed interface Part {

  /** Text that is put out as it is. */
  record Text(String text) implements Part {}

  /**
   * An expression that is put out.
   *
   * @param offset where it begins in the template
   */
  record Print(String code, int offset) implements Part {}

  /**
   * A statement.
   *
   * @param eaten whether the line end behind it is not put out
   */
  record Tag(String code, int offset, boolean eaten) implements Part {}

  /**
   * A comment.
   *
   * @param eaten whether the line end behind it is not put out
   */
  record Note(String text, boolean eaten) implements Part {}
}
