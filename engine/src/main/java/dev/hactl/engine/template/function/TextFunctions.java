package dev.hactl.engine.template.function;

import dev.hactl.engine.value.Value;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Texts, sizes and versions. */
final class TextFunctions implements Group {
  private static final Pattern PLAIN_WORD = Pattern.compile("[A-Za-z0-9_@%+=:,./-]+");
  private static final Pattern SIZE =
      Pattern.compile("\\s*([0-9]+(?:\\.[0-9]+)?)\\s*([KMGTPE]?)(?:i?B)?\\s*");
  private static final String UNITS = "KMGTPE";
  private static final BigDecimal STEP = BigDecimal.valueOf(1024);
  private static final Map<String, Boolean> TRUTHS =
      Map.of(
          "true", true, "yes", true, "on", true, "1", true, "false", false, "no", false, "off",
          false, "0", false);

  @Override
  public String title() {
    return "Texts, sizes, versions";
  }

  @Override
  public List<FunctionForm> forms() {
    return List.of(
        new FunctionForm(
            "quote",
            "text",
            "one word of a shell text, whatever is in it; a list becomes several words",
            "quote(\"it's\")",
            "\"'it'\\\\''s'\""),
        new FunctionForm(
            "bool",
            "x",
            "true for `yes`, `on`, `true`, `1`, false for their opposites",
            "bool('yes')",
            "true"),
        new FunctionForm(
            "truthy",
            "x",
            "what Ansible takes for true: not false, not 0, not empty, not null",
            "truthy('no') && !truthy([])",
            "true"),
        new FunctionForm(
            "has",
            "all, x",
            "Ansible's `x in all`: whether a list has an item, a mapping a key, a text a part",
            "has('db1.example.org', 'db1')",
            "true"),
        new FunctionForm(
            "human_to_bytes",
            "size",
            "the number of bytes of a size; units are powers of 1024",
            "human_to_bytes('1.5G')",
            "1610612736"),
        new FunctionForm(
            "human_readable",
            "bytes",
            "a size as people write it",
            "human_readable(1610612736)",
            "\"1.50 GB\""),
        new FunctionForm(
            "version",
            "a, operator, b",
            "whether two versions compare so; the operator is one of `<` `<=` `==` `!=` `>=` `>`",
            "version('9.22.1', '>=', '9.3')",
            "true"));
  }

  @Override
  public Value call(String name, Args args) {
    return switch (name) {
      case "quote" ->
          Value.text(
              args.any(0) instanceof Value.Items
                  ? args.texts(0).stream()
                      .map(TextFunctions::quoted)
                      .collect(Collectors.joining(" "))
                  : quoted(args.text(0)));
      case "bool" -> bool(args);
      case "truthy" -> truthy(args.any(0));
      case "has" -> Value.bool(has(args));
      case "human_to_bytes" -> bytes(args);
      case "human_readable" -> Value.text(readable(args.number(0)));
      case "version" -> Value.bool(versions(args));
      default -> throw new IllegalArgumentException(name);
    };
  }

  private static String quoted(String text) {
    return PLAIN_WORD.matcher(text).matches() ? text : "'" + text.replace("'", "'\\''") + "'";
  }

  private static Value bool(Args args) {
    if (args.any(0) instanceof Value.Bool b) {
      return Value.bool(b.value());
    }
    Boolean truth = TRUTHS.get(args.text(0).toLowerCase(Locale.ROOT));
    if (truth == null) {
      throw args.bad(0, "must be true, yes, on, 1, false, no, off or 0");
    }
    return Value.bool(truth);
  }

  private static Value truthy(Value x) {
    return switch (x) {
      case Value.Text t -> Value.bool(!t.text().isEmpty());
      case Value.Num n -> Value.bool(n.number().signum() != 0);
      case Value.Bool b -> Value.bool(b.value());
      case Value.Items i -> Value.bool(!i.items().isEmpty());
      case Value.Dict d -> Value.bool(!d.entries().isEmpty());
      case Value.Nothing n -> Value.bool(false);
      case Value.Unknown u -> u;
    };
  }

  private static boolean has(Args args) {
    return switch (args.any(0)) {
      case Value.Items items ->
          items.items().stream().anyMatch(i -> SetFunctions.same(i, args.any(1)));
      case Value.Dict d -> d.entries().containsKey(args.text(1));
      default -> args.text(0).contains(args.text(1));
    };
  }

  private static Value bytes(Args args) {
    Matcher size = SIZE.matcher(args.text(0).toUpperCase(Locale.ROOT).replace("IB", "B"));
    if (!size.matches()) {
      throw args.bad(0, "must be a number with K, M, G, T, P or E");
    }
    BigDecimal bytes =
        new BigDecimal(size.group(1))
            .multiply(STEP.pow(size.group(2).isEmpty() ? 0 : UNITS.indexOf(size.group(2)) + 1))
            .setScale(0, RoundingMode.HALF_UP);
    return new Value.Num(bytes, false);
  }

  private static String readable(BigDecimal bytes) {
    BigDecimal size = bytes;
    int unit = -1;
    while (size.abs().compareTo(STEP) >= 0 && unit < UNITS.length() - 1) {
      size = size.divide(STEP, MathContext.DECIMAL64);
      unit++;
    }
    return size.setScale(2, RoundingMode.HALF_UP).toPlainString()
        + (unit < 0 ? " Bytes" : " " + UNITS.charAt(unit) + "B");
  }

  private static boolean versions(Args args) {
    String operator =
        args.word(
            1, List.of("<", "<=", "==", "=", "!=", ">=", ">", "lt", "le", "eq", "ne", "ge", "gt"));
    int order = Versions.compare(args.text(0), args.text(2));
    return switch (operator) {
      case "<", "lt" -> order < 0;
      case "<=", "le" -> order <= 0;
      case "!=", "ne" -> order != 0;
      case ">=", "ge" -> order >= 0;
      case ">", "gt" -> order > 0;
      default -> order == 0;
    };
  }
}
