package dev.hactl.engine.template;

import freemarker.template.TemplateModelException;

/** An expression read a value that check mode cannot know; its result is unknown too. */
final class UnknownAccess extends TemplateModelException {
  private static final long serialVersionUID = 1L;
  private final String why;

  UnknownAccess(String why) {
    super("unknown: " + why);
    this.why = why;
  }

  String why() {
    return why;
  }
}
