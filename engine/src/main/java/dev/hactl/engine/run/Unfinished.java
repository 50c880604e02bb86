package dev.hactl.engine.run;

import java.util.List;

/** Notes of what an interrupted run left unfinished, which go when everything converged. */
final class Unfinished {
  private final Project project;
  private final RunOptions options;

  Unfinished(Project project, RunOptions options) {
    this.project = project;
    this.options = options;
  }

  /** Everything converged, so what an earlier run left unfinished is finished. */
  void settle(HostPass pass, List<Prepared> plays) {
    pass.unfinished.forEach((note, where) -> {
      boolean ours =
          project.books().stream()
              .anyMatch(b -> note.playbook().startsWith(b.playbook().path().getFileName() + "/"));
      boolean all = options.choice().allTasks();
      boolean ran =
          all
              || plays.stream()
                  .flatMap(p -> p.tasks().stream())
                  .anyMatch(t -> t.name().text().equals(note.task()));
      if (!ours || !ran) {
        return; // another playbook's: only that one can say that it converged
      }
      try {
        where.link().send(where.who(), Removal.of(note));
      } catch (HostLost e) {
        // The note stays, and the next run says so again.
      }
    });
  }
}
