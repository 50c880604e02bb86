package dev.hactl.modules.commands;

import dev.hactl.engine.module.BadValue;
import dev.hactl.engine.module.Sh;
import dev.hactl.engine.module.Thing;
import dev.hactl.engine.module.Type;
import dev.hactl.engine.module.Types;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A path on the host as people write it for commands: absolute, below a home ({@code ~/x}), or
 * relative to the directory the command runs in; with or without wildcards.
 *
 * @param text as written
 */
record HostPath(String text) {
  private static final Pattern HOME = Pattern.compile("(~[a-z_]?[a-zA-Z0-9_.-]*)(/.*)?");
  private static final String WILD = "*?[";

  /** The type of a directory: absolute or below a home. */
  static final Type.Plain<HostPath> DIRECTORY =
      Types.NAME.map(
          "path",
          text -> {
            if (!text.startsWith("/") && !text.startsWith("~")) {
              throw new BadValue(
                  "an absolute path is wanted, this is '" + text + "'", "begin it with '/' or '~'");
            }
            return of(text);
          });

  /** The type of a path that may hold wildcards. */
  static final Type.Plain<HostPath> PATTERN = Types.NAME.map("path with wildcards", HostPath::of);

  private static HostPath of(String text) {
    if (text.isEmpty() || text.indexOf('\n') >= 0 || text.indexOf('\0') >= 0) {
      throw new BadValue("a path must not be empty or hold a line break");
    }
    return new HostPath(text);
  }

  /** Whether it depends on the directory it is looked at from. */
  boolean isRelative() {
    return !text.startsWith("/") && !HOME.matcher(text).matches();
  }

  /** A shell word for exactly this path: a home is expanded, wildcards are not. */
  String word() {
    return word(false);
  }

  /** A shell word in which wildcards match. */
  String pattern() {
    return word(true);
  }

  /** What a verdict about this path rests on, seen from a directory. */
  Thing thing(Optional<HostPath> directory) {
    if (isRelative()) {
      String above = directory.map(HostPath::text).orElse("~");
      return new HostPath(above + "/" + text).thing(directory);
    }
    if (!text.startsWith("/")) {
      return Thing.anything();
    }
    int wild = 0;
    while (wild < text.length() && WILD.indexOf(text.charAt(wild)) < 0) {
      wild++;
    }
    return Thing.path(
        wild == text.length() ? text : text.substring(0, Math.max(1, text.lastIndexOf('/', wild))));
  }

  private String word(boolean wild) {
    Matcher home = HOME.matcher(text);
    if (home.matches()) {
      String rest = home.group(2) == null ? "" : home.group(2);
      // The slash stays outside of the quotes: the shell expands a home only up to an unquoted one.
      return rest.isEmpty() ? home.group(1) : home.group(1) + "/" + quoted(rest.substring(1), wild);
    }
    return quoted(text, wild);
  }

  private static String quoted(String text, boolean wild) {
    if (!wild) {
      return text.isEmpty() ? "" : Sh.quote(text);
    }
    return quoteKeepingWildcards(text);
  }

  private static String quoteKeepingWildcards(String text) {
    var word = new StringBuilder();
    int from = 0;
    while (from < text.length()) {
      int length = wildcard(text, from);
      if (length > 0) {
        // "[^" is not portable, "[!" means the same everywhere.
        word.append(text.substring(from, from + length).replace("[^", "[!"));
        from += length;
        continue;
      }
      int to = from + 1;
      while (to < text.length() && wildcard(text, to) == 0) {
        to++;
      }
      word.append(Sh.quote(text.substring(from, to)));
      from = to;
    }
    return word.toString();
  }

  private static final Pattern SET =
      Pattern.compile("\\[[!^]?]?(?:\\[:[a-z]+:]|[a-zA-Z0-9_.,:+@%=\\[-])+]");

  /** The length of the wildcard that stands here, or 0; a lone bracket is an ordinary letter. */
  private static int wildcard(String text, int at) {
    char c = text.charAt(at);
    if (c == '*' || c == '?') {
      return 1;
    }
    if (c != '[') {
      return 0;
    }
    Matcher set = SET.matcher(text).region(at, text.length());
    return set.lookingAt() ? set.end() - at : 0;
  }
}
