package dev.hactl.cli;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

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

  /** The same of runs that told programs what they did. */
  static void calledNothingOkThatChanged(List<String> plan, List<String> done) throws IOException {
    var wrong = new TreeSet<>(told("ok", plan));
    wrong.retainAll(told("changed", done));
    assertTrue(wrong.isEmpty(), () -> "check said ok: " + wrong);
  }

  private static List<String> told(String outcome, List<String> lines) throws IOException {
    var found = new ArrayList<String>();
    Object play = "";
    for (String line : lines) {
      Map<String, Object> event = JSON.std.mapFrom(line);
      play = event.getOrDefault("play", play);
      if (outcome.equals(event.get("outcome"))) {
        found.add(
            String.join(
                " / ",
                Stream.of(play, event.get("task"), event.get("host"), event.get("item"))
                    .map(String::valueOf)
                    .toList()));
      }
    }
    return found;
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
