package dev.hactl.modules.nodes;

/** How Pacemaker is asked what it does; crm_mon(8). */
public final class CrmMon {
  private CrmMon() {}

  /**
   * Shell text that ends where there is nothing to ask, and else sets {@code o} to the XML.
   * Pacemaker 1.1 knows -X only, 3.0 only --output-as; while it starts, it keeps callers waiting.
   */
  static final String ASK =
      """
      command -v crm_mon > /dev/null || exit 0
      o=$(timeout 8 crm_mon -1 --output-as=xml 2> /dev/null) || [ $? -ne 124 ] || exit 0
      [ -n "$o" ] || o=$(timeout 8 crm_mon -1 -X 2> /dev/null) || exit 0
      """;

  /** Shell text that prints the XML, or nothing. */
  public static final String PRINT = ASK + "printf '%s\\n' \"$o\"\n";
}
