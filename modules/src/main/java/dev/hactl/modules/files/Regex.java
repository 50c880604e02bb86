package dev.hactl.modules.files;

import dev.hactl.engine.module.BadValue;
import dev.hactl.engine.module.Type;
import dev.hactl.engine.module.Types;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Regular expressions of playbooks. They are Java's (java.util.regex.Pattern); what Python writes
 * differently is understood too: {@code (?P<name>...)}, {@code (?P=name)} and {@code \Z}, which is
 * Java's {@code \z}.
 */
final class Regex {
  private static final Pattern REFERENCE =
      Pattern.compile("\\\\(?:g<([A-Za-z0-9_]+)>|([0-9]{1,2})|(.))", Pattern.DOTALL);

  private static final Pattern NUMBER = Pattern.compile("[0-9]+");

  static final Type.Plain<Pattern> TYPE = Types.TEXT.map("regular expression", Regex::compile);

  private Regex() {}

  static Pattern compile(String text) {
    String java =
        text.replace("(?P<", "(?<")
            .replaceAll("\\(\\?P=([A-Za-z0-9_]+)\\)", "\\\\k<$1>")
            .replaceAll("(?<!\\\\)((?:\\\\\\\\)*)\\\\Z", "$1\\\\z");
    try {
      return Pattern.compile(java);
    } catch (PatternSyntaxException e) {
      throw new BadValue(
          "'" + text + "' is not a regular expression: " + e.getDescription(),
          "around its character " + (e.getIndex() + 1));
    }
  }

  /** A line with {@code \1}, {@code \g<1>} and {@code \g<name>} replaced by what was matched. */
  static String expand(String line, Matcher match) {
    return REFERENCE
        .matcher(line)
        .replaceAll(reference ->
            Matcher.quoteReplacement(
                reference.group(3) != null
                    ? reference.group(3).equals("\\") ? "\\" : reference.group()
                    : group(match, reference.group(1), reference.group(2))));
  }

  private static String group(Matcher match, String name, String number) {
    String wanted = name == null ? number : name;
    try {
      String found =
          NUMBER.matcher(wanted).matches()
              ? match.group(Integer.parseInt(wanted))
              : match.group(wanted);
      return found == null ? "" : found;
    } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
      throw new BadValue("the regular expression has no group '" + wanted + "'");
    }
  }
}
