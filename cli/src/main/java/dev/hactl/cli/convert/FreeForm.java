package dev.hactl.cli.convert;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Arguments in one text, {@code path=/etc/x mode=0644}.
 *
 * @param rest what is no argument, in order
 * @param given by name, without quotes
 */
record FreeForm(String rest, Map<String, String> given) {
  /** The options of those modules whose text is otherwise their own. */
  static final Set<String> OF_COMMANDS =
      Set.of(
          "chdir",
          "creates",
          "removes",
          "executable",
          "warn",
          "stdin",
          "stdin_add_newline",
          "strip_empty_ends");

  private static final Pattern ESCAPE = Pattern.compile("\\\\([ntr\\\\'\"])");
  private static final Pattern ARGUMENT =
      Pattern.compile("([A-Za-z_][\\w-]*)=(.*)", Pattern.DOTALL);

  /**
   * Reads a text.
   *
   * @param only the names that count as arguments; empty for all
   */
  static FreeForm of(String text, Set<String> only) {
    var given = new LinkedHashMap<String, String>();
    var rest = new StringBuilder();
    for (String word : words(text)) {
      Matcher m = ARGUMENT.matcher(word.strip());
      if (m.matches() && (only.isEmpty() || only.contains(m.group(1)))) {
        given.put(m.group(1), unescaped(unquoted(m.group(2))));
      } else {
        rest.append(word);
      }
    }
    return new FreeForm(rest.toString().strip(), given);
  }

  /** The name of the only word, where there is one and no argument. */
  Optional<String> alone() {
    return given.isEmpty() && !rest.isBlank() ? Optional.of(rest) : Optional.empty();
  }

  /** Words with the white space before them; quotes and braces keep words together. */
  private static List<String> words(String text) {
    var words = new ArrayList<String>();
    var word = new StringBuilder();
    char quote = 0;
    int depth = 0;
    boolean inWord = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (depth == 0 && quote == 0 && Character.isWhitespace(c)) {
        if (inWord) {
          words.add(word.toString());
          word.setLength(0);
          inWord = false;
        }
        word.append(c);
        continue;
      }
      inWord = true;
      word.append(c);
      if (quote != 0) {
        quote = c == quote && text.charAt(i - 1) != '\\' ? 0 : quote;
      } else if (text.startsWith("{{", i) || text.startsWith("{%", i)) {
        depth++;
      } else if (depth > 0 && (text.startsWith("}}", i) || text.startsWith("%}", i))) {
        depth--;
        word.append(text.charAt(++i));
      } else if (depth == 0 && (c == '\'' || c == '"')) {
        quote = c;
      }
    }
    if (inWord) {
      words.add(word.toString());
    }
    return words;
  }

  /** Ansible reads escapes in these texts whether there are quotes or not. */
  private static String unescaped(String text) {
    return ESCAPE
        .matcher(text)
        .replaceAll(m ->
            Matcher.quoteReplacement(
                switch (m.group(1)) {
                  case "n" -> "\n";
                  case "t" -> "\t";
                  case "r" -> "\r";
                  default -> m.group(1);
                }));
  }

  private static String unquoted(String value) {
    boolean quoted =
        value.length() > 1
            && (value.charAt(0) == '"' || value.charAt(0) == '\'')
            && value.charAt(value.length() - 1) == value.charAt(0);
    return quoted ? value.substring(1, value.length() - 1) : value;
  }
}
