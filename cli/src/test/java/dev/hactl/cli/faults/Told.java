package dev.hactl.cli.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hactl.cli.CommandLineRun;
import dev.hactl.cli.ExitCode;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What a run told its operator.
 *
 * @param recap host -> column -> number, zeros left out
 * @param text all it printed
 */
record Told(ExitCode exit, Map<String, Map<String, Integer>> recap, String text) {
  private static final Pattern RECAP = Pattern.compile("(?m)^(\\S+) +: (ok=\\d.*)$");
  private static final Pattern COUNT = Pattern.compile("(\\w+)=([1-9]\\d*)");
  private static final Pattern STACK =
      Pattern.compile("(?m)^\\s+at [\\w.$]+\\(|Exception\\b|internal error|dev\\.hactl\\.");

  static Told by(CommandLineRun run) {
    var recap = new TreeMap<String, Map<String, Integer>>();
    RECAP
        .matcher(run.out())
        .results()
        .forEach(line -> {
          var counts = new TreeMap<String, Integer>();
          COUNT
              .matcher(line.group(2))
              .results()
              .forEach(c -> counts.put(c.group(1), Integer.valueOf(c.group(2))));
          recap.put(line.group(1), counts);
        });
    return new Told(run.code(), recap, run.out() + run.err());
  }

  /** The lines that say what went wrong. */
  List<String> complaints() {
    return text.lines().filter(l -> l.startsWith("fatal: ") || l.startsWith("failed: ")).toList();
  }

  /** The run ended with this code and one complaint that holds these words, and no stack trace. */
  Told complains(ExitCode code, String... words) {
    assertEquals(code, exit, text);
    assertEquals(1, complaints().size(), text);
    return says(words);
  }

  /** These words are in what was printed, which is no stack trace. */
  Told says(String... words) {
    assertFalse(STACK.matcher(text).find(), text);
    for (String word : words) {
      assertTrue(text.contains(word), () -> "'" + word + "' in:\n" + text);
    }
    return this;
  }

  /** The recap of a host: columns that are not zero, as {@code ok=2 changed=1}. */
  Told counts(String host, String expected) {
    var wanted = new TreeMap<String, Integer>();
    COUNT
        .matcher(expected)
        .results()
        .forEach(c -> wanted.put(c.group(1), Integer.valueOf(c.group(2))));
    assertEquals(wanted, recap.get(host), text);
    return this;
  }

  /** It ended well, and the host had this many tasks and changes. */
  Told converged(String host, int ok, int changed) {
    assertEquals(ExitCode.OK, exit, text);
    assertEquals(List.of(), complaints(), text);
    return says().counts(host, "ok=" + ok + " changed=" + changed);
  }
}
