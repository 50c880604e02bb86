package dev.hactl.cli;

import dev.hactl.cli.Form.Filled;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the value of {@code -e}: {@code @FILE}, a YAML or JSON mapping, or {@code key=value} pairs
 * separated by blanks, with quotes as in a shell: {@code 'greeting="hello you" port=8080'}.
 */
final class ExtraVarsText {
  private static final Pattern MAPPING =
      Pattern.compile("\\s*(\\{|---|[A-Za-z_]\\w*:(\\s|$)).*", Pattern.DOTALL);
  private static final Pattern NAME = Pattern.compile("[A-Za-z_]\\w*");

  private static final Pattern QUOTED = Pattern.compile("\"[^\"]*\"|'[^']*'");
  private static final Pattern WORD = Pattern.compile("(?:[^\\s\"']|" + QUOTED + ")+");

  private ExtraVarsText() {}

  static List<ExtraVars> parse(String text, Filled form) {
    if (text.startsWith("@")) {
      if (text.length() == 1) {
        throw form.refused("-e @ wants the name of a file after the @");
      }
      return List.of(new ExtraVars.VarsFile(Path.of(text.substring(1))));
    }
    if (MAPPING.matcher(text).matches()) {
      return List.of(new ExtraVars.Document(text));
    }
    return words(text, form).stream().map(word -> pair(word, form)).toList();
  }

  private static ExtraVars pair(String word, Filled form) {
    int equals = word.indexOf('=');
    if (equals < 0 || !NAME.matcher(word.substring(0, equals)).matches()) {
      throw form.refused("-e wants key=value, a YAML mapping or @FILE, not '" + word + "'");
    }
    return new ExtraVars.Pair(word.substring(0, equals), word.substring(equals + 1));
  }

  /** Splits at blanks outside quotes and removes the quotes. */
  private static List<String> words(String text, Filled form) {
    if (!WORD.matcher(text).replaceAll("").isBlank()) {
      throw form.refused("-e has a quote that does not close: " + text);
    }
    List<String> words = WORD.matcher(text).results().map(word -> unquoted(word.group())).toList();
    if (words.isEmpty()) {
      throw form.refused("-e wants key=value, a YAML mapping or @FILE");
    }
    return words;
  }

  private static String unquoted(String word) {
    return QUOTED.matcher(word).replaceAll(quoted -> Matcher.quoteReplacement(inside(quoted)));
  }

  private static String inside(MatchResult quoted) {
    return quoted.group().substring(1, quoted.group().length() - 1);
  }
}
