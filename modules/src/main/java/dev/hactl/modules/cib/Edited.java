package dev.hactl.modules.cib;

/** What came of an edit. */
public sealed interface Edited {

  /** The configuration as wanted; the same one when nothing was to be changed. */
  record Done(Cib cib) implements Edited {}

  /**
   * Something that the edit names is not configured; an earlier task may bring it.
   *
   * @param id of what is missing
   * @param message for the operator
   */
  record Missing(String id, String message) implements Edited {}

  /** The edit must not be made. */
  record Refused(String message) implements Edited {}
}
