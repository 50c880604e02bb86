package dev.hactl.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the comments of a bad file say is wrong with it.
 *
 * <pre>
 * # hactl: --limit web                 more arguments for the command line
 * #! error: the file is empty          a problem of the file as a whole
 * #! --limit: error: no host ...       a problem of something else, which may hold blanks
 * - hosts: dbs
 * #        ^ error: no host or ...     a problem of the line before, at the caret
 * #          did you mean 'db'?        what to do about it
 * #&lt; error: a play needs 'hosts'       a problem of the line before, at its first character
 * </pre>
 *
 * <p>In templates the comments are FreeMarker's and end with a bracket.
 *
 * @param problems as hactl prints them
 * @param errors how many of them are errors
 * @param arguments more words for the command line
 */
record Stated(List<String> problems, int errors, List<String> arguments) {
  private static final Pattern AT_CARET =
      Pattern.compile("(?:#|<#--) *\\^ (error|warning|advice): (.*?)(?: -->)?");
  private static final Pattern AT_START =
      Pattern.compile("(?:#|<#--)< (error|warning|advice): (.*?)(?: -->)?");
  private static final Pattern WHOLE =
      Pattern.compile("(?:#|<#--)! (?:(\\S.*?): )?(error|warning|advice): (.*?)(?: -->)?");
  private static final Pattern ADVICE = Pattern.compile("(?:#|<#--) +([^ ^].*?)(?: -->)?");

  /** Stands where a password is, and is as long as what is shown for it. */
  private static final String PASSWORD = "hunter22";

  /** Reads the comments of a file below a folder. */
  static Stated in(Path folder, Path file) throws IOException {
    var problems = new ArrayList<String>();
    var arguments = new ArrayList<String>();
    int errors = 0;
    boolean afterProblem = false;
    String shown = folder.relativize(file).toString();
    List<String> lines = Files.readAllLines(file);
    int number = 0;
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      Matcher caret = AT_CARET.matcher(line);
      Matcher start = AT_START.matcher(line);
      Matcher whole = WHOLE.matcher(line);
      Matcher advice = ADVICE.matcher(line);
      if (caret.matches() || start.matches()) {
        Matcher m = caret.matches() ? caret : start;
        int column = caret.matches() ? line.indexOf('^') + 1 : 1;
        String quoted = lines.get(number - 1);
        problems.add(
            "%s:%d:%d: %s: %s%s"
                .formatted(shown, number, column, m.group(1), m.group(2), quote(quoted, column)));
        errors += m.group(1).equals("error") ? 1 : 0;
        afterProblem = true;
      } else if (whole.matches()) {
        String place = whole.group(1) == null ? shown : whole.group(1);
        problems.add("%s: %s: %s".formatted(place, whole.group(2), whole.group(3)));
        errors += whole.group(2).equals("error") ? 1 : 0;
        afterProblem = true;
      } else if (line.startsWith("# hactl: ")) {
        arguments.addAll(List.of(line.substring("# hactl: ".length()).split(" ")));
        number = i + 1;
      } else if (afterProblem && advice.matches()) {
        problems.add(problems.removeLast() + "\n    " + advice.group(1));
      } else {
        number = i + 1;
        afterProblem = false;
      }
    }
    return new Stated(List.copyOf(problems), errors, List.copyOf(arguments));
  }

  private static String quote(String line, int column) {
    return line.isBlank()
        ? ""
        : "\n    "
            + line.replace('\t', ' ').replace(PASSWORD, "<secret>")
            + "\n    "
            + " ".repeat(column - 1)
            + "^";
  }
}
