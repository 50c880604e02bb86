package dev.hactl.engine.run;

import dev.hactl.engine.model.OnTarget;
import dev.hactl.engine.model.Play;
import dev.hactl.engine.model.Task;
import dev.hactl.engine.module.Binder;
import dev.hactl.engine.module.ClusterModule;
import dev.hactl.engine.module.Field;
import dev.hactl.engine.module.Form;
import dev.hactl.engine.module.Module;
import dev.hactl.engine.module.Type;
import dev.hactl.engine.source.Node;
import dev.hactl.engine.source.Place;
import dev.hactl.engine.source.Problems;
import dev.hactl.engine.source.SourceException;
import dev.hactl.engine.template.Renderer;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/** Finds, without a host, everything in a project that can be known to be wrong. */
final class StaticCheck {
  private final Project project;
  private final Problems problems;

  StaticCheck(Project project, Problems problems) {
    this.project = project;
    this.problems = problems;
  }

  void run() {
    inventory();
    var detached = new DetachCheck(problems);
    for (Project.Book book : project.books()) {
      for (Play play : book.playbook().plays()) {
        hosts(play);
        new SourcesCheck(book, play, problems).run();
        tasks(book, play.all());
        new FlowCheck(problems).run(play);
        new TransactionCheck(book.modules(), problems).run(play);
        detached.run(play, book.modules());
        new TargetCheck(project, book, problems).run(play);
      }
    }
  }

  /** A task and what was found about it. */
  private record Checked(Task task, Problems found) {}

  /** On two processors: this is much of what a short run does before it connects. */
  private void tasks(Project.Book book, Stream<Task> tasks) {
    List<Checked> all = tasks.map(t -> new Checked(t, new Problems())).toList();
    Parallel.each(all, 2, c -> new StaticCheck(project, c.found()).task(book, c.task()));
    all.forEach(c -> problems.addAll(c.found().all()));
  }

  /** Texts that nobody renders are not looked at again, so they are parsed here. */
  private void inventory() {
    Renderer renderer = project.books().getFirst().renderer();
    Stream.concat(
            project.inventory().groups().values().stream().flatMap(g -> g.vars().stream()),
            project.inventory().hosts().values().stream().flatMap(h -> h.vars().stream()))
        .forEach(v -> {
          if (!v.data()) {
            renderer.check(v.mapping(), problems);
          }
          ConnectionNames.check(v.mapping(), problems);
        });
  }

  private void hosts(Play play) {
    if (!project.inventoryRead()) {
      return;
    }
    if (Renderer.dynamic(play.hosts().text())) {
      problems.error(
          play.hosts().place(),
          "hosts cannot hold an expression",
          "name groups and hosts, and choose among them with --limit");
      return;
    }
    try {
      project.inventory().select(play.hosts().text(), play.hosts().place());
    } catch (SourceException e) {
      problems.addAll(e.problems());
    }
    if (play.needs() instanceof Play.Needs.Hosts needed) {
      needed.names().forEach(this::host);
    }
  }

  /** A name that must be a host, not a group or a pattern. */
  private void host(Node.Scalar name) {
    if (project.inventoryRead() && project.inventory().host(name.text()).isEmpty()) {
      problems.add(project.inventory().noHost(name.text(), name.place()));
    }
  }

  private void task(Project.Book book, Task task) {
    Renderer renderer = book.renderer();
    Shelf shelf = book.shelf(task);
    Task.Keywords k = task.keywords();
    for (List<Node.Scalar> conditions :
        List.of(k.when(), k.changedWhen(), k.failedWhen(), k.until())) {
      conditions.forEach(c -> renderer.checkExpression(c, problems));
    }
    renderer.check(task.name(), problems);
    k.loop().ifPresent(l -> renderer.check(l, problems));
    k.loopControl().label().ifPresent(l -> renderer.check(l, problems));
    k.loopControl().pause().ifPresent(p -> fixed(p, renderer, KeywordValues::pause));
    k.vars().forEach(v -> renderer.check(v, problems));
    k.environment().forEach(e -> renderer.check(e, problems));
    k.delegateTo().ifPresent(d -> delegate(d, renderer));
    k.becomeUser().ifPresent(u -> renderer.check(u, problems));
    Stream.of(k.retries(), k.delay(), k.timeout())
        .flatMap(Optional::stream)
        .forEach(n -> number(n, renderer));
    Optional<Module<?>> module = book.modules().find(task.module());
    module.ifPresent(m -> arguments(shelf, task, book.forms().of(m)));
    if (module.orElse(null) instanceof ClusterModule<?, ?>) {
      together(task);
    }
  }

  /** What is said of one host's command has no meaning where a cluster acts as one. */
  private void together(Task task) {
    Task.Keywords k = task.keywords();
    Stream.of(
            meaningless("until", k.until().stream()),
            meaningless("retries", k.retries().stream()),
            meaningless("delay", k.delay().stream()),
            meaningless("changed_when", k.changedWhen().stream()),
            meaningless("failed_when", k.failedWhen().stream()),
            meaningless("delegate_to", k.delegateTo().stream()),
            meaningless("on", k.on().map(OnTarget::text).stream()),
            meaningless("pause", k.loopControl().pause().stream()))
        .flatMap(s -> s)
        .forEach(w ->
            problems.error(
                w.place(),
                task.module() + " acts on a cluster as one, '" + w.keyword() + "' is of one host",
                "leave it out; a task of another module before or after it can have it"));
  }

  private record Meaningless(String keyword, Place place) {}

  private static Stream<Meaningless> meaningless(String keyword, Stream<Node.Scalar> given) {
    return given.limit(1).map(s -> new Meaningless(keyword, s.place()));
  }

  private void delegate(Node.Scalar host, Renderer renderer) {
    renderer.check(host, problems);
    if (!Renderer.dynamic(host.text()) && !host.text().equals("localhost")) {
      host(host);
    }
  }

  private void number(Node.Scalar number, Renderer renderer) {
    fixed(number, renderer, KeywordValues::number);
  }

  /** What is written without an expression can be read now. */
  private void fixed(
      Node.Scalar text, Renderer renderer, BiFunction<Node.Scalar, String, ?> reading) {
    renderer.check(text, problems);
    if (!Renderer.dynamic(text.text())) {
      try {
        var _ = reading.apply(text, text.text());
      } catch (SourceException e) {
        problems.addAll(e.problems());
      }
    }
  }

  private void arguments(Shelf shelf, Task task, Form<?> form) {
    Binder.check(task.module(), form, task.args(), task.modulePlace(), problems, Renderer::dynamic);
    switch (task.args()) {
      case Node.Mapping m ->
          m.entries()
              .forEach(e ->
                  form.field(e.name())
                      .ifPresentOrElse(
                          f -> argument(shelf, f, e.value()), () -> text(shelf, e.value())));
      case Node.Scalar s when form.freeForm().isPresent() ->
          form.field(form.freeForm().get()).ifPresent(f -> argument(shelf, f, s));
      case Node.Scalar s -> {}
      case Node.Sequence s -> {}
    }
  }

  private void text(Shelf shelf, Node node) {
    shelf.renderer().check(node, problems);
  }

  private void argument(Shelf shelf, Field<?> field, Node node) {
    switch (field.type()) {
      case Type.Plain<?> p -> text(shelf, node);
      case Type.Expression e -> expressions(shelf, node);
      case Type.Expressions e -> expressions(shelf, node);
      case Type.LocalCommand c -> text(shelf, node);
      // An absolute name may be one of the host.
      case Type.Source s ->
          fixedName(node)
              .filter(n -> !n.startsWith("/"))
              .ifPresent(n -> exists(shelf, n, node.place()));
      case Type.LocalFile f -> fixedName(node).ifPresent(n -> exists(shelf, n, node.place()));
      case Type.Template t ->
          fixedName(node).ifPresent(n -> shelf.templates().check(n, node.place(), problems));
    }
  }

  private void expressions(Shelf shelf, Node node) {
    switch (node) {
      case Node.Scalar s -> shelf.renderer().checkExpression(s, problems);
      case Node.Sequence s -> s.items().forEach(n -> expressions(shelf, n));
      case Node.Mapping m ->
          problems.error(m.place(), "an expression is wanted, this is a mapping");
    }
  }

  private void exists(Shelf shelf, String name, Place place) {
    try {
      shelf.files().find(name, place);
    } catch (SourceException e) {
      problems.addAll(e.problems());
    }
  }

  private static Optional<String> fixedName(Node node) {
    return node instanceof Node.Scalar s && !Renderer.dynamic(s.text())
        ? Optional.of(s.text())
        : Optional.empty();
  }
}
