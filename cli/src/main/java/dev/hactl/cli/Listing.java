package dev.hactl.cli;

import dev.hactl.engine.inventory.Host;
import dev.hactl.engine.model.Play;
import dev.hactl.engine.model.Task;
import dev.hactl.engine.run.Project;
import dev.hactl.engine.run.RunOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** What a run would look at, in the form Ansible prints it. */
final class Listing {
  private Listing() {}

  static List<String> hosts(Project project, RunOptions options) {
    return lines(
        project,
        (play, lines) -> {
          List<Host> hosts =
              project
                  .inventory()
                  .select(play.hosts().text(), play.hosts().place(), options.choice().limit());
          lines.add("    pattern: [" + play.hosts().text() + "]");
          lines.add("    hosts (" + hosts.size() + "):");
          hosts.forEach(h -> lines.add("      " + h.name()));
        });
  }

  static List<String> tasks(Project project, RunOptions options) {
    return lines(
        project,
        (play, lines) -> {
          lines.add("    tasks:");
          play.tasks().stream()
              .filter(t -> options.choice().selects(t.keywords().tags()))
              .forEach(t -> lines.add("      " + t.title() + "\tTAGS: " + tags(t)));
        });
  }

  static List<String> tags(Project project) {
    return lines(
        project,
        (play, lines) -> {
          var all = new TreeSet<String>();
          play.all().forEach(t -> all.addAll(t.keywords().tags()));
          lines.add("      TASK TAGS: [" + String.join(", ", all) + "]");
        });
  }

  private static String tags(Task task) {
    return "[" + String.join(", ", new TreeSet<>(task.keywords().tags())) + "]";
  }

  /** Adds the lines of one play. */
  private interface Body {
    void add(Play play, List<String> lines);
  }

  private static List<String> lines(Project project, Body body) {
    var lines = new ArrayList<String>();
    for (Project.Book book : project.books()) {
      lines.add("");
      lines.add("playbook: " + book.playbook().path());
      int number = 1;
      for (Play play : book.playbook().plays()) {
        lines.add("");
        lines.add("  play #" + number++ + " (" + play.hosts().text() + "): " + play.name());
        body.add(play, lines);
      }
    }
    return lines;
  }
}
