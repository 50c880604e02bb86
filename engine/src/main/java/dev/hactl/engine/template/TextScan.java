package dev.hactl.engine.template;

import dev.hactl.engine.source.Place;
import dev.hactl.engine.template.function.Functions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the names that a text or template refers to; see {@link ExpressionScan}. */
final class TextScan implements ExpressionScan.Found {
  private static final Pattern NAME = Pattern.compile("[A-Za-z_$@][\\w$@]*");
  private static final Pattern ASSIGNED =
      Pattern.compile("([A-Za-z_$@][\\w$@]*)\\s*(=(?!=)|[-+*/%]=|\\+\\+|--)");
  private static final Pattern LOOP =
      Pattern.compile("(?s)(.*)\\bas\\s+([\\w$@]+)(?:\\s*,\\s*([\\w$@]+))?\\s*");
  private static final Pattern LITERAL =
      Pattern.compile("\\s*[\"']([^\"'$]+)[\"'].*", Pattern.DOTALL);
  private static final Set<String> EXPRESSIONS =
      Set.of(
          "if", "elseif", "switch", "case", "on", "nested", "return", "stop", "visit", "recurse");

  private final String text;
  private final IntFunction<Place> places;
  private final Map<String, Supplier<Place>> needed = new LinkedHashMap<>();
  private final Set<String> optional = new LinkedHashSet<>();
  private final Set<String> own = new LinkedHashSet<>();
  private final List<String> included = new ArrayList<>();
  private final List<Call> calls = new ArrayList<>();
  private final List<Odd> oddities = new ArrayList<>();

  /** Whether names may be defined or missed in ways that cannot be told from the text. */
  private boolean open;

  private TextScan(String text, IntFunction<Place> places) {
    this.text = text;
    this.places = places;
  }

  /**
   * The names in a text.
   *
   * @param mentions its own
   * @param included the templates that it includes
   * @param calls what it calls, functions of its own among them
   * @param oddities what does not belong into an expression
   * @param open whether it takes names from other templates
   */
  record Result(
      Mentions mentions,
      List<String> included,
      List<Call> calls,
      List<Odd> oddities,
      boolean open) {}

  /** Something that does not belong into an expression. */
  record Odd(ExpressionScan.Oddity kind, String word, int offset) {}

  /**
   * Scans a text.
   *
   * @param places where an offset of it stands in the user's file
   */
  static Result text(String text, IntFunction<Place> places) {
    var scan = new TextScan(text, places);
    scan.run();
    return scan.result();
  }

  /** Scans a text that is one expression. */
  static Result expression(String text, int from, int to, IntFunction<Place> places) {
    var scan = new TextScan(text, places);
    ExpressionScan.scan(text, from, to, scan);
    return scan.result();
  }

  private Result result() {
    return new Result(
        new Mentions(open ? Map.of() : needed, optional, own),
        List.copyOf(included),
        List.copyOf(calls),
        List.copyOf(oddities),
        open);
  }

  @Override
  public void call(String name, int offset, int opens) {
    calls.add(Call.at(text, name, offset, opens));
    if (Functions.find(name) == null) {
      name(name, offset, false);
    }
  }

  @Override
  public void oddity(ExpressionScan.Oddity oddity, String word, int offset) {
    oddities.add(new Odd(oddity, word, offset));
  }

  @Override
  public void name(String name, int offset, boolean tolerant) {
    if (name.equals(Omit.NAME)) {
      return;
    }
    if (tolerant) {
      optional.add(name);
    } else if (!needed.containsKey(name)) {
      needed.put(name, () -> places.apply(offset));
    }
  }

  @Override
  public void own(String name) {
    own.add(name);
  }

  private void run() {
    for (int i = 0; i < text.length(); i++) {
      if (text.startsWith("<#--", i)) {
        i = after("-->", i) - 1;
      } else if (text.startsWith("<#noparse>", i)) {
        i = after("</#noparse>", i) - 1;
      } else if (text.startsWith("${", i)) {
        int close = Brackets.close(text, i + 1, text.length());
        ExpressionScan.scan(text, i + 2, close, this);
        i = close;
      } else if (text.startsWith("<#", i) || text.startsWith("<@", i)) {
        i = tag(i);
      }
    }
  }

  private int after(String mark, int from) {
    int at = text.indexOf(mark, from);
    return at < 0 ? text.length() : at + mark.length();
  }

  private int tag(int start) {
    int end = Brackets.endOfTag(text, start);
    Matcher name = NAME.matcher(text).region(start + 2, end);
    if (name.lookingAt()) {
      int to = end > start && text.charAt(end - 1) == '/' ? end - 1 : end;
      if (text.charAt(start + 1) == '@') {
        name(name.group(), name.start(), false);
        call(name.end(), to);
      } else {
        directive(name.group(), name.end(), to);
      }
    }
    return end;
  }

  /** Arguments by name are no names of variables, and what follows a semicolon is defined. */
  private void call(int from, int to) {
    int loop = text.indexOf(';', from);
    int end = loop >= 0 && loop < to ? loop : to;
    names(end, to);
    values(from, end, false);
  }

  private void directive(String name, int from, int to) {
    if (EXPRESSIONS.contains(name)) {
      ExpressionScan.scan(text, from, to, this);
      return;
    }
    switch (name) {
      case "assign", "global", "local" -> values(from, to, true);
      case "list", "items" -> loop(from, to);
      case "macro", "function" -> names(from, to);
      case "include" -> include(from, to);
      // What these bring in or catch cannot be told from the text.
      case "import", "attempt", "escape", "ftl" -> open = true;
      default -> {}
    }
  }

  private void include(int from, int to) {
    Matcher literal = LITERAL.matcher(text).region(from, to);
    if (literal.matches()) {
      included.add(literal.group(1));
    } else {
      open = true;
    }
  }

  private void loop(int from, int to) {
    Matcher loop = LOOP.matcher(text).region(from, to);
    if (!loop.matches()) {
      ExpressionScan.scan(text, from, to, this);
      return;
    }
    own.add(loop.group(2));
    if (loop.group(3) != null) {
      own.add(loop.group(3));
    }
    ExpressionScan.scan(text, from, loop.end(1), this);
  }

  /** {@code name = expression} again and again. */
  private void values(int from, int to, boolean defined) {
    Matcher assigned = ASSIGNED.matcher(text).region(from, to);
    int next = from;
    boolean any = false;
    while (next < to && assigned.find()) {
      if (insideBrackets(from, assigned.start())) {
        continue;
      }
      ExpressionScan.scan(text, next, assigned.start(), this);
      if (defined) {
        own.add(assigned.group(1));
      }
      next = assigned.end();
      any = true;
    }
    if (any || !defined) {
      ExpressionScan.scan(text, next, to, this);
    } else {
      names(from, to); // <#assign name>...</#assign>
    }
  }

  private boolean insideBrackets(int from, int at) {
    for (int i = from; i < at; i++) {
      char c = text.charAt(i);
      int close =
          c == '"' || c == '\''
              ? Brackets.endOfString(text, i, text.length())
              : c == '(' || c == '[' || c == '{' ? Brackets.close(text, i, text.length()) : i;
      if (close > at) {
        return true;
      }
      i = close;
    }
    return false;
  }

  /** Every name defines something. */
  private void names(int from, int to) {
    Matcher name = NAME.matcher(text).region(from, to);
    while (name.find()) {
      own.add(name.group());
    }
  }
}
