package dev.hactl.cli;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What users read of a run: its tasks and its recap. */
final class PrintedPlan {
  private static final Pattern RECAP = Pattern.compile("(?m)^(\\S+) +: ok=\\d+ +changed=(\\d+) .*");
  private static final Pattern LINE =
      Pattern.compile("(?m)^(?:(PLAY \\[.*|TASK \\[.*|RUNNING .*)|(\\w+): \\[(.*?)\\](.*))$");

  private PrintedPlan() {}

  /** How many tasks changed each host, by the recap. */
  static List<Integer> changes(CommandLineRun run) {
    return RECAP.matcher(run.out()).results().map(r -> Integer.valueOf(r.group(2))).toList();
  }

  /** The law of check: what apply changes, check did not call ok. Both were run with {@code -v}. */
  static void calledNothingOkThatChanged(String plan, String done) {
    var wrong = new TreeSet<>(said("ok", plan));
    wrong.retainAll(said("changed", done));
    assertTrue(wrong.isEmpty(), () -> "check said ok: " + wrong);
  }

  /** Play, task, host and item of each line that begins with the word. */
  private static List<String> said(String word, String output) {
    var found = new ArrayList<String>();
    String task = "";
    String play = "";
    Matcher line = LINE.matcher(output);
    while (line.find()) {
      if (line.group(1) == null) {
        if (line.group(2).equals(word)) {
          String item = line.group(4).replaceFirst(".*(\\(item=[^)]*\\)).*|.*", "$1");
          found.add(play + task + line.group(3) + item);
        }
      } else if (line.group(1).startsWith("PLAY")) {
        play = line.group(1).replaceAll("\\].*", "]");
      } else {
        task = line.group(1).replaceAll("\\].*", "]");
      }
    }
    return found;
  }
}
