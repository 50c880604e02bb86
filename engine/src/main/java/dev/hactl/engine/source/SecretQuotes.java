package dev.hactl.engine.source;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Takes out of messages about an encrypted text what they quote from it, unless it is a key. */
final class SecretQuotes {
  /** Jinja and what stands for it as a whole, quotes in it or not, then what is in quotes. */
  private static final Pattern QUOTED =
      Pattern.compile(
          "(?s)'\\{[{%].*'(?= is Jinja)|\\$\\{.{3,}?\\}(?=; where braces| or |$)|<#.{3,}>"
              + "|'[^'\n]{3,}'|\"[^\"\n]{3,}\"|\\$\\{[^}\n]{3,}\\}");

  private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}_]{3,}");

  private SecretQuotes() {}

  /**
   * The message as it may be shown.
   *
   * @param text the decrypted text
   */
  static String hide(String message, String text) {
    return QUOTED.matcher(message).replaceAll(m -> Matcher.quoteReplacement(safe(m.group(), text)));
  }

  /** The advice as it may be shown; none when nothing is left of it. */
  static Optional<String> advice(String advice, String text) {
    return Optional.of(hide(advice, text)).filter(a -> !a.equals("write <secret>"));
  }

  private static String safe(String quoted, String text) {
    int begin = quoted.startsWith("$") || quoted.startsWith("<") ? 2 : 1;
    String inside = quoted.substring(begin, quoted.length() - 1);
    boolean taken =
        text.contains(inside)
            || WORD.matcher(inside).results().anyMatch(word -> text.contains(word.group()));
    return taken && !isKey(inside, text) ? "<secret>" : quoted;
  }

  private static boolean isKey(String name, String text) {
    return Pattern.compile("(?m)^[-\\s]*['\"]?" + Pattern.quote(name) + "['\"]?\\s*:(\\s|$)")
        .matcher(text)
        .find();
  }
}
