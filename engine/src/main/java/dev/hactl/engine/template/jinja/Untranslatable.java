package dev.hactl.engine.template.jinja;

import java.util.List;

/** An expression that has no form in hactl which can be relied on. */
final class Untranslatable extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final int offset;
  private final String advice;
  private final transient List<Untranslatable> further;

  Untranslatable(String what) {
    this(what, -1);
  }

  /**
   * One whose place is known.
   *
   * @param offset in the whole text; less than 0 when it is not known
   */
  Untranslatable(String what, int offset) {
    this(what, offset, "", List.of());
  }

  private Untranslatable(String what, int offset, String advice, List<Untranslatable> further) {
    super(what, null, false, false);
    this.offset = offset;
    this.advice = advice;
    this.further = further;
  }

  /** One that says what to write. */
  static Untranslatable advised(String what, String advice) {
    return new Untranslatable(what, -1, advice, List.of());
  }

  /** The first of several, with the others. */
  static Untranslatable together(List<Untranslatable> all) {
    Untranslatable first = all.getFirst();
    return new Untranslatable(
        first.what(), first.offset, first.advice, List.copyOf(all.subList(1, all.size())));
  }

  /** The same at this place, where none was known. */
  Untranslatable at(int place) {
    return offset < 0 ? new Untranslatable(what(), place, advice, further) : this;
  }

  String what() {
    return String.valueOf(getMessage());
  }

  int offset() {
    return offset;
  }

  String advice() {
    return advice;
  }

  List<Untranslatable> further() {
    return further;
  }
}
