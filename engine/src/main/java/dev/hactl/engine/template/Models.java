package dev.hactl.engine.template;

import dev.hactl.engine.value.Value;
import freemarker.template.TemplateBooleanModel;
import freemarker.template.TemplateCollectionModel;
import freemarker.template.TemplateHashModelEx;
import freemarker.template.TemplateModel;
import freemarker.template.TemplateModelException;
import freemarker.template.TemplateModelIterator;
import freemarker.template.TemplateNumberModel;
import freemarker.template.TemplateScalarModel;
import freemarker.template.TemplateSequenceModel;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Shows values to FreeMarker and reads its results back. FreeMarker sees texts, numbers, booleans,
 * lists and mappings and no Java object at all, so an expression cannot reach into the program.
 */
final class Models {
  private final Taint taint;
  private int items;

  Models(Taint taint) {
    this.taint = taint;
  }

  /** Something was read, perhaps secret. */
  void touch(boolean secret) {
    taint.touch(secret);
  }

  @Nullable TemplateModel wrap(Value value) throws TemplateModelException {
    return switch (value) {
      case Value.Text t -> new TextModel(t);
      case Value.Num n -> new NumModel(n);
      case Value.Bool b -> new BoolModel(b);
      case Value.Items i -> new ItemsModel(i);
      case Value.Dict d -> new DictModel(d);
      case Value.Nothing n -> null;
      case Value.Unknown u -> throw new UnknownAccess(u.why());
    };
  }

  /**
   * The value of an expression's result; what FreeMarker computed itself is secret when something
   * secret was read.
   */
  Value unwrap(@Nullable TemplateModel model) throws TemplateModelException {
    return switch (model) {
      case null -> new Value.Nothing();
      case Held held -> held.held();
      case Omit omit -> new Value.Nothing();
      case TemplateNumberModel n -> number(n.getAsNumber());
      case TemplateBooleanModel b -> new Value.Bool(b.getAsBoolean(), taint.touched());
      case TemplateScalarModel s -> new Value.Text(s.getAsString(), taint.touched());
      case TemplateSequenceModel s -> {
        List<Value> items = new ArrayList<>();
        for (int i = 0; i < s.size(); i++) {
          items.add(unwrap(s.get(i)));
          count();
        }
        yield new Value.Items(items);
      }
      case TemplateHashModelEx h -> dict(h);
      case TemplateCollectionModel c -> {
        List<Value> items = new ArrayList<>();
        for (TemplateModelIterator all = c.iterator(); all.hasNext(); ) {
          items.add(unwrap(all.next()));
          count();
        }
        yield new Value.Items(items);
      }
      default ->
          throw new TemplateModelException(
              "the result is neither text, number, boolean, list nor mapping");
    };
  }

  /** One more item of a result. */
  private void count() throws TemplateModelException {
    if (++items > Limits.ITEMS) {
      throw new TemplateModelException(
          "the result has more than " + Limits.ITEMS + " items: does it grow for ever?");
    }
  }

  private Value dict(TemplateHashModelEx h) throws TemplateModelException {
    var entries = new LinkedHashMap<String, Value>();
    for (TemplateModelIterator keys = h.keys().iterator(); keys.hasNext(); ) {
      if (keys.next() instanceof TemplateScalarModel key) {
        entries.put(key.getAsString(), unwrap(h.get(key.getAsString())));
      }
    }
    return new Value.Dict(entries);
  }

  private Value number(Number n) {
    BigDecimal decimal = n instanceof BigDecimal d ? d : new BigDecimal(n.toString());
    return new Value.Num(decimal, taint.touched());
  }

  /** A model of ours: hands its value back untouched. */
  private interface Held extends TemplateModel {
    Value held();
  }

  private final class TextModel implements TemplateScalarModel, Held {
    private final Value.Text text;

    TextModel(Value.Text text) {
      this.text = text;
    }

    @Override
    public String getAsString() {
      taint.touch(text.secret());
      return text.text();
    }

    @Override
    public Value held() {
      return text;
    }
  }

  private final class NumModel implements TemplateNumberModel, Held {
    private final Value.Num num;

    NumModel(Value.Num num) {
      this.num = num;
    }

    @Override
    public Number getAsNumber() {
      taint.touch(num.secret());
      return num.number();
    }

    @Override
    public Value held() {
      return num;
    }
  }

  private final class BoolModel implements TemplateBooleanModel, Held {
    private final Value.Bool bool;

    BoolModel(Value.Bool bool) {
      this.bool = bool;
    }

    @Override
    public boolean getAsBoolean() {
      taint.touch(bool.secret());
      return bool.value();
    }

    @Override
    public Value held() {
      return bool;
    }
  }

  private final class ItemsModel implements TemplateSequenceModel, Held {
    private final Value.Items items;

    ItemsModel(Value.Items items) {
      this.items = items;
    }

    @Override
    public @Nullable TemplateModel get(int index) throws TemplateModelException {
      return index < 0 || index >= items.items().size() ? null : wrap(items.items().get(index));
    }

    @Override
    public int size() {
      return items.items().size();
    }

    @Override
    public Value held() {
      return items;
    }
  }

  private final class DictModel implements TemplateHashModelEx, Held {
    private final Value.Dict dict;

    DictModel(Value.Dict dict) {
      this.dict = dict;
    }

    @Override
    public @Nullable TemplateModel get(String key) throws TemplateModelException {
      Value value = dict.entries().get(key);
      return value == null ? null : wrap(value);
    }

    @Override
    public int size() {
      return dict.entries().size();
    }

    @Override
    public boolean isEmpty() {
      return dict.entries().isEmpty();
    }

    @Override
    public TemplateCollectionModel keys() {
      return collection(dict.entries().keySet().stream().map(k -> (Value) Value.text(k)).toList());
    }

    @Override
    public TemplateCollectionModel values() {
      return collection(List.copyOf(dict.entries().values()));
    }

    @Override
    public Value held() {
      return dict;
    }
  }

  private TemplateCollectionModel collection(List<Value> values) {
    return () -> {
      Iterator<Value> all = values.iterator();
      return new TemplateModelIterator() {
        @Override
        public @Nullable TemplateModel next() throws TemplateModelException {
          return wrap(all.next());
        }

        @Override
        public boolean hasNext() {
          return all.hasNext();
        }
      };
    };
  }
}
