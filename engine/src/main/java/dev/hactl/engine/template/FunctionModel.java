package dev.hactl.engine.template;

import dev.hactl.engine.template.function.BadCall;
import dev.hactl.engine.template.function.Functions;
import dev.hactl.engine.template.function.Surroundings;
import dev.hactl.engine.value.Value;
import freemarker.template.TemplateMethodModelEx;
import freemarker.template.TemplateModel;
import freemarker.template.TemplateModelException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A function as FreeMarker calls it. */
final class FunctionModel implements TemplateMethodModelEx {
  private final Functions function;
  private final Models models;
  private final Surroundings around;

  private FunctionModel(Functions function, Models models, Surroundings around) {
    this.function = function;
    this.models = models;
    this.around = around;
  }

  /** The model of a function; null when there is none of this name. */
  static @Nullable TemplateModel of(String name, Models models, Surroundings around) {
    Functions function = Functions.find(name);
    return function == null ? null : new FunctionModel(function, models, around);
  }

  /** A call that the function refused. */
  static final class Refused extends TemplateModelException {
    private static final long serialVersionUID = 1L;
    private final String name;
    private final transient List<@Nullable Value> values;
    private final BadCall why;

    Refused(String name, List<@Nullable Value> values, BadCall why) {
      super(String.valueOf(why.getMessage()));
      this.name = name;
      this.values = values;
      this.why = why;
    }

    String name() {
      return name;
    }

    List<@Nullable Value> values() {
      return values;
    }

    BadCall why() {
      return why;
    }
  }

  @Override
  public @Nullable Object exec(@SuppressWarnings("rawtypes") List arguments)
      throws TemplateModelException {
    var values = new ArrayList<@Nullable Value>();
    for (Object argument : arguments) {
      Value value = argument == null ? null : models.unwrap((TemplateModel) argument);
      if (value != null) {
        requireKnown(value);
      }
      values.add(value);
    }
    String name = function.form().name();
    int absent = values.indexOf(null);
    try {
      if (absent >= 0) {
        throw new BadCall(absent, "", "");
      }
      Value result = function.call(values, around);
      if (result == null) {
        // That there is none may tell something, too.
        models.touch(values.stream().anyMatch(v -> v != null && v.secret()));
      }
      return result == null ? null : models.wrap(result);
    } catch (BadCall e) {
      throw new Refused(name, values, e);
    }
  }

  /** What rests on something unknown, however deep it lies, is unknown. */
  private static void requireKnown(Value value) throws UnknownAccess {
    switch (value) {
      case Value.Unknown u -> throw new UnknownAccess(u.why());
      case Value.Items i -> {
        for (Value item : i.items()) {
          requireKnown(item);
        }
      }
      case Value.Dict d -> {
        for (Map.Entry<String, Value> e : d.entries().entrySet()) {
          requireKnown(e.getValue());
        }
      }
      case Value.Text t -> {}
      case Value.Num n -> {}
      case Value.Bool b -> {}
      case Value.Nothing n -> {}
    }
  }
}
