package dev.hactl.engine.run;

import dev.hactl.engine.model.Play;
import dev.hactl.engine.model.Task;
import dev.hactl.engine.source.Near;
import dev.hactl.engine.source.Place;
import dev.hactl.engine.source.Problems;
import dev.hactl.engine.source.SourceException;
import dev.hactl.engine.template.Renderer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What of the playbooks is to run, and on which hosts: {@code --limit}, {@code --tags} and their
 * like.
 */
final class Selection {
  private final Project project;
  private final RunOptions options;
  private final String run;
  private boolean started;

  /**
   * A selection for one run.
   *
   * @param run its id
   */
  Selection(Project project, RunOptions options, String run) {
    this.run = run;
    this.project = project;
    this.options = options;
    this.started = options.choice().startAtTask().isEmpty();
  }

  /** The plays with their hosts; notes what is wrong. */
  List<PlayScope> scopes(Problems problems) {
    var scopes = new ArrayList<PlayScope>();
    for (Project.Book book : project.books()) {
      for (Play play : book.playbook().plays()) {
        if (Renderer.dynamic(play.hosts().text())) {
          continue; // refused already
        }
        try {
          scopes.add(PlayScope.of(project, book, play, options, run));
        } catch (SourceException e) {
          problems.addAll(e.problems());
        }
      }
    }
    if (!scopes.isEmpty() && scopes.stream().allMatch(s -> s.hosts().isEmpty())) {
      problems.error(
          scopes.getFirst().play().hosts().place(),
          "no host matches" + options.choice().limit().map(l -> " --limit " + l).orElse(""),
          "'--list-hosts' shows whom each play is for");
    }
    checkSelection(scopes, problems);
    return scopes;
  }

  private void checkSelection(List<PlayScope> scopes, Problems problems) {
    var tags = new TreeSet<>(Set.of("all", "always", "never", "tagged", "untagged"));
    var names = new LinkedHashSet<String>();
    for (PlayScope scope : scopes) {
      scope.play().all().forEach(t -> tags.addAll(t.keywords().tags()));
      scope
          .play()
          .tasks()
          .forEach(t -> {
            names.add(t.name().text());
            names.add(t.title());
          });
    }
    for (Set<String> given : List.of(options.choice().tags(), options.choice().skipTags())) {
      for (String tag : given) {
        if (!tags.contains(tag)) {
          problems.error(
              Place.of("--tags"),
              "no task has the tag '" + tag + "'",
              Near.hint(tag, tags).orElse("tags: " + String.join(", ", tags)));
        }
      }
    }
    options
        .choice()
        .startAtTask()
        .filter(start -> !names.contains(start))
        .ifPresent(start ->
            problems.error(
                Place.of("--start-at-task"),
                "no task is named '" + start + "'",
                Near.hint(start, names).orElse("'--list-tasks' shows the names")));
  }

  private static boolean called(Task task, String name) {
    return task.name().text().equals(name) || task.title().equals(name);
  }

  /** The tasks of a play that are to run; the plays are asked for in their order. */
  List<Task> tasks(Play play) {
    return play.tasks().stream()
        .filter(
            t -> started |= options.choice().startAtTask().filter(s -> called(t, s)).isPresent())
        .filter(t -> options.choice().selects(t.keywords().tags()))
        .toList();
  }
}
