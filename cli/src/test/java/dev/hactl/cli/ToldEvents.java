package dev.hactl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a run with {@code --output json} told of its tasks, and its recap. */
record ToldEvents(List<Map<String, Object>> events) {

  /** These options, and the one that asks for events. */
  static String[] asked(String... options) {
    return Stream.concat(Stream.of("--output", "json"), Stream.of(options)).toArray(String[]::new);
  }

  /** Of a run, which has to have ended well. */
  static ToldEvents of(CommandLineRun run) {
    assertEquals(ExitCode.OK, run.code(), run::toString);
    return of(run.out().lines().toList());
  }

  /** Of one or more runs, a line an event. */
  static ToldEvents of(List<String> lines) {
    return new ToldEvents(lines.stream().map(ToldEvents::event).toList());
  }

  private static Map<String, Object> event(String line) {
    try {
      return JSON.std.mapFrom(line);
    } catch (IOException e) {
      throw new UncheckedIOException(line, e);
    }
  }

  /** How many tasks changed each host, by the recap. */
  List<Integer> changes() {
    var hosts = (Map<?, ?>) events.getLast().get("hosts");
    return hosts.values().stream()
        .map(counts -> (Integer) ((Map<?, ?>) counts).get("changed"))
        .toList();
  }

  /** The law of check: what apply changes, this plan did not call ok. */
  void calledNothingOkThatChanged(ToldEvents done) {
    var wrong = new TreeSet<>(ended("ok"));
    wrong.retainAll(done.ended("changed"));
    assertTrue(wrong.isEmpty(), () -> "check said ok: " + wrong);
  }

  /** Where these tasks found nothing to change, in order: {@code task@host}. */
  String okOn(Set<String> tasks) {
    return events.stream()
        .filter(e -> "ok".equals(e.get("outcome")) && tasks.contains(String.valueOf(e.get("task"))))
        .map(e -> e.get("task") + "@" + e.get("host"))
        .collect(Collectors.joining(" "));
  }

  /** Play, task, host and item of each that ended so. */
  private List<String> ended(String outcome) {
    var found = new ArrayList<String>();
    Object play = "";
    for (Map<String, Object> event : events) {
      play = event.getOrDefault("play", play);
      if (outcome.equals(event.get("outcome"))) {
        found.add(
            Stream.of(play, event.get("task"), event.get("host"), event.get("item"))
                .map(String::valueOf)
                .collect(Collectors.joining(" / ")));
      }
    }
    return found;
  }
}
