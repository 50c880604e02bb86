package dev.hactl.engine.module;

import dev.hactl.engine.model.Task;
import dev.hactl.engine.source.Near;
import dev.hactl.engine.source.Node;
import dev.hactl.engine.source.Place;
import dev.hactl.engine.source.Problem;
import dev.hactl.engine.source.Problems;
import dev.hactl.engine.source.SourceException;
import dev.hactl.engine.value.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Fills a form from a task: statically what can be told without a host, and fully with one host's
 * values.
 */
public final class Binder {
  private Binder() {}

  /**
   * Checks everything that needs no value: names, missing and contradicting parameters, the types
   * of literals.
   *
   * @param module the module's name, for messages
   * @param args the task's arguments: a mapping, or plain text for the form's free-form parameter
   * @param dynamic whether a text needs rendering before its type can be judged
   */
  public static void check(
      String module,
      Form<?> form,
      Node args,
      Place task,
      Problems problems,
      Predicate<String> dynamic) {
    literals(form, given(module, form, args, task, problems), problems, dynamic);
  }

  /**
   * Checks parameters that tasks may get: names and the types of literals. That one is missing is
   * no mistake here.
   *
   * @param module the module's name, for messages
   */
  public static void checkDefaults(
      String module,
      Form<?> form,
      Node.Mapping args,
      Problems problems,
      Predicate<String> dynamic) {
    var given = new LinkedHashMap<String, Node>();
    args.entries().forEach(e -> add(module, form, e, given, problems));
    literals(form, given, problems, dynamic);
  }

  private static void literals(
      Form<?> form, Map<String, Node> given, Problems problems, Predicate<String> dynamic) {
    given.forEach((name, node) ->
        form.field(name)
            .ifPresent(field -> {
              try {
                literal(field, node, dynamic);
              } catch (BadValue e) {
                problems.add(problem(node.place(), name, e));
              }
            }));
  }

  /**
   * Binds for one host.
   *
   * @throws SourceException when a value does not fit
   * @throws Evaluation.Missing when a value is not known yet
   */
  public static <P> P bind(String module, Form<P> form, Node args, Place task, Evaluation with) {
    var problems = new Problems();
    Map<String, Node> given = given(module, form, args, task, problems);
    problems.throwIfErrors();
    var values = new HashMap<String, Object>();
    var free = new LinkedHashMap<String, Value>();
    given.forEach((name, node) -> {
      Optional<Field<?>> field = form.field(name);
      if (field.isEmpty()) {
        Value value = with.render(node);
        requireKnown(value);
        free.put(name, Value.tainted(value, with.hides()));
        return;
      }
      try {
        value(field.get(), node, with).ifPresent(v -> values.put(field.get().name(), v));
      } catch (BadValue e) {
        throw new SourceException(problem(node.place(), name, e));
      }
    });
    notEmpty(module, form, given, values.keySet(), task);
    try {
      return form.make(new Form.Filled(values, free));
    } catch (BadValue e) {
      throw new SourceException(problem(task, module, e));
    }
  }

  /** A parameter that is given may still come to nothing, as {@code content:} does. */
  private static void notEmpty(
      String module, Form<?> form, Map<String, Node> given, Set<String> filled, Place task) {
    for (Field<?> field : form.fields()) {
      if (field.required() && !filled.contains(field.name())) {
        throw new SourceException(
            Problem.error(
                place(given, field.name(), task),
                module + " needs the parameter '" + field.name() + "', which is empty here",
                field.description().isEmpty() ? "" : field.name() + ": " + field.description()));
      }
    }
    for (List<String> set : form.oneOf()) {
      if (set.stream().noneMatch(filled::contains)) {
        String empty = set.stream().filter(given::containsKey).findFirst().orElse(set.getFirst());
        throw new SourceException(
            Problem.error(
                place(given, empty, task),
                module
                    + " needs "
                    + (set.size() > 1 ? "one of " : "")
                    + String.join(", ", set)
                    + "; '"
                    + empty
                    + "' is empty here",
                "write '' where an empty text is meant"));
      }
    }
  }

  private static Place place(Map<String, Node> given, String name, Place otherwise) {
    return Optional.ofNullable(given.get(name)).map(Node::place).orElse(otherwise);
  }

  private static Problem problem(Place place, String name, BadValue e) {
    return new Problem(
        Problem.Severity.ERROR,
        place,
        name + ": " + e.getMessage(),
        Optional.of(e.advice()).filter(a -> !a.isEmpty()));
  }

  private static Map<String, Node> given(
      String module, Form<?> form, Node args, Place task, Problems problems) {
    var given = new LinkedHashMap<String, Node>();
    switch (args) {
      case Node.Mapping m -> m.entries().forEach(e -> add(module, form, e, given, problems));
      case Node.Scalar s when s.kind() == Node.Kind.NULL && s.plain() -> {}
      case Node.Scalar s when form.freeForm().isPresent() -> given.put(form.freeForm().get(), s);
      case Node.Scalar s ->
          problems.error(
              s.place(), module + " takes named parameters, this is plain text", names(form));
      case Node.Sequence s when form.freeForm().isPresent() -> given.put(form.freeForm().get(), s);
      case Node.Sequence s ->
          problems.error(
              s.place(), module + " takes named parameters, this is a list", names(form));
    }
    for (Field<?> field : form.fields()) {
      if (field.required() && !given.containsKey(field.name())) {
        problems.error(
            task,
            module + " needs the parameter '" + field.name() + "'",
            field.description().isEmpty() ? "" : field.name() + ": " + field.description());
      }
    }
    for (List<String> set : form.exclusive()) {
      List<String> both = set.stream().filter(given::containsKey).toList();
      if (both.size() > 1) {
        problems.error(task, module + " takes only one of " + String.join(", ", both));
      }
    }
    for (List<String> set : form.oneOf()) {
      if (set.stream().noneMatch(given::containsKey)) {
        problems.error(
            task, module + " needs " + (set.size() > 1 ? "one of " : "") + String.join(", ", set));
      }
    }
    return given;
  }

  private static void add(
      String module, Form<?> form, Node.Entry entry, Map<String, Node> given, Problems problems) {
    if (entry.name().equals(Task.FREE_FORM) && form.freeForm().isPresent()) {
      given.put(form.freeForm().get(), entry.value());
      return;
    }
    Optional<Field<?>> field = form.field(entry.name());
    if (field.isEmpty() && !form.open()) {
      var known = new ArrayList<String>();
      form.fields()
          .forEach(f -> {
            known.add(f.name());
            known.addAll(f.aliases());
          });
      problems.error(
          entry.key().place(),
          module + " has no parameter '" + entry.name() + "'",
          Near.hint(entry.name(), known).orElse(names(form)));
      return;
    }
    String name = field.<String>map(Field::name).orElse(entry.name());
    if (given.putIfAbsent(name, entry.value()) != null) {
      problems.error(
          entry.key().place(),
          "'" + entry.name() + "' is another name of '" + name + "', which is given too");
    }
  }

  private static String names(Form<?> form) {
    return "its parameters: " + String.join(", ", form.fields().stream().map(Field::name).toList());
  }

  private static void literal(Field<?> field, Node node, Predicate<String> dynamic) {
    if (!(field.type() instanceof Type.Plain<?> plain)) {
      return;
    }
    switch (node) {
      case Node.Scalar s when s.kind() == Node.Kind.TEXT && dynamic.test(s.text()) -> {}
      case Node.Scalar s when !s.tag().isEmpty() -> {}
      case Node.Scalar s when s.kind() == Node.Kind.NULL -> {}
      case Node.Scalar s -> {
        plain.literal().accept(s);
        plain.require(Literals.value(s));
      }
      case Node.Sequence s when Literals.isStatic(s, dynamic) -> plain.require(Literals.value(s));
      case Node.Mapping m when Literals.isStatic(m, dynamic) -> plain.require(Literals.value(m));
      case Node.Sequence s -> {}
      case Node.Mapping m -> {}
    }
  }

  private static Optional<Object> value(Field<?> field, Node node, Evaluation with) {
    return switch (field.type()) {
      case Type.Plain<?> plain -> {
        if (node instanceof Node.Scalar s && !s.vaulted()) {
          plain.literal().accept(s);
        }
        Value rendered = with.render(node);
        requireKnown(rendered);
        // YAML's null is "not given", as everywhere in the language.
        yield rendered instanceof Value.Nothing
            ? Optional.empty()
            : Optional.ofNullable(plain.convert().apply(marked(field, plain, rendered, with)));
      }
      case Type.Expression e -> Optional.of(condition(node, with));
      case Type.Expressions e ->
          Optional.of(
              node instanceof Node.Sequence s
                  ? s.items().stream().map(n -> condition(n, with)).toList()
                  : List.of(condition(node, with)));
      case Type.LocalFile f -> Optional.of(with.file(node));
      case Type.Source s ->
          Optional.of(
              new SourceName(
                  Types.TEXT.convert().apply(with.render(node)), () -> with.source(node)));
      case Type.LocalCommand c -> Optional.of(Invocation.read(node, with));
      case Type.Template t -> Optional.of(with.template(node));
    };
  }

  private static Value marked(Field<?> field, Type.Plain<?> plain, Value value, Evaluation with) {
    if (!plain.inWords()) {
      return Value.tainted(value, field.secret() || with.hides());
    }
    if (value.secret()) {
      throw new BadValue(
          "a secret cannot stand here: programs get this in their words, which every user of a"
              + " host can read",
          "give a value that is not marked secret");
    }
    return value;
  }

  /** A parameter that holds anything unknown, however deep, is not known. */
  private static void requireKnown(Value value) {
    switch (value) {
      case Value.Unknown u -> throw new Evaluation.Missing(u.why());
      case Value.Items i -> i.items().forEach(Binder::requireKnown);
      case Value.Dict d -> d.entries().values().forEach(Binder::requireKnown);
      case Value.Text t -> {}
      case Value.Num n -> {}
      case Value.Bool b -> {}
      case Value.Nothing n -> {}
    }
  }

  private static Condition condition(Node node, Evaluation with) {
    if (node instanceof Node.Scalar s) {
      return new Condition(s.text(), with.evaluate(s));
    }
    throw new BadValue("an expression is wanted, this is a " + node.describe());
  }
}
