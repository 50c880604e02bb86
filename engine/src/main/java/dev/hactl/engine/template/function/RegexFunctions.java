package dev.hactl.engine.template.function;

import dev.hactl.engine.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/** Regular expressions, in Java's syntax, with a limit on how long one may search. */
final class RegexFunctions implements Group {
  /** How many characters may be looked at: less than a second's work. */
  private static final int STEPS = 5_000_000;

  private static final Pattern SPECIAL = Pattern.compile("[\\\\^$.|?*+()\\[\\]{}]");
  private static final Pattern BACK = Pattern.compile("\\\\(?:([0-9])|g<(\\w+)>|(\\\\)|([nt]))");

  @Override
  public String title() {
    return "Regular expressions";
  }

  @Override
  public List<FunctionForm> forms() {
    return List.of(
        new FunctionForm(
            "regex_search",
            "text, regex, [group]",
            "the first match, or one of its groups by number or name; missing when there is none,"
                + " so `??` and `!` work",
            "regex_search('drbd 9.22.0', r'drbd (\\d+)', 1)",
            "\"9\""),
        new FunctionForm(
            "regex_findall",
            "text, regex",
            "all matches: each whole, or its group, or a list of its groups",
            "regex_findall('a=1 b=2', r'\\w=(\\d)')",
            "[\"1\",\"2\"]"),
        new FunctionForm(
            "regex_replace",
            "text, regex, new",
            "every match replaced; `\\1` and `\\g<name>` in the new text are groups",
            "regex_replace('db1.example.org', r'^(\\w+)\\..*$', r'\\1')",
            "\"db1\""),
        new FunctionForm(
            "regex_escape",
            "text",
            "a regular expression that finds exactly this text",
            "regex_escape('192.0.2.1')",
            "\"192\\\\.0\\\\.2\\\\.1\""));
  }

  @Override
  public @Nullable Value call(String name, Args args) {
    try {
      return switch (name) {
        case "regex_search" -> search(args);
        case "regex_findall" -> findAll(args);
        case "regex_replace" -> replace(args);
        case "regex_escape" -> Value.text(SPECIAL.matcher(args.text(0)).replaceAll("\\\\$0"));
        default -> throw new IllegalArgumentException(name);
      };
    } catch (StackOverflowError e) {
      throw tooLong(args);
    }
  }

  private static @Nullable Value search(Args args) {
    Matcher found = matcher(args);
    if (!found.find()) {
      return null;
    }
    if (!args.has(2)) {
      return Value.text(found.group());
    }
    try {
      @Nullable String group =
          args.any(2) instanceof Value.Num
              ? found.group(args.whole(2, 0, 99))
              : found.group(args.text(2));
      return group == null ? null : Value.text(group);
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      throw args.bad(2, "must be a group of the regular expression");
    }
  }

  private static Value findAll(Args args) {
    var all = new ArrayList<Value>();
    Matcher found = matcher(args);
    while (found.find()) {
      if (found.groupCount() <= 1) {
        all.add(group(found, found.groupCount()));
        continue;
      }
      var groups = new ArrayList<Value>();
      for (int i = 1; i <= found.groupCount(); i++) {
        groups.add(group(found, i));
      }
      all.add(new Value.Items(groups));
    }
    return new Value.Items(all);
  }

  private static Value group(Matcher found, int number) {
    String group = found.group(number);
    return Value.text(group == null ? "" : group);
  }

  private static Value replace(Args args) {
    Matcher found = matcher(args);
    String replacement = args.text(2);
    var result = new StringBuilder();
    while (found.find()) {
      found.appendReplacement(result, "");
      result.append(filled(replacement, found, args));
    }
    return Value.text(found.appendTail(result).toString());
  }

  /** As Python does it: a dollar sign means itself. */
  private static String filled(String replacement, Matcher found, Args args) {
    Matcher back = BACK.matcher(replacement);
    var filled = new StringBuilder();
    while (back.find()) {
      back.appendReplacement(filled, "");
      try {
        filled.append(piece(back, found));
      } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
        throw args.bad(2, "names a group that the regular expression does not have");
      }
    }
    return back.appendTail(filled).toString();
  }

  private static String piece(Matcher back, Matcher found) {
    if (back.group(3) != null) {
      return "\\";
    }
    if (back.group(4) != null) {
      return back.group(4).equals("n") ? "\n" : "\t";
    }
    String name = back.group(2);
    String number = name == null ? back.group(1) : name.matches("[0-9]+") ? name : null;
    String group = number == null ? found.group(name) : found.group(Integer.parseInt(number));
    return group == null ? "" : group;
  }

  private static Matcher matcher(Args args) {
    try {
      return Pattern.compile(args.text(1)).matcher(new Counted(args.text(0), args));
    } catch (PatternSyntaxException e) {
      throw args.bad(
          1,
          "is no regular expression: "
              + e.getDescription().toLowerCase(Locale.ROOT)
              + (e.getIndex() < 0 ? "" : " at character " + (e.getIndex() + 1)),
          "write it as r'...', in which a backslash stands for itself");
    }
  }

  private static BadCall tooLong(Args args) {
    return args.bad(
        1,
        "searches this text for too long",
        "repetitions inside of repetitions, as in (a+)+, try every way to divide the text");
  }

  /**
   * A text that can be looked at only so often: the time of a search is limited everywhere alike.
   */
  private static final class Counted implements CharSequence {
    private final String text;
    private final Args args;
    private int left = STEPS;

    Counted(String text, Args args) {
      this.text = text;
      this.args = args;
    }

    @Override
    public char charAt(int index) {
      if (--left < 0) {
        throw tooLong(args);
      }
      return text.charAt(index);
    }

    @Override
    public int length() {
      return text.length();
    }

    @Override
    public CharSequence subSequence(int start, int end) {
      return text.substring(start, end);
    }

    @Override
    public String toString() {
      return text;
    }
  }
}
