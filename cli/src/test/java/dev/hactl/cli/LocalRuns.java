package dev.hactl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.io.TempDir;

/** Runs on this machine without root, told in short: {@code task@host=outcome}. */
abstract class LocalRuns {
  @TempDir Path folder;

  private static final Pattern FILE = Pattern.compile("(?m)^== (\\S+)\\n((?:(?!== ).*\\n?)*)");

  record Told(int exit, String tasks, String order, Map<String, Object> recap, String err) {
    /** How often a task of a host ended in which way. */
    String counts(String host) {
      var counts = (Map<?, ?>) ((Map<?, ?>) recap.get("hosts")).get(host);
      return "ok=%s changed=%s failed=%s skipped=%s rescued=%s ignored=%s"
          .formatted(
              counts.get("ok"),
              counts.get("changed"),
              counts.get("failed"),
              counts.get("skipped"),
              counts.get("rescued"),
              counts.get("ignored"));
    }
  }

  /** Writes files: each begins with a line {@code == NAME}. */
  void files(String all) throws IOException {
    Matcher file = FILE.matcher(all);
    while (file.find()) {
      Path path = folder.resolve(file.group(1));
      Files.createDirectories(path.getParent());
      Files.writeString(path, file.group(2));
    }
  }

  /** Applies a play to the host a, where it ends well. */
  Told apply(String play) throws IOException {
    Told told = run("apply", "a", play);
    assertEquals(0, told.exit(), told.err());
    return told;
  }

  /** Runs a play for the hosts a, b, c, all of them this machine. */
  Told run(String mode, String hosts, String play) throws IOException {
    return runAll(mode, hosts, "- hosts: all\n" + play.indent(2));
  }

  /** Runs plays for hosts that are all this machine. */
  Told runAll(String mode, String hosts, String plays) throws IOException {
    // Notes of handlers are kept by the playbook's name: runs of other tests are none of ours.
    Path site = folder.resolve(folder.getFileName() + ".yml");
    Files.writeString(site, plays);
    var words = new ArrayList<>(List.of(mode.split(" ")));
    words.addAll(
        List.of(
            site.toString(),
            "-i",
            hosts + ",",
            "--output",
            "json",
            "-e",
            "ansible_connection=local",
            "-e",
            "dir=" + folder));
    CommandLineRun run = CommandLineRun.alone(words.toArray(String[]::new));
    var tasks = new ArrayList<String>();
    var order = new ArrayList<String>();
    int begun = 0;
    Map<String, Object> recap = Map.of();
    for (String line : run.out().lines().toList()) {
      Map<String, Object> event = JSON.std.mapFrom(line);
      switch (String.valueOf(event.get("event"))) {
        case "task_ended" -> {
          Object item = event.get("item");
          boolean ignored = Boolean.TRUE.equals(event.get("ignored"));
          boolean derived = Boolean.TRUE.equals(event.get("derived"));
          tasks.add(
              event.get("task")
                  + (hosts.contains(",") ? "@" + event.get("host") : "")
                  + (item == null ? "" : "(" + item + ")")
                  + "="
                  + (derived ? "derived" : ignored ? "ignored" : event.get("outcome")));
          if (hosts.contains(",")) { // they end a task in any order
            tasks.subList(begun, tasks.size()).sort(null);
          }
        }
        case "task_started" -> {
          order.add(String.valueOf(event.get("task")));
          begun = tasks.size();
        }
        case "note" -> order.add("(" + event.get("message") + ")");
        case "retrying" -> tasks.add("retry " + event.get("left"));
        case "recap" -> recap = event;
        default -> {}
      }
    }
    return new Told(
        run.code().number(), String.join(" ", tasks), String.join(" ", order), recap, run.err());
  }
}
