package dev.hactl.engine.module;

import dev.hactl.engine.value.Value;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The typed parameters of a module. Binding, documentation, JSON Schema and lint all read this one
 * description.
 *
 * <pre>{@code
 * var form = Form.builder();
 * var path = form.required("path", Types.PATH, "The file or directory.", "dest");
 * var mode = form.optional("mode", Types.MODE, "Permissions.");
 * return form.into(a -> new Params(a.get(path), a.get(mode)));
 * }</pre>
 *
 * @param <P> what a filled form becomes
 */
public final class Form<P> {
  private final List<Field<?>> fields;
  private final Optional<String> freeForm;
  private final boolean open;
  private final List<List<String>> exclusive;
  private final List<List<String>> oneOf;
  private final Function<Filled, P> into;
  private final Map<String, Field<?>> byName = new HashMap<>();

  private Form(Builder builder, Function<Filled, P> into) {
    this.fields = List.copyOf(builder.fields);
    this.freeForm = builder.freeForm;
    this.open = builder.open;
    this.exclusive = List.copyOf(builder.exclusive);
    this.oneOf = List.copyOf(builder.oneOf);
    this.into = into;
    for (Field<?> field : fields.reversed()) {
      field.aliases().forEach(alias -> byName.put(alias, field));
      byName.put(field.name(), field);
    }
  }

  /** Starts a form. */
  public static Builder builder() {
    return new Builder();
  }

  /** The parameters in the order they were described. */
  public List<Field<?>> fields() {
    return fields;
  }

  /** The parameter that a task's plain text stands for ({@code command: ls}). */
  public Optional<String> freeForm() {
    return freeForm;
  }

  /** Whether names are free, as in {@code set_fact}. */
  public boolean open() {
    return open;
  }

  /** Sets of parameters of which at most one may be given. */
  public List<List<String>> exclusive() {
    return exclusive;
  }

  /** Sets of parameters of which at least one must be given. */
  public List<List<String>> oneOf() {
    return oneOf;
  }

  /** The parameter of a name or alias. */
  public Optional<Field<?>> field(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  /**
   * Makes the parameters of a filled form; throws {@link BadValue} when they do not go together.
   */
  public P make(Filled filled) {
    return into.apply(filled);
  }

  /** A form with every value converted. */
  public static final class Filled {
    private final Map<String, Object> values;
    private final Map<String, Value> free;

    /** Values by parameter name, and the free ones of an open form. */
    public Filled(Map<String, Object> values, Map<String, Value> free) {
      this.values = new HashMap<>(values);
      this.free = Collections.unmodifiableMap(new LinkedHashMap<>(free));
    }

    /** A required parameter. */
    public <T> T get(Required<T> field) {
      return cast(Objects.requireNonNull(values.get(field.name)));
    }

    /** An optional parameter. */
    public <T> Optional<T> get(Maybe<T> field) {
      return Optional.ofNullable(cast(values.get(field.name)));
    }

    /** A parameter with a default. */
    public <T> T get(Defaulted<T> field) {
      T value = cast(values.get(field.name));
      return value == null ? field.fallback : value;
    }

    /** What was given under free names, in order. */
    public Map<String, Value> free() {
      return free;
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals", "NullAway"})
    private static <T extends @Nullable Object> T cast(@Nullable Object value) {
      return (T) value;
    }
  }

  /** Handle of a required parameter. */
  @SuppressWarnings("UnusedTypeParameter") // the handle carries the type to Filled.get
  public static final class Required<T> {
    private final String name;

    private Required(String name) {
      this.name = name;
    }
  }

  /** Handle of an optional parameter. */
  @SuppressWarnings("UnusedTypeParameter") // the handle carries the type to Filled.get
  public static final class Maybe<T> {
    private final String name;

    private Maybe(String name) {
      this.name = name;
    }
  }

  /** Handle of a parameter with a default. */
  public static final class Defaulted<T> {
    private final String name;
    private final T fallback;

    private Defaulted(String name, T fallback) {
      this.name = name;
      this.fallback = fallback;
    }
  }

  /** Collects parameters. */
  public static final class Builder {
    private final List<Field<?>> fields = new ArrayList<>();
    private final List<List<String>> exclusive = new ArrayList<>();
    private final List<List<String>> oneOf = new ArrayList<>();
    private Optional<String> freeForm = Optional.empty();
    private boolean open;

    private Builder() {}

    private <T> void add(
        String name,
        Type<T> type,
        boolean required,
        Optional<String> fallback,
        String text,
        List<String> aliases) {
      fields.add(new Field<>(name, aliases, type, required, fallback, text, false));
    }

    /** A parameter that must be given. */
    public <T> Required<T> required(
        String name, Type<T> type, String description, String... aliases) {
      add(name, type, true, Optional.empty(), description, Arrays.asList(aliases));
      return new Required<>(name);
    }

    /** A parameter that may be left out. */
    public <T> Maybe<T> optional(String name, Type<T> type, String description, String... aliases) {
      add(name, type, false, Optional.empty(), description, Arrays.asList(aliases));
      return new Maybe<>(name);
    }

    /** A parameter with a default. */
    public <T> Defaulted<T> optional(
        String name, Type<T> type, T fallback, String description, String... aliases) {
      String shown =
          fallback instanceof Enum<?> e ? Types.word(e) : String.valueOf(shown(fallback));
      add(name, type, false, Optional.of(shown), description, Arrays.asList(aliases));
      return new Defaulted<>(name, fallback);
    }

    /**
     * A text with a default. It has a name of its own because {@link #optional} would take the
     * default for a description.
     */
    public Defaulted<String> optionalText(
        String name, String fallback, String description, String... aliases) {
      add(name, Types.TEXT, false, Optional.of(fallback), description, Arrays.asList(aliases));
      return new Defaulted<>(name, fallback);
    }

    /** A text with a default. */
    public Defaulted<String> text(
        String name, String fallback, String description, String... aliases) {
      add(name, Types.TEXT, false, Optional.of(fallback), description, Arrays.asList(aliases));
      return new Defaulted<>(name, fallback);
    }

    private static Object shown(Object fallback) {
      if (!(fallback instanceof Duration d)) {
        return fallback;
      }
      return java.math.BigDecimal.valueOf(d.toMillis(), 3).stripTrailingZeros().toPlainString();
    }

    /**
     * Marks the last parameter as secret: its value never reaches an output, a diff or the journal.
     */
    public Builder secret() {
      Field<?> last = fields.removeLast();
      fields.add(secretOf(last));
      return this;
    }

    private static <T> Field<T> secretOf(Field<T> f) {
      return new Field<>(
          f.name(), f.aliases(), f.type(), f.required(), f.fallback(), f.description(), true);
    }

    /** The parameter that plain text stands for. */
    public Builder freeForm(String name) {
      freeForm = Optional.of(name);
      return this;
    }

    /** Takes any further names; see {@link Filled#free}. */
    public Builder open() {
      open = true;
      return this;
    }

    /** At most one of these. */
    public Builder atMostOne(String... names) {
      exclusive.add(List.of(names));
      return this;
    }

    /** At least one of these. */
    public Builder atLeastOne(String... names) {
      oneOf.add(List.of(names));
      return this;
    }

    /** The finished form. */
    public <P> Form<P> into(Function<Filled, P> make) {
      return new Form<>(this, make);
    }
  }
}
