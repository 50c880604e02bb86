package dev.hactl.engine.module;

import dev.hactl.engine.source.Near;
import dev.hactl.engine.source.Node;
import dev.hactl.engine.value.Value;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The types that forms are made of. */
public final class Types {
  private Types() {}

  /** Text; numbers and booleans are taken as they print. */
  public static final Type.Plain<String> TEXT = plain("text", "string", Types::text);

  /**
   * Text that programs get in their words, such as the name of a user: every user of a host can
   * read those, so a secret is refused.
   */
  public static final Type.Plain<String> NAME = plain("name", "string", Types::text).openly();

  /** Any value as it is. */
  public static final Type.Plain<Value> ANY = plain("any", "", v -> v);

  /** True or false; {@code yes no on off} count. */
  public static final Type.Plain<Boolean> BOOL = plain("boolean", "boolean", Types::bool);

  /** A whole number. */
  public static final Type.Plain<Long> INTEGER = plain("integer", "integer", Types::integer);

  /** A number of seconds; fractions are fine. */
  public static final Type.Plain<Duration> SECONDS = plain("seconds", "number", Types::seconds);

  /** An absolute path on the host, without a trailing slash. */
  public static final Type.Plain<String> PATH =
      plain("path", "string", v -> path(text(v))).openly();

  /** A list of texts; a single text is a list of one. */
  public static final Type.Plain<List<String>> TEXTS =
      plain("list of texts", "array", Types::texts);

  /** A list of names; one text may hold several, separated by commas. */
  public static final Type.Plain<List<String>> NAMES =
      plain("list of names", "array", v -> texts(v).stream().flatMap(Types::commas).toList())
          .openly();

  /** A mapping. */
  public static final Type.Plain<SequencedMap<String, Value>> DICT =
      plain("mapping", "object", Types::dict);

  /** A file mode: octal digits in quotes, or symbolic ({@code u=rw,g=r}). */
  public static final Type.Plain<Mode> MODE =
      new Type.Plain<>(
          "mode", "string", List.of(), Types::quotedMode, v -> Mode.parse(text(v)), true);

  /** One expression. */
  public static final Type<Condition> EXPRESSION = new Type.Expression();

  /** Expressions. */
  public static final Type<List<Condition>> EXPRESSIONS = new Type.Expressions();

  /** A file on the controller. */
  public static final Type<Content> LOCAL_FILE = new Type.LocalFile();

  /** A file on the controller and its arguments. */
  public static final Type<Invocation> LOCAL_COMMAND = new Type.LocalCommand();

  /** A file or folder on the controller, or a path of the host when another parameter says so. */
  public static final Type<SourceName> SOURCE = new Type.Source();

  /** A template on the controller. */
  public static final Type<Content> TEMPLATE = new Type.Template();

  /** A type of one's own that reads rendered values. */
  public static <T> Type.Plain<T> plain(String name, String json, Function<Value, T> convert) {
    return new Type.Plain<>(name, json, List.of(), written -> {}, convert);
  }

  /** One of an enum's constants, written in lower case. */
  public static <E extends Enum<E>> Type.Plain<E> oneOf(Class<E> kind) {
    E[] constants = kind.getEnumConstants();
    List<String> words = Arrays.stream(constants).map(Types::word).toList();
    return new Type.Plain<>(
        "one of " + String.join(", ", words),
        "string",
        words,
        written -> {},
        v -> constants[index(words, v)]);
  }

  /** A list of values of one type; a single value is a list of one. */
  public static <T> Type.Plain<List<T>> listOf(Type.Plain<T> of) {
    return plain(
        "list of " + of.name(),
        "array",
        v ->
            v instanceof Value.Items items
                ? items.items().stream().map(of.convert()).toList()
                : List.of(of.convert().apply(v)));
  }

  /** How an enum constant is written in a playbook. */
  public static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace("__", "-");
  }

  private static int index(List<String> words, Value v) {
    // YAML 1.2 reads an unquoted true as a boolean; 'yes' stays text. Both may be the word that is
    // wanted.
    String word = text(v);
    int index = words.indexOf(word);
    if (index < 0) {
      throw new BadValue(
          "'" + v.show() + "' is not one of " + String.join(", ", words),
          Near.hint(word, words).orElse(""));
    }
    return index;
  }

  static String text(Value v) {
    return switch (v) {
      case Value.Text t -> t.text();
      case Value.Num n -> n.plain();
      case Value.Bool b -> Boolean.toString(b.value());
      case Value.Nothing n ->
          throw new BadValue("a value is missing", "give a text, or '' for an empty one");
      case Value.Items i -> throw new BadValue("text is wanted, this is a list");
      case Value.Dict d -> throw new BadValue("text is wanted, this is a mapping");
      case Value.Unknown u -> throw new Evaluation.Missing(u.why());
    };
  }

  private static boolean bool(Value v) {
    return switch (v) {
      case Value.Bool b -> b.value();
      case Value.Text t ->
          switch (t.text().toLowerCase(Locale.ROOT)) {
            case "yes", "true", "on" -> true;
            case "no", "false", "off" -> false;
            default -> throw new BadValue("true or false is wanted, this is '" + t.show() + "'");
          };
      case Value.Unknown u -> throw new Evaluation.Missing(u.why());
      case Value.Num n ->
          throw new BadValue("true or false is wanted, this is the number " + n.show());
      case Value.Items i -> throw new BadValue("true or false is wanted, this is a list");
      case Value.Dict d -> throw new BadValue("true or false is wanted, this is a mapping");
      case Value.Nothing n -> throw new BadValue("true or false is wanted, nothing is given");
    };
  }

  private static long integer(Value v) {
    if (v instanceof Value.Unknown u) {
      throw new Evaluation.Missing(u.why());
    }
    try {
      return v instanceof Value.Num n
          ? n.exact() instanceof Long whole ? whole : n.number().longValueExact()
          : Long.parseLong(text(v).strip());
    } catch (ArithmeticException | NumberFormatException e) {
      throw new BadValue("a whole number is wanted, this is '" + v.show() + "'");
    }
  }

  private static Duration seconds(Value v) {
    String text = text(v).strip();
    try {
      double seconds = Double.parseDouble(text);
      if (seconds < 0 || seconds > 1e9) {
        throw new BadValue(
            "between 0 and 1000000000 seconds are wanted, this is '" + v.show() + "'");
      }
      return Duration.ofMillis(Math.round(seconds * 1000));
    } catch (NumberFormatException e) {
      throw new BadValue("a number of seconds is wanted, this is '" + v.show() + "'");
    }
  }

  private static String path(String text) {
    if (!text.startsWith("/")) {
      throw new BadValue("an absolute path is wanted, this is '" + text + "'", "begin it with '/'");
    }
    if (text.indexOf('\n') >= 0 || text.indexOf('\0') >= 0) {
      throw new BadValue("a path must not hold a line break");
    }
    String single = text.replaceAll("/{2,}", "/");
    return single.length() > 1 && single.endsWith("/")
        ? single.substring(0, single.length() - 1)
        : single;
  }

  private static List<String> texts(Value v) {
    return switch (v) {
      case Value.Items items -> items.items().stream().map(Types::text).toList();
      case Value.Nothing n -> List.of();
      case Value.Text t -> List.of(t.text());
      case Value.Num n -> List.of(text(n));
      case Value.Bool b -> List.of(text(b));
      case Value.Dict d -> throw new BadValue("a list is wanted, this is a mapping");
      case Value.Unknown u -> throw new Evaluation.Missing(u.why());
    };
  }

  private static Stream<String> commas(String text) {
    var names = new ArrayList<String>();
    for (String name : text.split(",", -1)) {
      String stripped = name.strip();
      if (!stripped.isEmpty()) {
        names.add(stripped);
      }
    }
    return names.stream();
  }

  private static SequencedMap<String, Value> dict(Value v) {
    return switch (v) {
      case Value.Dict d -> d.entries();
      case Value.Unknown u -> throw new Evaluation.Missing(u.why());
      default -> throw new BadValue("a mapping is wanted, this is a " + Value.describe(v));
    };
  }

  private static final Pattern DIGITS = Pattern.compile("[0-9]+");

  private static void quotedMode(Node.Scalar scalar) {
    if (scalar.plain()
        && (scalar.kind() == Node.Kind.INTEGER || DIGITS.matcher(scalar.text()).matches())) {
      String digits = scalar.text().startsWith("0o") ? scalar.text().substring(2) : scalar.text();
      String four = digits.length() == 3 ? "0" + digits : digits;
      throw new BadValue(
          "an unquoted mode is a number to YAML, and "
              + scalar.text()
              + " would not mean what it looks like",
          "write '" + four + "' in quotes");
    }
  }
}
