package dev.hactl.engine.template;

import dev.hactl.engine.template.function.Surroundings;
import dev.hactl.engine.value.Value;
import freemarker.template.TemplateHashModel;
import freemarker.template.TemplateModel;
import freemarker.template.TemplateModelException;
import freemarker.template.TemplateScalarModel;
import org.jspecify.annotations.Nullable;

/**
 * The names of a host as FreeMarker's root, with the functions that the text calls.
 *
 * @param called what the text calls
 */
record HostRoot(Models models, Names names, Called called, Surroundings around)
    implements TemplateHashModel {

  /** Tells a function from a variable of the same name. */
  interface Called {
    /** Whether the text at work calls this name. */
    boolean calls(String name);
  }

  @Override
  public @Nullable TemplateModel get(String key) throws TemplateModelException {
    if (called.calls(key)) {
      return FunctionModel.of(key, models, around);
    }
    Value value = names.get(key).orElse(null);
    return value == null ? own(key) : models.wrap(value);
  }

  /** What hactl itself defines. */
  private @Nullable TemplateModel own(String key) {
    return switch (key) {
      case Omit.NAME -> Omit.MODEL;
      case VaultTemplates.NAME -> {
        models.touch(true);
        yield TemplateScalarModel.EMPTY_STRING;
      }
      default -> null;
    };
  }

  @Override
  public boolean isEmpty() {
    return false;
  }
}
