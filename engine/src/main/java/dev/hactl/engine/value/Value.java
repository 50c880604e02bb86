package dev.hactl.engine.value;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Everything a variable can hold. Values are immutable; a secret one stays usable but is never
 * shown.
 *
 * <p>{@code Nothing} is YAML's null and behaves like an absent name in expressions. {@code Unknown}
 * stands for what check mode cannot know (the output of a command that would run); whatever is
 * computed from it is unknown too.
 */
public sealed interface Value {

  /** Whether this value, or anything inside it, must not be shown. */
  boolean secret();

  /** The value as an operator may see it: secrets replaced by a placeholder. */
  String show();

  /** A text. */
  record Text(String text, boolean secret) implements Value {
    @Override
    public String show() {
      return secret ? REDACTED : text;
    }

    @Override
    public String toString() {
      return show();
    }
  }

  /**
   * A number; integral ones print without a fraction.
   *
   * @param exact a {@link Long} where that holds it as it is, otherwise a {@link BigDecimal}: most
   *     runs see small whole numbers only, and save Java the preparation of the other kind
   */
  record Num(Number exact, boolean secret) implements Value {
    /** Whole numbers that a Long holds for sure. */
    private static final Pattern SMALL = Pattern.compile("[0-9]{1,18}");

    /** Digits that are written out. */
    private static final int LONGEST = 1000;

    /** Holds as a Long what one can hold. */
    public Num {
      if (exact instanceof BigDecimal d
          && d.scale() == 0
          && d.unscaledValue().bitLength() < Long.SIZE) {
        exact = d.longValue();
      } else if (!(exact instanceof Long) && !(exact instanceof BigDecimal)) {
        throw new IllegalArgumentException("neither Long nor BigDecimal: " + exact);
      }
    }

    /** The number, to calculate with. */
    public BigDecimal number() {
      return exact instanceof Long whole ? BigDecimal.valueOf(whole) : (BigDecimal) exact;
    }

    /** The number as people write it. */
    public String plain() {
      if (exact instanceof Long whole) {
        return Long.toString(whole);
      }
      BigDecimal number = number();
      if (Math.abs((long) number.scale()) > LONGEST) {
        return number.toString(); // 1E+999999999 has more zeros than there is memory
      }
      BigDecimal stripped = number.stripTrailingZeros();
      return (stripped.scale() < 0 ? stripped.setScale(0) : stripped).toPlainString();
    }

    @Override
    public String show() {
      return secret ? REDACTED : plain();
    }

    @Override
    public String toString() {
      return show();
    }
  }

  /** True or false. */
  record Bool(boolean value, boolean secret) implements Value {
    @Override
    public String show() {
      return secret ? REDACTED : Boolean.toString(value);
    }

    @Override
    public String toString() {
      return show();
    }
  }

  /** A list. */
  record Items(List<Value> items) implements Value {
    /** Copies the list. */
    public Items {
      items = List.copyOf(items);
    }

    @Override
    public boolean secret() {
      return items.stream().anyMatch(Value::secret);
    }

    @Override
    public String show() {
      return items.stream().map(Value::show).collect(Collectors.joining(", ", "[", "]"));
    }

    @Override
    public String toString() {
      return show();
    }
  }

  /** A mapping in the order it was written. */
  record Dict(SequencedMap<String, Value> entries) implements Value {
    /** Copies the map. */
    public Dict {
      entries = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(entries));
    }

    /** The value of a key. */
    public Optional<Value> get(String key) {
      return Optional.ofNullable(entries.get(key));
    }

    @Override
    public boolean secret() {
      return entries.values().stream().anyMatch(Value::secret);
    }

    @Override
    public String show() {
      return entries.entrySet().stream()
          .map(e -> e.getKey() + ": " + e.getValue().show())
          .collect(Collectors.joining(", ", "{", "}"));
    }

    @Override
    public String toString() {
      return show();
    }
  }

  /** YAML's null. */
  record Nothing() implements Value {
    @Override
    public boolean secret() {
      return false;
    }

    @Override
    public String show() {
      return "null";
    }
  }

  /**
   * What cannot be known before the change is made.
   *
   * @param why the reason, e.g. {@code needs the output of 'count' at site.yml:12:5}
   */
  record Unknown(String why) implements Value {
    @Override
    public boolean secret() {
      return false;
    }

    @Override
    public String show() {
      return "(unknown)";
    }
  }

  /** What is shown in place of a secret. */
  String REDACTED = "<secret>";

  /** A text that may be shown. */
  static Text text(String text) {
    return new Text(text, false);
  }

  /** An integral number. */
  static Num number(long number) {
    return new Num(number, false);
  }

  /**
   * A number as YAML 1.2 writes it: decimal, {@code 0o17} or {@code 0xff}; throws {@link
   * NumberFormatException} for anything else.
   */
  static Num number(String text) {
    if (text.startsWith("0o")) {
      return new Num(new BigDecimal(new BigInteger(text.substring(2), 8)), false);
    }
    if (text.startsWith("0x")) {
      return new Num(new BigDecimal(new BigInteger(text.substring(2), 16)), false);
    }
    return Num.SMALL.matcher(text).matches()
        ? number(Long.parseLong(text))
        : new Num(new BigDecimal(text), false);
  }

  /** True or false. */
  static Bool bool(boolean value) {
    return new Bool(value, false);
  }

  /** A list of texts. */
  static Items texts(List<String> texts) {
    return new Items(texts.stream().map(t -> (Value) text(t)).toList());
  }

  /** A mapping. */
  static Dict dict(Map<String, Value> entries) {
    return new Dict(new LinkedHashMap<>(entries));
  }

  /** Whether anything in the value, however deep, is not known yet. */
  static boolean holdsUnknown(Value value) {
    return switch (value) {
      case Unknown u -> true;
      case Items i -> i.items().stream().anyMatch(Value::holdsUnknown);
      case Dict d -> d.entries().values().stream().anyMatch(Value::holdsUnknown);
      case Text t -> false;
      case Num n -> false;
      case Bool b -> false;
      case Nothing n -> false;
    };
  }

  /** The same value with every leaf marked secret, or unchanged. */
  static Value tainted(Value value, boolean secret) {
    if (!secret) {
      return value;
    }
    return switch (value) {
      case Text t -> new Text(t.text(), true);
      case Num n -> new Num(n.exact(), true);
      case Bool b -> new Bool(b.value(), true);
      case Items i -> new Items(i.items().stream().map(v -> tainted(v, true)).toList());
      case Dict d -> {
        var copy = new LinkedHashMap<String, Value>();
        d.entries().forEach((k, v) -> copy.put(k, tainted(v, true)));
        yield new Dict(copy);
      }
      case Nothing n -> n;
      case Unknown u -> u;
    };
  }

  /** What a reader would call the type: text, number, boolean, list, mapping, nothing, unknown. */
  static String describe(Value value) {
    return switch (value) {
      case Text t -> "text";
      case Num n -> "number";
      case Bool b -> "boolean";
      case Items i -> "list";
      case Dict d -> "mapping";
      case Nothing n -> "nothing";
      case Unknown u -> "unknown";
    };
  }
}
