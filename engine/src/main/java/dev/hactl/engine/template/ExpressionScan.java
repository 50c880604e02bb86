package dev.hactl.engine.template;

import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the names in an expression that FreeMarker has parsed without complaint. FreeMarker keeps
 * its own tree of an expression to itself, so the text is read again, only as far as needed to tell
 * a variable from a member, a built-in, a keyword or a parameter of a function.
 */
final class ExpressionScan {
  private static final Set<String> KEYWORDS =
      Set.of("true", "false", "gt", "gte", "lt", "lte", "as", "in", "using");

  private static final Set<String> OPERATORS = Set.of("gt", "gte", "lt", "lte", "as", "in");

  /** What may follow a name that need not be there. */
  private static final Pattern TOLERANT =
      Pattern.compile(
          "\\s*(\\?\\?|!(?!=)|\\?(has_content|exists|if_exists|default)\\b).*", Pattern.DOTALL);

  /** Built-ins that take a text for an expression or a template. */
  private static final Set<String> EVALUATING = Set.of("eval", "interpret");

  private static final Pattern OPENS = Pattern.compile("\\s*\\(");
  private static final Pattern NAME = Pattern.compile("[A-Za-z_$@][\\w$@]*");
  private static final Pattern NUMBER = Pattern.compile("[0-9]+(\\.[0-9]+)?");
  private static final Pattern ARROW = Pattern.compile("\\s*->.*", Pattern.DOTALL);
  private static final Pattern LAST_ARROW = Pattern.compile("\\s*\\)\\s*->.*", Pattern.DOTALL);

  private final String text;
  private final int end;
  private final Found found;

  /** What FreeMarker takes and means something else by, or fails at with a word of its own. */
  enum Oddity {
    /** A single {@code |}. */
    PIPE,
    /** A single {@code &}. */
    AMPERSAND,
    /** {@code name.method(...)}. */
    METHOD,
    /** A built-in that would evaluate text. */
    EVALUATION
  }

  /** Is told what is found. */
  interface Found {
    /**
     * A name.
     *
     * @param offset where it stands in the text
     * @param tolerant whether it may be undefined
     */
    void name(String name, int offset, boolean tolerant);

    /** A name that the expression itself defines. */
    void own(String name);

    /**
     * A function that is called.
     *
     * @param offset where its name stands
     * @param open where its bracket opens
     */
    void call(String name, int offset, int open);

    /** Something that looks like an expression and is none of hactl's, at an offset. */
    default void oddity(Oddity oddity, String word, int offset) {}
  }

  private ExpressionScan(String text, int end, Found found) {
    this.text = text;
    this.end = end;
    this.found = found;
  }

  /** Finds the names between two offsets. */
  static void scan(String text, int from, int to, Found found) {
    new ExpressionScan(text, to, found).run(from, ' ', false);
  }

  /**
   * Reads on to the bracket that closes, or to the end.
   *
   * @param first what stands before
   * @return the offset after what was read
   */
  private int run(int from, char first, boolean tolerant) {
    char before = first;
    int i = from;
    while (i < end) {
      char c = text.charAt(i);
      if (Character.isWhitespace(c)) {
        i++;
        continue;
      }
      if (c == ')') {
        return i + 1;
      }
      if (c == '(') {
        int close = Brackets.close(text, i, end);
        // The brackets of a call do not make its arguments optional.
        boolean inside = tolerant || (before != 'a' && follows(TOLERANT, close + 1));
        i = run(i + 1, '(', inside);
        before = ')';
        continue;
      }
      if (c == '"' || c == '\'') {
        i = string(i, tolerant);
        before = '"';
        continue;
      }
      Matcher number = at(NUMBER, i);
      if (number.lookingAt()) {
        i = number.end();
        before = '0';
        continue;
      }
      Matcher name = at(NAME, i);
      if (name.lookingAt() && !(c == 'r' && raw(name))) {
        name(name.group(), i, name.end(), before, tolerant);
        i = name.end();
        before = before != '.' && OPERATORS.contains(name.group()) ? ' ' : 'a';
        continue;
      }
      if (c == '.' && i + 1 < end && text.charAt(i + 1) == '.') {
        i += 2; // a range
        before = ' ';
        continue;
      }
      if ((c == '|' || c == '&') && !doubled(c, i)) {
        found.oddity(c == '|' ? Oddity.PIPE : Oddity.AMPERSAND, String.valueOf(c), i);
      }
      before = c;
      i++;
    }
    return i;
  }

  private boolean doubled(char c, int i) {
    return (i + 1 < end && text.charAt(i + 1) == c) || (i > 0 && text.charAt(i - 1) == c);
  }

  /** Whether this is the r before a string in which nothing is special. */
  private boolean raw(Matcher name) {
    return name.group().equals("r")
        && name.end() < end
        && (text.charAt(name.end()) == '"' || text.charAt(name.end()) == '\'');
  }

  private void name(String name, int from, int to, char before, boolean tolerant) {
    if (before == '.' && follows(OPENS, to)) {
      found.oddity(Oddity.METHOD, name, from);
    }
    if (before == '?' && EVALUATING.contains(name)) {
      found.oddity(Oddity.EVALUATION, name, from);
    }
    if (before == '.' || before == '?' || KEYWORDS.contains(name)) {
      return;
    }
    if (follows(OPENS, to)) {
      found.call(name, from, text.indexOf('(', to));
      return;
    }
    if (follows(ARROW, to) || (before == '(' && follows(LAST_ARROW, to))) {
      found.own(name);
      return;
    }
    found.name(name, from, tolerant || follows(TOLERANT, to));
  }

  /** A string: the interpolations in it are expressions too. */
  private int string(int from, boolean tolerant) {
    int close = Brackets.endOfString(text, from, end);
    boolean raw = from > 0 && text.charAt(from - 1) == 'r';
    for (int i = from + 1; !raw && i < close; i++) {
      if (text.startsWith("${", i)) {
        int inner = Brackets.close(text, i + 1, close);
        new ExpressionScan(text, inner, found).run(i + 2, ' ', tolerant);
        i = inner;
      }
    }
    return close + 1;
  }

  private boolean follows(Pattern pattern, int from) {
    return from <= end && at(pattern, from).lookingAt();
  }

  private Matcher at(Pattern pattern, int from) {
    return pattern.matcher(text).region(from, end);
  }
}
