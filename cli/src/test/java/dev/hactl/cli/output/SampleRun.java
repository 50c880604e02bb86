package dev.hactl.cli.output;

import dev.hactl.engine.module.Diff;
import dev.hactl.engine.module.Impact;
import dev.hactl.engine.report.Event;
import dev.hactl.engine.report.Event.ChangeLine;
import dev.hactl.engine.report.Event.Counts;
import dev.hactl.engine.report.Event.TaskEnded;
import dev.hactl.engine.report.Event.TaskStarted;
import dev.hactl.engine.report.Outcome;
import dev.hactl.engine.source.Place;
import dev.hactl.engine.source.Problem;
import dev.hactl.engine.source.SourceFile;
import dev.hactl.engine.value.Value;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/** A run with every kind of event and outcome, for the golden tests of every format. */
final class SampleRun {
  private static final SourceFile FILE = new SourceFile("site.yml", "- hosts: all\n  taks: []\n");

  private SampleRun() {}

  static List<Event> events() {
    var events = new ArrayList<Event>();
    events.add(new Event.RunStarted("r1", false, List.of("/srv/site.yml")));
    events.add(new Event.Warned(Problem.warning(new Place(FILE, 2, 3), "odd key", "use tasks")));
    events.add(new Event.PlaySkipped("Nobody", "no hosts matched"));
    events.add(new Event.PlayStarted("Pair", List.of("db1", "db2")));
    quiet(events);
    changes(events);
    failures(events);
    events.add(new Event.PlayStopped("no hosts left"));
    var hosts = new LinkedHashMap<String, Counts>();
    hosts.put("db1", new Counts(5, 2, 0, 1, 1, 0, 1, 0));
    hosts.put("db2", new Counts(3, 0, 1, 0, 1, 0, 0, 0));
    hosts.put("db3", Counts.NONE);
    var missed = new LinkedHashMap<String, Event.Missed>();
    missed.put("db1", new Event.Missed(List.of("Web"), false));
    missed.put("db2", new Event.Missed(List.of("Web"), false));
    missed.put("db3", new Event.Missed(List.of("Pair", "Web"), true));
    events.add(new Event.Recap(4, hosts, missed, Optional.of(new Event.Accuracy(3, 2, 0))));
    return events;
  }

  private static void quiet(List<Event> events) {
    start(events, "users", "user", false);
    end(events, "db1", "users", new Outcome.Ok());
    end(events, "db2", "users", new Outcome.Ok());
    start(events, "kernel", "sysctl", false);
    end(events, "db1", "kernel", new Outcome.Ok());
    end(events, "db2", "kernel", new Outcome.Skipped("when: is_primary"));
    start(events, "never", "file", false);
    end(events, "db1", "never", new Outcome.Skipped("when: false"));
    end(events, "db2", "never", new Outcome.Skipped("when: false"));
  }

  private static void changes(List<Event> events) {
    start(events, "config", "template", false);
    end(events, "db2", "config", new Outcome.Ok());
    var lines =
        new Diff.Lines("/etc/x", "x.ftl", "line1\nold\nline3", "line1\nnew\nline3\n", false);
    events.add(
        ended("db1", "config", new Outcome.Changed(false), List.of(write()), List.of(lines)));
    start(events, "restart x", "service", true);
    events.add(
        ended(
            "db1",
            "restart x",
            new Outcome.Changed(true),
            List.of(new ChangeLine("restart x", new Impact.Disruptive("stops x.service"))),
            List.of()));
    start(events, "mode", "file", false);
    var mode = Diff.of("/etc/y", new Diff.Property("mode", "0644", "0600"));
    var secret = new Diff.Lines("/etc/key", "", "a", "b", true);
    var binary = new Diff.Opaque("/bin/z", "binary");
    events.add(
        new TaskEnded(
            "db1",
            Optional.of("db2"),
            Optional.of("y"),
            "mode",
            new Outcome.Changed(false),
            List.of(
                new ChangeLine("wipe", new Impact.Destructive("mkfs:/dev/sdb", "all of /dev/sdb"))),
            List.of(mode, secret, binary),
            Duration.ofMillis(7)));
    end(events, "db2", "mode", new Outcome.Unknown("needs the output of 'count'"));
    start(events, "tell", "debug", false);
    var said = new LinkedHashMap<String, Value>();
    said.put("msg", Value.text("hello \"you\""));
    said.put("key", new Value.Text("hush", true));
    said.put("n", Value.number(3));
    end(events, "db1", "tell", new Outcome.Said(said));
  }

  private static void failures(List<Event> events) {
    start(events, "count", "command", false);
    events.add(new Event.Progress("db1", "count", "still counting"));
    events.add(new Event.Retrying("db1", "count", 1));
    end(
        events,
        "db1",
        "count",
        new Outcome.Failed(
            new Outcome.Failure("count failed", Optional.of(3), "one\ntwo\n", "no such file"),
            true));
    events.add(new Event.Noted("db2", "clock is 3 s behind"));
    end(events, "db2", "count", new Outcome.Unreachable("connection refused"));
    start(events, "wipe", "filesystem", false);
    end(events, "db1", "wipe", new Outcome.Refused("/dev/sdb holds ext4"));
    events.add(new Event.Interrupting("SIGINT", "waiting for db1"));
  }

  private static ChangeLine write() {
    return new ChangeLine("write /etc/x", Impact.none());
  }

  private static void start(List<Event> events, String name, String module, boolean handler) {
    events.add(new TaskStarted(name, module, new Place(FILE, 1, 3), handler, handler));
  }

  private static void end(List<Event> events, String host, String task, Outcome outcome) {
    events.add(ended(host, task, outcome, List.of(), List.of()));
  }

  private static TaskEnded ended(
      String host, String task, Outcome outcome, List<ChangeLine> changes, List<Diff> diffs) {
    return new TaskEnded(
        host,
        Optional.empty(),
        Optional.empty(),
        task,
        outcome,
        changes,
        diffs,
        Duration.ofMillis(5));
  }
}
