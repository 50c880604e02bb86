package dev.hactl.engine.run;

import dev.hactl.engine.inventory.Host;
import dev.hactl.engine.model.OnTarget;
import dev.hactl.engine.model.Play;
import dev.hactl.engine.model.Task;
import dev.hactl.engine.module.ClusterModule;
import dev.hactl.engine.module.TargetKind;
import dev.hactl.engine.source.Near;
import dev.hactl.engine.source.Node;
import dev.hactl.engine.source.Problems;
import dev.hactl.engine.source.SourceException;
import dev.hactl.engine.template.Renderer;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Finds what is wrong with {@code on:} without a host. */
final class TargetCheck {
  private final Project project;
  private final Project.Book book;
  private final Problems problems;

  TargetCheck(Project project, Project.Book book, Problems problems) {
    this.project = project;
    this.book = book;
    this.problems = problems;
  }

  void run(Play play) {
    Set<OnTarget> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    play.all()
        .filter(t -> t.keywords().on().isPresent())
        .forEach(t -> {
          OnTarget on = t.keywords().on().orElseThrow();
          if (seen.add(on)) {
            text(play, on.text());
          }
          together(t, on.text());
        });
  }

  private void text(Play play, Node.Scalar on) {
    book.renderer().check(on, problems);
    // An expression may only stand for an argument, and holds anything: its braces are left out.
    boolean dynamic = Renderer.dynamic(on.text());
    Optional<TargetText> read =
        TargetText.of(dynamic ? on.text().replaceAll("\\$\\{[^}]*}", "x") : on.text());
    if (read.isEmpty() || on.text().stripLeading().startsWith("$")) {
      problems.error(
          on.place(), "'on:' names a kind of target: NAME or NAME(ARGUMENT)", "known: " + known());
      return;
    }
    Optional<TargetKind<?>> kind = book.modules().target(read.get().name());
    if (kind.isEmpty()) {
      problems.error(
          on.place(),
          "there is no target '" + read.get().name() + "'",
          Near.hint(read.get().name(), book.modules().targets()).orElse("known: " + known()));
      return;
    }
    int given = read.get().arguments().size();
    boolean blank = read.get().arguments().stream().anyMatch(String::isEmpty);
    if (given < kind.get().required() || given > kind.get().arguments().size() || blank) {
      problems.error(
          on.place(),
          "'" + read.get().name() + "' takes " + wanted(kind.get()) + ", not " + counted(given),
          "write '" + form(read.get().name(), kind.get()) + "'");
    } else if (kind.get().ofCluster()) {
      inCluster(play, on, read.get());
    }
  }

  private static String counted(int arguments) {
    return arguments == 0 ? "none" : String.valueOf(arguments);
  }

  private static String wanted(TargetKind<?> kind) {
    int most = kind.arguments().size();
    if (most == 0) {
      return "no argument";
    }
    String count = kind.required() == most ? String.valueOf(most) : kind.required() + " to " + most;
    return count + (most == 1 ? " argument" : " arguments");
  }

  /** How it is written: {@code active(RESOURCE)}. */
  static String form(String name, TargetKind<?> kind) {
    return kind.arguments().isEmpty()
        ? name
        : name + "(" + String.join(", ", kind.arguments()) + ")";
  }

  private String known() {
    return book.modules().targets().stream()
        .map(n -> form(n, book.modules().target(n).orElseThrow()))
        .collect(Collectors.joining(", "));
  }

  private void inCluster(Play play, Node.Scalar on, TargetText read) {
    if (!project.inventoryRead()) {
      return;
    }
    try {
      List<Host> hosts = project.inventory().select(play.hosts().text(), play.hosts().place());
      if (!hosts.isEmpty() && hosts.stream().allMatch(h -> h.cluster().isEmpty())) {
        problems.error(
            on.place(),
            "'" + read + "' can name nobody: no host of the play is in a cluster",
            "give a group of the inventory that holds them 'cluster: NAME'");
      }
    } catch (SourceException e) {
      // Said where the hosts are named.
    }
  }

  private void together(Task task, Node.Scalar on) {
    Task.Keywords k = task.keywords();
    if (book.modules().find(task.module()).orElse(null) instanceof ClusterModule<?, ?>) {
      return; // said with the other keywords of one host
    }
    k.delegateTo()
        .ifPresent(d ->
            problems.error(
                d.place(),
                "'on' and 'delegate_to' both say where the task works",
                "leave out one of them"));
    if (k.runOnce()) {
      problems.error(
          on.place(),
          "'on' and 'run_once' both say where the task works",
          "leave out 'run_once': 'on' alone chooses the hosts");
    }
  }
}
