package dev.hactl.engine.template.function;

import dev.hactl.engine.value.Value;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The arguments of one call, read with the types that the function wants. */
final class Args {
  private final FunctionForm form;
  private final List<@Nullable Value> values;
  private final Surroundings around;

  Args(FunctionForm form, List<@Nullable Value> values, Surroundings around) {
    this.form = form;
    this.values = values;
    this.around = around;
  }

  int count() {
    return values.size();
  }

  boolean has(int i) {
    return i < values.size();
  }

  Surroundings around() {
    return around;
  }

  /** Any value. */
  Value any(int i) {
    Value value = values.get(i);
    return value == null ? new Value.Nothing() : value;
  }

  /** A text; a number stands for its digits. */
  String text(int i) {
    return switch (any(i)) {
      case Value.Text t -> t.text();
      case Value.Num n -> n.plain();
      case Value v -> throw wrong(i, "a text", v);
    };
  }

  String text(int i, String otherwise) {
    return has(i) ? text(i) : otherwise;
  }

  BigDecimal number(int i) {
    return switch (any(i)) {
      case Value.Num n -> n.number();
      case Value v -> throw wrong(i, "a number", v);
    };
  }

  /** A whole number of a range. */
  int whole(int i, int least, int most) {
    BigDecimal number = number(i);
    if (number.stripTrailingZeros().scale() > 0
        || number.compareTo(BigDecimal.valueOf(least)) < 0
        || number.compareTo(BigDecimal.valueOf(most)) > 0) {
      throw bad(i, "must be a whole number from " + least + " to " + most);
    }
    return number.intValueExact();
  }

  int whole(int i, int least, int most, int otherwise) {
    return has(i) ? whole(i, least, most) : otherwise;
  }

  List<Value> list(int i) {
    return switch (any(i)) {
      case Value.Items items -> items.items();
      case Value v -> throw wrong(i, "a list", v);
    };
  }

  /** A list of texts. */
  List<String> texts(int i) {
    return list(i).stream()
        .map(v ->
            switch (v) {
              case Value.Text t -> t.text();
              case Value.Num n -> n.plain();
              case Value other -> throw wrong(i, "a list of texts", other);
            })
        .toList();
  }

  Value.Dict dict(int i) {
    return switch (any(i)) {
      case Value.Dict d -> d;
      case Value v -> throw wrong(i, "a mapping", v);
    };
  }

  /** One of several words. */
  String word(int i, List<String> words) {
    String word = text(i);
    if (!words.contains(word)) {
      throw bad(i, "must be one of " + String.join(", ", words));
    }
    return word;
  }

  private BadCall wrong(int i, String wanted, Value is) {
    return bad(i, "must be " + wanted + ", this is " + article(Value.describe(is)));
  }

  private static String article(String type) {
    return type.equals("nothing") || type.equals("unknown") ? type : "a " + type;
  }

  /**
   * An error about an argument; the argument itself is not quoted: it may be secret.
   *
   * @param must what it must be
   */
  BadCall bad(int i, String must) {
    return bad(i, must, "for example " + form.example());
  }

  /** An error about an argument with advice. */
  BadCall bad(int i, String must, String advice) {
    List<String> names = form.names();
    String name = names.get(Math.min(i, names.size() - 1));
    return new BadCall(i, "'" + name + "' of '" + form.signature() + "' " + must, advice);
  }
}
