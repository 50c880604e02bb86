package dev.hactl.engine.template;

import freemarker.core._CoreAPI;
import freemarker.template.Template;
import java.util.HashSet;
import java.util.Set;

/**
 * A text that FreeMarker has parsed.
 *
 * @param called what it calls
 * @param risky whether rendering it may never end
 */
record Parsed(Template template, HostRoot.Called called, boolean risky) {
  private static final HostRoot.Called NOTHING = name -> false;

  /** One that calls these. */
  static Parsed of(Template template, String text, TextScan.Result found) {
    return of(template, text, called(found));
  }

  static Parsed of(Template template, String text, HostRoot.Called called) {
    boolean risky = Limits.risky(text);
    if (risky) {
      // So that a loop which nobody waits for any more ends; the only way FreeMarker offers.
      _CoreAPI.addThreadInterruptedChecks(template);
    }
    return new Parsed(template, called, risky);
  }

  /** One that calls nothing. */
  static Parsed plain(Template template, String text) {
    return of(template, text, NOTHING);
  }

  /** What a text calls and does not define itself. */
  static HostRoot.Called called(TextScan.Result found) {
    if (found.calls().isEmpty()) {
      return NOTHING;
    }
    Set<String> names = new HashSet<>();
    found.calls().forEach(c -> names.add(c.name()));
    return names::contains;
  }
}
