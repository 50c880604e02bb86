package dev.hactl.engine.model;

import dev.hactl.engine.source.Near;
import dev.hactl.engine.source.Node;
import dev.hactl.engine.source.Place;
import dev.hactl.engine.source.Problems;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** Reads which module a task calls, and with which arguments. */
final class CallReader {
  private final Problems problems;
  private final ModuleNames names;

  CallReader(Problems problems, ModuleNames names) {
    this.problems = problems;
    this.names = names;
  }

  /**
   * The one key that is a module. A misspelt keyword is told from a misspelt module by what is
   * nearer.
   */
  Optional<Node.Entry> call(Node.Mapping m) {
    List<Node.Entry> calls =
        m.entries().stream().filter(e -> !Vocabulary.TASK.has(e.name())).toList();
    List<Node.Entry> known = calls.stream().filter(e -> isModule(e.name())).toList();
    List<Node.Entry> strange = calls.stream().filter(e -> !isModule(e.name())).toList();
    if (known.size() > 1) {
      problems.error(
          known.get(1).key().place(),
          "a task calls one module, this one calls "
              + String.join(" and ", known.stream().map(Node.Entry::name).toList()),
          "make two tasks of it");
    }
    for (Node.Entry e : strange) {
      if (Vocabulary.BLOCK.has(e.name())) {
        problems.error(
            e.key().place(),
            "a task has no keyword '" + e.name() + "'",
            "it stands on a block, beside 'block:' and its tasks");
      } else if (known.size() == 1) {
        problems.error(
            e.key().place(),
            "a task has no keyword '" + e.name() + "'",
            instead(e.name())
                .or(() -> Near.hint(e.name(), Vocabulary.TASK.words()))
                .orElse("a parameter of " + known.getFirst().name() + " is indented below it"));
      } else {
        var all = new TreeSet<>(names.callable());
        all.addAll(Vocabulary.TASK.words());
        all.addAll(List.of("import_tasks", "import_role", "include_vars"));
        problems.error(
            e.key().place(),
            "there is no module '" + e.name() + "'",
            TaskImports.insteadOf(shortName(e.name()))
                .or(() -> Detached.insteadOf(shortName(e.name())))
                .or(() -> Near.hint(shortName(e.name()), all))
                .orElse("'hactl doc' lists the modules"));
      }
    }
    if (calls.isEmpty()) {
      problems.error(m.place(), "this task calls no module", "'hactl doc' lists the modules");
    }
    // A task of an unknown module stays: what it registers or notifies is no second mistake.
    return known.isEmpty() && strange.size() == 1
        ? Optional.of(strange.getFirst())
        : known.stream().findFirst();
  }

  /** What is written instead of a keyword of Ansible's. */
  private static Optional<String> instead(String keyword) {
    return keyword.startsWith("with_")
        ? Optional.of("write 'loop:' and a list")
        : Detached.insteadOf(keyword);
  }

  private boolean isModule(String name) {
    return names.callable().contains(shortName(name));
  }

  /** Ansible's full name of a module means ours. */
  static String shortName(String name) {
    for (String prefix : List.of("ansible.builtin.", "ansible.posix.", "community.general.")) {
      if (name.startsWith(prefix)) {
        return name.substring(prefix.length());
      }
    }
    return name;
  }

  /** What a module is given: below it, in {@code args:}, and in {@code module_defaults}. */
  Node arguments(Node.Entry module, KeywordReader in, Inherited inherited) {
    return withDefaults(shortName(module.name()), merged(module, in), inherited);
  }

  /** {@code args:} beside a module adds parameters to those below it. */
  private Node merged(Node.Entry module, KeywordReader in) {
    Optional<Node.Mapping> args = in.mapping("args");
    if (args.isEmpty()) {
      return module.value();
    }
    var entries = new ArrayList<Node.Entry>();
    switch (module.value()) {
      case Node.Mapping m -> entries.addAll(m.entries());
      case Node.Scalar s when s.kind() == Node.Kind.NULL -> {}
      case Node.Scalar s -> entries.add(new Node.Entry(freeForm(s.place()), s));
      case Node.Sequence s -> problems.error(s.place(), "'args' cannot be added to a list");
    }
    entries.addAll(args.get().entries());
    return new Node.Mapping(List.copyOf(entries), module.value().place());
  }

  /** The arguments with what {@code module_defaults} say of the module, inner ones first. */
  private Node withDefaults(String module, Node args, Inherited inherited) {
    List<ModuleDefaults> own =
        inherited.moduleDefaults().stream().filter(d -> d.module().equals(module)).toList();
    if (own.isEmpty()) {
      return args;
    }
    var entries = new ArrayList<Node.Entry>();
    switch (args) {
      case Node.Mapping m -> entries.addAll(m.entries());
      case Node.Scalar s when s.kind() == Node.Kind.NULL -> {}
      case Node.Scalar s -> entries.add(new Node.Entry(freeForm(s.place()), s));
      case Node.Sequence s -> entries.add(new Node.Entry(freeForm(s.place()), s));
    }
    var given = new HashSet<String>();
    entries.forEach(e -> given.add(names.parameter(module, e.name())));
    for (ModuleDefaults defaults : own.reversed()) {
      for (Node.Entry e : defaults.args().entries()) {
        if (given.add(names.parameter(module, e.name()))) {
          entries.add(e);
        }
      }
    }
    return new Node.Mapping(List.copyOf(entries), args.place());
  }

  /** Stands for the form's free-form parameter until the form is known. */
  private static Node.Scalar freeForm(Place place) {
    return new Node.Scalar(Task.FREE_FORM, Node.Kind.TEXT, true, "", place);
  }
}
