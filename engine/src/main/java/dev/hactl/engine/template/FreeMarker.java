package dev.hactl.engine.template;

import freemarker.core.TemplateClassResolver;
import freemarker.log.Logger;
import freemarker.template.Configuration;
import freemarker.template.SimpleObjectWrapper;
import freemarker.template.TemplateExceptionHandler;
import java.util.Locale;

/**
 * FreeMarker, locked down and strict: numbers for computers, no Java objects, no {@code ?new},
 * errors thrown.
 */
final class FreeMarker {
  private FreeMarker() {}

  /**
   * Made once, when the first text needs it: starting costs nothing for commands that render
   * nothing.
   */
  private static final class Holder {
    static final Configuration CONFIGURATION = create();
  }

  /** The configuration of texts in playbooks. */
  static Configuration configuration() {
    return Holder.CONFIGURATION;
  }

  /** A new configuration, for template files with their own loader. */
  @SuppressWarnings(
      "deprecation") // the only way to keep FreeMarker from looking for logging libraries
  static Configuration create() {
    try {
      Logger.selectLoggerLibrary(Logger.LIBRARY_NONE);
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException("'none' needs no library", e);
    }
    var c = new Configuration(Configuration.VERSION_2_3_34);
    c.setDefaultEncoding("UTF-8");
    c.setLocale(Locale.ROOT);
    c.setNumberFormat("c");
    c.setBooleanFormat("c");
    c.setInterpolationSyntax(Configuration.DOLLAR_INTERPOLATION_SYNTAX);
    c.setTemplateExceptionHandler(TemplateExceptionHandler.RETHROW_HANDLER);
    c.setLogTemplateExceptions(false);
    c.setWrapUncheckedExceptions(true);
    c.setLocalizedLookup(false);
    c.setFallbackOnNullLoopVariable(false);
    c.setNewBuiltinClassResolver(TemplateClassResolver.ALLOWS_NOTHING_RESOLVER);
    c.setAPIBuiltinEnabled(false);
    c.setObjectWrapper(new SimpleObjectWrapper(Configuration.VERSION_2_3_34));
    c.setTemplateUpdateDelayMilliseconds(Long.MAX_VALUE);
    return c;
  }
}
