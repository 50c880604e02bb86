package dev.hactl.modules.cib;

/**
 * Shell texts that run Pacemaker's own tools on a document given as text. POSIX sh; every document
 * stands in a quoted here-document, so it appears in no program's words.
 */
final class CibTools {
  /** No line of a document begins with a letter; see {@link XmlWriter}. */
  private static final String END = "hactl-end-of-document";

  private CibTools() {}

  /**
   * A function that prints a document.
   *
   * @param filter what prints it: {@code cat}, or an editor of streams
   */
  static String document(String name, String filter, String text) {
    return name + "() {\n" + filter + " <<'" + END + "'\n" + text + END + "\n}\n";
  }
}
