package dev.hactl.engine.run;

import dev.hactl.engine.lint.Told;
import dev.hactl.engine.model.LoopControl;
import dev.hactl.engine.model.Play;
import dev.hactl.engine.model.Role;
import dev.hactl.engine.model.Task;
import dev.hactl.engine.module.Field;
import dev.hactl.engine.module.Form;
import dev.hactl.engine.module.Module;
import dev.hactl.engine.module.Type;
import dev.hactl.engine.source.Node;
import dev.hactl.engine.source.Place;
import dev.hactl.engine.source.Problem;
import dev.hactl.engine.source.Problems;
import dev.hactl.engine.template.Mentions;
import dev.hactl.engine.template.Renderer;
import dev.hactl.engine.vars.Scope;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Finds names that no host, no play and no earlier task can define, also where evaluating says
 * nothing: behind conditions and in loops that are not known yet, in branches not taken, and in
 * verdicts that are only looked at when a command has run.
 */
final class NameCheck {
  private final Project.Book book;
  private final Set<String> defined;
  private final Problems problems;
  private final RescueParts parts;
  private final Set<String> mentioned = new TreeSet<>();
  private final Map<String, Place> registered = new HashMap<>();
  private final Scope scope;
  private List<Set<String>> ofRoles = List.of();

  /** Names that every host begins with, whatever tasks do. */
  private final Set<String> given;

  private Optional<Ways> ways = Optional.empty();

  /** The line that imports the task at hand: what is missing there may be the reason. */
  private Set<Place> importedAt = Set.of();

  /**
   * A check of one play.
   *
   * @param defined every name that any host of the play begins with
   * @param scope what one of the hosts begins with, to tell where a name is set
   */
  NameCheck(
      Project.Book book, Set<String> defined, Scope scope, RescueParts parts, Problems problems) {
    this.scope = scope;
    this.book = book;
    this.defined = new TreeSet<>(defined);
    this.given = Set.copyOf(defined);
    this.parts = parts;
    this.problems = problems;
  }

  /**
   * Looks at the tasks that are to run, in their order, then at the handlers.
   *
   * @return every name they refer to
   */
  Set<String> run(PlayScope of, List<Task> tasks) {
    Play play = of.play();
    ofRoles = of.roles().stream().map(RoleLayers::names).toList();
    tasks.forEach(
        t -> Blank.namesOf(t).keySet().forEach(n -> registered.putIfAbsent(n, t.place())));
    play.handlers().forEach(h -> defined.addAll(Blank.namesOf(h).keySet()));
    var all = new TreeSet<>(defined);
    Stream.concat(tasks.stream(), play.handlers().stream())
        .forEach(t -> {
          all.addAll(Blank.namesOf(t).keySet());
          t.keywords().vars().forEach(v -> v.entries().forEach(e -> all.add(e.name())));
        });
    Stream.concat(tasks.stream(), play.handlers().stream())
        .filter(t -> t.keywords().loop().isPresent())
        .forEach(t -> t.keywords().loopControl().names().forEach(all::add));
    if (!parts.isEmpty()) {
      all.addAll(Stumble.unknown().keySet());
    }
    // A variable is rendered where it is used, so it may rest on what that task knows.
    play.sources().vars().forEach(v -> tell(book.renderer().mentions(v), all));
    for (Role role : play.sources().roles()) {
      var inRole = new TreeSet<>(all);
      inRole.addAll(ofRoles.get(role.number()));
      role.defaults().forEach(v -> tell(book.renderer().mentions(v), inRole));
      role.vars().forEach(v -> tell(book.renderer().mentions(v), inRole));
    }
    ways = Optional.of(Ways.of(play, tasks));
    for (Task task : tasks) {
      task(task, all);
      defined.addAll(Blank.namesOf(task).keySet());
    }
    ways = Optional.empty(); // where a handler runs, nobody can tell
    play.handlers().forEach(h -> task(h, all));
    return mentioned;
  }

  private void task(Task task, Set<String> all) {
    importedAt = task.home().importedAt().map(Set::of).orElse(Set.of());
    if (book.modules().find(task.module()).isEmpty()) {
      return;
    }
    Module<?> module = book.modules().find(task.module()).get();
    Task.Keywords k = task.keywords();
    Renderer renderer = book.renderer();
    Mentions guards = expressions(k.when());
    Mentions texts =
        Mentions.of(
            List.of(
                guards, arguments(task, book.forms().of(module), book.shelf(task)), keywords(k)));
    boolean verdicts =
        Stream.of(k.changedWhen(), k.failedWhen(), k.until()).anyMatch(v -> !v.isEmpty());
    if (texts.isEmpty() && k.loop().isEmpty() && k.vars().isEmpty() && !verdicts) {
      return; // most tasks refer to nothing
    }
    var names = new NamesBeyond(defined);
    task.home().role().ifPresent(r -> names.addAll(ofRoles.get(r.number())));
    if (parts.rescues(task)) {
      names.addAll(Stumble.unknown().keySet());
    }
    k.vars().forEach(v -> v.entries().forEach(e -> names.add(e.name())));
    k.loop().ifPresent(l -> tell(beside(guards, renderer.mentions(l)), names));
    if (k.loop().isPresent()) {
      shadowed(task, names);
      k.loopControl().names().forEach(names::add);
      Stream.of(k.loopControl().label(), k.loopControl().pause())
          .flatMap(Optional::stream)
          .forEach(n -> tell(renderer.mentions(n), names));
    }
    if (!k.vars().isEmpty()) {
      var anything = new NamesBeyond(all);
      anything.addAll(names.own());
      k.vars().forEach(v -> tell(beside(guards, renderer.mentions(v)), anything));
    }
    tell(texts, names);
    ways.ifPresent(w -> unsure(texts, task, w));
    names.addAll(Results.names(module.manual()));
    k.register().ifPresent(names::add);
    for (List<Node.Scalar> verdict : List.of(k.changedWhen(), k.failedWhen(), k.until())) {
      tell(expressions(verdict), names);
    }
  }

  /** A loop whose variable takes the name of another makes that one invisible. */
  private void shadowed(Task task, Set<String> names) {
    LoopControl control = task.keywords().loopControl();
    Stream.concat(Stream.of(control.variable()), control.index().stream())
        .filter(n -> names.contains(n.text()))
        .forEach(n -> {
          Place place =
              n.written()
                  .map(Node.Scalar::place)
                  .orElseGet(() -> task.keywords().loop().orElseThrow().place());
          problems.error(
              place,
              "the loop variable '" + n.text() + "' hides a variable of that name",
              set(task, n.text()).map(p -> "that one is set at " + p + "; ").orElse("")
                  + "choose another: loop_control: {loop_var: NAME}");
        });
  }

  /** Where a name that a task sees is set, as far as that is one place. */
  private Optional<Place> set(Task task, String name) {
    Optional<Place> own =
        task.keywords().vars().reversed().stream()
            .flatMap(v -> v.entry(name).stream())
            .map(e -> e.key().place())
            .findFirst();
    return own.or(() -> Optional.ofNullable(registered.get(name)))
        .or(() -> scope.find(name).map(b -> b.origin().place()));
  }

  /** What a condition tests, the text may use. */
  private static Mentions beside(Mentions guards, Mentions text) {
    var optional = new LinkedHashSet<>(guards.optional());
    optional.addAll(text.optional());
    return new Mentions(text.needed(), optional, text.own());
  }

  private Mentions expressions(List<Node.Scalar> conditions) {
    return Mentions.of(conditions.stream().map(book.renderer()::mentionsOfExpression).toList());
  }

  private Mentions keywords(Task.Keywords k) {
    var nodes = new ArrayList<Node>(k.environment());
    k.on().ifPresent(on -> nodes.add(on.text()));
    Stream.of(k.delegateTo(), k.becomeUser(), k.retries(), k.delay(), k.timeout())
        .forEach(n -> n.ifPresent(nodes::add));
    return Mentions.of(nodes.stream().map(book.renderer()::mentions).toList());
  }

  private Mentions arguments(Task task, Form<?> form, Shelf shelf) {
    return switch (task.args()) {
      case Node.Mapping m ->
          Mentions.of(
              m.entries().stream()
                  .map(e ->
                      form.field(e.name())
                          .map(f -> argument(f, e.value(), shelf))
                          .orElseGet(() -> book.renderer().mentions(e.value())))
                  .toList());
      case Node.Scalar s ->
          form.freeForm()
              .flatMap(form::field)
              .map(f -> argument(f, s, shelf))
              .orElse(Mentions.NONE);
      case Node.Sequence s -> book.renderer().mentions(s);
    };
  }

  private Mentions argument(Field<?> field, Node node, Shelf shelf) {
    return switch (field.type()) {
      case Type.Plain<?> p -> book.renderer().mentions(node);
      case Type.LocalCommand c -> book.renderer().mentions(node);
      case Type.Source s -> book.renderer().mentions(node);
      case Type.LocalFile f -> book.renderer().mentions(node);
      case Type.Expression e -> conditions(node);
      case Type.Expressions e -> conditions(node);
      case Type.Template t ->
          node instanceof Node.Scalar s && !Renderer.dynamic(s.text())
              ? shelf.templates().mentions(s.text())
              : book.renderer().mentions(node);
    };
  }

  private Mentions conditions(Node node) {
    return switch (node) {
      case Node.Scalar s -> expressions(List.of(s));
      case Node.Sequence s -> Mentions.of(s.items().stream().map(this::conditions).toList());
      case Node.Mapping m -> Mentions.NONE;
    };
  }

  /** Warns of names that a host may come to this task without. */
  private void unsure(Mentions mentions, Task task, Ways of) {
    for (String name : mentions.missing(given)) {
      of.mayMiss(name, task)
          .ifPresent(setter ->
              problems.add(
                  Problem.warning(
                      Told.MAYBE_UNDEFINED,
                      mentions.place(name),
                      "'" + name + "' is perhaps undefined: not every way sets it",
                      "it is set at "
                          + setter.place()
                          + "; give a default (${"
                          + name
                          + "!'...'}), or test it: when: "
                          + name
                          + "??")));
    }
  }

  private void tell(Mentions mentions, Set<String> names) {
    mentioned.addAll(mentions.needed().keySet());
    mentioned.addAll(mentions.optional());
    for (String name : mentions.missing(names)) {
      Place place = mentions.place(name);
      boolean said = problems.all().stream().map(Problem::place).anyMatch(place::equals);
      if (!said) {
        Place later = registered.get(name);
        Problem problem =
            later == null
                ? Renderer.undefined(name, place, names)
                : Problem.error(
                    place,
                    "'" + name + "' is undefined",
                    "it is set by a later task, at " + later + ": move that one up");
        problems.add(HostProblems.imported(problem, importedAt));
      }
    }
  }
}
