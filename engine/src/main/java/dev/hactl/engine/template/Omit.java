package dev.hactl.engine.template;

import freemarker.template.TemplateModel;

/**
 * What the name {@code omit} stands for: no value at all, so that a parameter which comes to it is
 * not given. It can be neither printed nor calculated with.
 */
final class Omit implements TemplateModel {
  static final String NAME = "omit";
  static final Omit MODEL = new Omit();

  private Omit() {}
}
