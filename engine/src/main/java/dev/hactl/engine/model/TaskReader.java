package dev.hactl.engine.model;

import dev.hactl.engine.source.Near;
import dev.hactl.engine.source.Node;
import dev.hactl.engine.source.Place;
import dev.hactl.engine.source.Problems;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Reads the tasks and blocks of one play, and numbers the tasks. */
final class TaskReader {
  /** Keywords that plays, blocks and tasks have alike. */
  static final Set<String> SHARED =
      Set.of(
          "name",
          "become",
          "become_user",
          "environment",
          "ignore_errors",
          "no_log",
          "check_mode",
          "diff",
          "run_once",
          "tags",
          "vars",
          "allow",
          "timeout",
          "any_errors_fatal");

  private static final Set<String> BLOCK =
      with(SHARED, "block", "when", "delegate_to", "transaction");
  private static final Set<String> TASK =
      with(
          SHARED,
          "when",
          "loop",
          "register",
          "notify",
          "listen",
          "delegate_to",
          "args",
          "changed_when",
          "failed_when",
          "until",
          "retries",
          "delay");

  private final Problems problems;
  private final Collection<String> modules;
  private int ids;

  TaskReader(Problems problems, Collection<String> modules) {
    this.problems = problems;
    this.modules = modules;
  }

  /** What a list of tasks and blocks holds. */
  List<Item> items(Node.Sequence list, Inherited inherited) {
    var items = new ArrayList<Item>();
    for (Node node : list.items()) {
      if (!(node instanceof Node.Mapping m)) {
        problems.error(
            node.place(),
            "a task is a mapping, this is a " + node.describe(),
            "write '- module: {...}'");
      } else if (m.get("block").isPresent()) {
        items.add(block(m, inherited));
      } else {
        task(m, inherited).ifPresent(items::add);
      }
    }
    return List.copyOf(items);
  }

  private Block block(Node.Mapping m, Inherited outer) {
    unknownKeys(m, BLOCK, "block");
    var in = new KeywordReader(m, problems);
    Optional<Node.Scalar> transaction = in.scalar("transaction");
    Inherited inherited = outer.with(in, true).in(transaction);
    Optional<Node.Entry> own = m.entry("transaction");
    if (own.isPresent() && outer.transaction().isPresent()) {
      problems.error(
          own.get().key().place(),
          "this block stands in a transaction already",
          "a transaction lands as a whole: leave out the inner one, or make two blocks of it");
    }
    List<Item> items = in.sequence("block").map(s -> items(s, inherited)).orElse(List.of());
    return new Block(
        in.scalar("name").map(Node.Scalar::text).orElse(""), items, transaction, m.place());
  }

  private Optional<Task> task(Node.Mapping m, Inherited outer) {
    List<Node.Entry> calls = m.entries().stream().filter(e -> !TASK.contains(e.name())).toList();
    var in = new KeywordReader(m, problems);
    Optional<Node.Entry> call = call(m, calls);
    Inherited inherited = outer.with(in, true);
    if (call.isEmpty()) {
      return Optional.empty();
    }
    Node.Entry module = call.get();
    Node.Scalar name =
        in.scalar("name")
            .orElse(new Node.Scalar(module.name(), Node.Kind.TEXT, true, "", module.key().place()));
    return Optional.of(
        new Task(
            ids++,
            name,
            shortName(module.name()),
            merged(module, in),
            keywords(inherited, in, m),
            m.place(),
            module.key().place()));
  }

  private static Task.Keywords keywords(Inherited i, KeywordReader in, Node.Mapping m) {
    return new Task.Keywords(
        i.when(),
        loop(m),
        in.name("register"),
        in.scalars("notify"),
        in.scalars("listen").stream().map(Node.Scalar::text).toList(),
        i.tags(),
        i.become(),
        i.becomeUser(),
        i.runOnce(),
        i.delegateTo(),
        i.environment(),
        i.ignoreErrors(),
        in.scalars("changed_when"),
        in.scalars("failed_when"),
        in.scalars("until"),
        in.scalar("retries"),
        in.scalar("delay"),
        i.timeout(),
        i.noLog(),
        i.checkMode(),
        i.diff(),
        i.vars(),
        i.allow(),
        i.anyErrorsFatal(),
        i.transaction());
  }

  /**
   * Ansible's older word for it is refused; that the task then knows no item is no second mistake.
   */
  private static Optional<Node> loop(Node.Mapping m) {
    return m.get("loop")
        .or(() ->
            m.entries().stream()
                .filter(e -> e.name().startsWith("with_") && e.value() instanceof Node.Sequence)
                .map(Node.Entry::value)
                .findFirst());
  }

  /**
   * The one key that is a module. A misspelt keyword is told from a misspelt module by what is
   * nearer.
   */
  private Optional<Node.Entry> call(Node.Mapping m, List<Node.Entry> calls) {
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
      if (BLOCK.contains(e.name())) {
        problems.error(
            e.key().place(),
            "a task has no keyword '" + e.name() + "'",
            "it stands on a block, beside 'block:' and its tasks");
      } else if (known.size() == 1) {
        problems.error(
            e.key().place(),
            "a task has no keyword '" + e.name() + "'",
            e.name().startsWith("with_")
                ? "write 'loop:' and a list"
                : Near.hint(e.name(), TASK)
                    .orElse("a parameter of " + known.getFirst().name() + " is indented below it"));
      } else {
        var all = new TreeSet<>(modules);
        all.addAll(TASK);
        problems.error(
            e.key().place(),
            "there is no module '" + e.name() + "'",
            Near.hint(shortName(e.name()), all).orElse("'hactl doc' lists the modules"));
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

  private boolean isModule(String name) {
    return modules.contains(shortName(name));
  }

  /** Ansible's full name of a module means ours. */
  private static String shortName(String name) {
    for (String prefix : List.of("ansible.builtin.", "ansible.posix.", "community.general.")) {
      if (name.startsWith(prefix)) {
        return name.substring(prefix.length());
      }
    }
    return name;
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

  /** Stands for the form's free-form parameter until the form is known. */
  private static Node.Scalar freeForm(Place place) {
    return new Node.Scalar(Task.FREE_FORM, Node.Kind.TEXT, true, "", place);
  }

  /** Notes keys that are no keywords. */
  void unknownKeys(Node.Mapping m, Set<String> known, String what) {
    for (Node.Entry e : m.entries()) {
      if (!known.contains(e.name())) {
        problems.error(
            e.key().place(),
            "a " + what + " has no keyword '" + e.name() + "'",
            Near.hint(e.name(), known).orElse("known: " + String.join(", ", new TreeSet<>(known))));
      }
    }
  }

  static Set<String> with(Set<String> shared, String... more) {
    var all = new TreeSet<>(shared);
    all.addAll(List.of(more));
    return all;
  }
}
