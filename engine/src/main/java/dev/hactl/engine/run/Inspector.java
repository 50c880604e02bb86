package dev.hactl.engine.run;

import dev.hactl.engine.inventory.Host;
import dev.hactl.engine.lint.Arguments;
import dev.hactl.engine.lint.LintBook;
import dev.hactl.engine.lint.SeenCluster;
import dev.hactl.engine.lint.SeenTask;
import dev.hactl.engine.lint.Sights;
import dev.hactl.engine.lint.WrittenTask;
import dev.hactl.engine.model.Play;
import dev.hactl.engine.model.Task;
import dev.hactl.engine.module.Form;
import dev.hactl.engine.module.Module;
import dev.hactl.engine.source.Node;
import dev.hactl.engine.source.SourceFile;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Shows a project to the rules of {@code hactl lint}, without a connection. */
public final class Inspector {
  private final Project project;
  private final Sights.Wanted wanted;
  private final Consumer<SeenTask> eye;
  private final Map<String, List<SeenTask>> ofHosts = new ConcurrentHashMap<>();
  private final SeenTasks seen = new SeenTasks();
  private final Set<SourceFile> files = new LinkedHashSet<>();

  private Inspector(Project project, Sights.Wanted wanted, Consumer<SeenTask> eye) {
    this.project = project;
    this.wanted = wanted;
    this.eye = eye;
  }

  /**
   * Looks at a project; mistakes that are found on the way are added to its problems.
   *
   * @param wanted the modules whose tasks rules look at as they come to be on hosts
   * @param eye is shown those tasks, by several threads
   */
  public static Sights inspect(
      Project project, RunOptions options, Sights.Wanted wanted, Consumer<SeenTask> eye) {
    return new Inspector(project, wanted, eye).inspect(options);
  }

  private Sights inspect(RunOptions options) {
    var written = new ArrayList<WrittenTask>();
    for (Project.Book book : project.books()) {
      files.add(book.playbook().source());
      for (Play play : book.playbook().plays()) {
        play.tasks().forEach(t -> written(book, play, t, false).ifPresent(written::add));
        play.handlers().forEach(t -> written(book, play, t, true).ifPresent(written::add));
        files(play);
      }
    }
    List<Node.Mapping> inventory = variables();
    inventory.forEach(this::files);
    List<SeenCluster> clusters = project.inventoryRead() ? onHosts(options) : anywhere();
    return new Sights(
        project.books().stream()
            .map(b -> new LintBook(b.playbook(), b.modules(), inventory))
            .toList(),
        List.copyOf(written),
        clusters,
        Set.copyOf(files),
        project.inventoryRead() && !project.problems().hasErrors());
  }

  /** What is written in inventories; not what programs print. */
  private List<Node.Mapping> variables() {
    return Stream.concat(
            project.inventory().groups().values().stream().flatMap(g -> g.vars().stream()),
            project.inventory().hosts().values().stream().flatMap(h -> h.vars().stream()))
        .filter(v -> !v.data())
        .map(v -> v.mapping())
        .toList();
  }

  private void files(Play play) {
    files.add(play.place().file());
    play.all().forEach(t -> files.add(t.place().file()));
    play.sources().vars().forEach(this::files);
    play.sources().varsFiles().forEach(this::files);
    play.sources()
        .roles()
        .forEach(r -> {
          r.defaults().forEach(this::files);
          r.vars().forEach(this::files);
        });
  }

  private void files(Node node) {
    files.add(node.place().file());
  }

  private static Optional<WrittenTask> written(
      Project.Book book, Play play, Task task, boolean handler) {
    return form(book, task)
        .map(f -> new WrittenTask(play, task, handler, task.module(), Arguments.of(task, f)));
  }

  private static Optional<Form<?>> form(Project.Book book, Task task) {
    return book.modules().find(task.module()).map(m -> form(book, m));
  }

  private static Form<?> form(Project.Book book, Module<?> module) {
    return book.forms().of(module);
  }

  private List<SeenCluster> onHosts(RunOptions options) {
    Runner.look(project, options, new Eyes());
    var clusters = new LinkedHashMap<String, List<Host>>();
    for (Host host : project.inventory().hosts().values()) {
      clusters
          .computeIfAbsent(host.cluster().orElse(host.name()), c -> new ArrayList<>())
          .add(host);
    }
    return clusters.entrySet().stream()
        .map(e ->
            new SeenCluster(
                Optional.of(e.getKey()),
                Optional.of(e.getValue().size()),
                e.getValue().stream()
                    .map(h -> ofHosts.getOrDefault(h.name(), List.of()))
                    .flatMap(Collection::stream)
                    .toList()))
        .filter(c -> !c.tasks().isEmpty())
        .toList();
  }

  private boolean together(Task task) {
    return wanted.together().contains(task.module());
  }

  private boolean wants(Task task) {
    return wanted.single().contains(task.module()) || together(task);
  }

  /** Sees what is shown of the hosts. */
  private final class Eyes implements Watcher {
    @Override
    public boolean wants(Task task) {
      return together(task);
    }

    @Override
    public void see(PlayScope scope, HostPass pass, Task task) {
      Optional<Form<?>> form =
          Inspector.this.wants(task) ? form(scope.book(), task) : Optional.empty();
      if (form.isEmpty()) {
        return;
      }
      for (SeenTask made : new Sight(scope.book(), task, form.get()).of(pass)) {
        eye.accept(made);
        if (together(task)) {
          ofHosts.computeIfAbsent(pass.host.name(), h -> new ArrayList<>()).add(seen.keep(made));
        }
      }
    }
  }

  /** What can be told of tasks without knowing any host: all names are unknown. */
  private List<SeenCluster> anywhere() {
    var tasks = new ArrayList<SeenTask>();
    for (Project.Book book : project.books()) {
      for (Play play : book.playbook().plays()) {
        play.all()
            .filter(this::wants)
            .forEach(t ->
                form(book, t)
                    .ifPresent(form -> {
                      SeenTask made = new Sight(book, t, form).anywhere();
                      eye.accept(made);
                      tasks.add(made);
                    }));
      }
    }
    return List.of(new SeenCluster(Optional.empty(), Optional.empty(), List.copyOf(tasks)));
  }
}
