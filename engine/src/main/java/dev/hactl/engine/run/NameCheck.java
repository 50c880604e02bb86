package dev.hactl.engine.run;

import dev.hactl.engine.model.Play;
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
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
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
  private final Set<String> mentioned = new TreeSet<>();

  /**
   * A check of one play.
   *
   * @param defined every name that any host of the play begins with
   */
  NameCheck(Project.Book book, Set<String> defined, Problems problems) {
    this.book = book;
    this.defined = new TreeSet<>(defined);
    this.problems = problems;
  }

  /**
   * Looks at the tasks that are to run, in their order, then at the handlers.
   *
   * @return every name they refer to
   */
  Set<String> run(Play play, List<Task> tasks) {
    play.handlers().forEach(h -> defined.addAll(Blank.namesOf(h).keySet()));
    var all = new TreeSet<>(defined);
    Stream.concat(tasks.stream(), play.handlers().stream())
        .forEach(t -> {
          all.addAll(Blank.namesOf(t).keySet());
          t.keywords().vars().forEach(v -> v.entries().forEach(e -> all.add(e.name())));
        });
    all.add("item");
    // A variable is rendered where it is used, so it may rest on what that task knows.
    play.vars().ifPresent(v -> tell(book.renderer().mentions(v), all));
    for (Task task : tasks) {
      task(task, all);
      defined.addAll(Blank.namesOf(task).keySet());
    }
    play.handlers().forEach(h -> task(h, all));
    return mentioned;
  }

  private void task(Task task, Set<String> all) {
    if (book.modules().find(task.module()).isEmpty()) {
      return;
    }
    Module<?> module = book.modules().find(task.module()).get();
    Task.Keywords k = task.keywords();
    Renderer renderer = book.renderer();
    Mentions guards = expressions(k.when());
    Mentions texts =
        Mentions.of(List.of(guards, arguments(task, book.forms().of(module)), keywords(k)));
    boolean verdicts =
        Stream.of(k.changedWhen(), k.failedWhen(), k.until()).anyMatch(v -> !v.isEmpty());
    if (texts.isEmpty() && k.loop().isEmpty() && k.vars().isEmpty() && !verdicts) {
      return; // most tasks refer to nothing
    }
    var names = new TreeSet<>(defined);
    k.vars().forEach(v -> v.entries().forEach(e -> names.add(e.name())));
    k.loop().ifPresent(l -> tell(beside(guards, renderer.mentions(l)), names));
    if (k.loop().isPresent()) {
      names.add("item");
    }
    k.vars().forEach(v -> tell(beside(guards, renderer.mentions(v)), all));
    tell(texts, names);
    names.addAll(Results.names(module.manual()));
    k.register().ifPresent(names::add);
    for (List<Node.Scalar> verdict : List.of(k.changedWhen(), k.failedWhen(), k.until())) {
      tell(expressions(verdict), names);
    }
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
    Stream.of(k.delegateTo(), k.becomeUser(), k.retries(), k.delay(), k.timeout())
        .forEach(n -> n.ifPresent(nodes::add));
    return Mentions.of(nodes.stream().map(book.renderer()::mentions).toList());
  }

  private Mentions arguments(Task task, Form<?> form) {
    return switch (task.args()) {
      case Node.Mapping m ->
          Mentions.of(
              m.entries().stream()
                  .map(e ->
                      form.field(e.name())
                          .map(f -> argument(f, e.value()))
                          .orElseGet(() -> book.renderer().mentions(e.value())))
                  .toList());
      case Node.Scalar s ->
          form.freeForm().flatMap(form::field).map(f -> argument(f, s)).orElse(Mentions.NONE);
      case Node.Sequence s -> book.renderer().mentions(s);
    };
  }

  private Mentions argument(Field<?> field, Node node) {
    return switch (field.type()) {
      case Type.Plain<?> p -> book.renderer().mentions(node);
      case Type.LocalCommand c -> book.renderer().mentions(node);
      case Type.Source s -> book.renderer().mentions(node);
      case Type.LocalFile f -> book.renderer().mentions(node);
      case Type.Expression e -> conditions(node);
      case Type.Expressions e -> conditions(node);
      case Type.Template t ->
          node instanceof Node.Scalar s && !Renderer.dynamic(s.text())
              ? book.templates().mentions(s.text())
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

  private void tell(Mentions mentions, Set<String> names) {
    mentioned.addAll(mentions.needed().keySet());
    mentioned.addAll(mentions.optional());
    for (String name : mentions.missing(names)) {
      Place place = java.util.Objects.requireNonNull(mentions.needed().get(name));
      boolean said = problems.all().stream().map(Problem::place).anyMatch(place::equals);
      if (!said) {
        problems.add(Renderer.undefined(name, place, names));
      }
    }
  }
}
