package dev.hactl.engine.model;

import dev.hactl.engine.source.Node;
import dev.hactl.engine.source.Problems;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Reads the tasks and blocks of one play, and numbers the tasks. */
final class TaskReader {
  /** More than any playbook has; imports that import each other several times reach it. */
  private static final int MOST = 100_000;

  private final Problems problems;
  private final CallReader calls;
  private final TaskImports imports;
  private final VarsReader vars;
  private final RoleReader roles;
  private final List<ModuleDefaults> defaults = new ArrayList<>();
  private Home home;
  private int ids;

  /**
   * A reader for one play.
   *
   * @param home where the play stands
   * @param roleFolders where its roles are looked for
   */
  TaskReader(
      Problems problems,
      ModuleNames names,
      Documents documents,
      Home home,
      List<Path> roleFolders) {
    this.problems = problems;
    this.calls = new CallReader(problems, names);
    this.home = home;
    this.imports = new TaskImports(problems, documents);
    this.vars = new VarsReader(problems, documents);
    this.roles = new RoleReader(problems, documents, this, roleFolders);
  }

  /** The roles that were met so far. */
  RoleReader roles() {
    return roles;
  }

  /** Where what is read now stands. */
  Home home() {
    return home;
  }

  /** Every {@code module_defaults} that was met so far. */
  List<ModuleDefaults> defaults() {
    return List.copyOf(defaults);
  }

  /** What a list of tasks and blocks holds. */
  List<Item> items(Node.Sequence list, Inherited inherited) {
    imports.begin(list, home);
    var items = new ArrayList<Item>();
    for (Node node : list.items()) {
      if (ids > MOST) {
        break; // said once; imports that multiply would be followed for ever
      }
      if (!(node instanceof Node.Mapping m)) {
        problems.error(
            node.place(),
            "a task is a mapping, this is a " + node.describe(),
            "write '- module: {...}'");
      } else if (m.get("block").isPresent()) {
        items.add(block(m, inherited));
      } else {
        Optional<TaskImports.Said> said = imports.said(m);
        if (said.isPresent()) {
          items.addAll(imported(m, said.get(), inherited));
        } else {
          task(m, inherited).ifPresent(items::add);
        }
      }
    }
    return List.copyOf(items);
  }

  /** The tasks of another file, read as if they stood somewhere else. */
  List<Item> at(Home other, Node.Sequence list, Inherited inherited) {
    return from(other, () -> items(list, inherited));
  }

  /** Reads something as if it stood somewhere else. */
  <T> T from(Home other, Supplier<T> reading) {
    Home before = home;
    home = other;
    T found = reading.get();
    home = before;
    return found;
  }

  private List<Item> imported(Node.Mapping m, TaskImports.Said said, Inherited outer) {
    return switch (said.word()) {
      case IMPORT_TASKS -> {
        imports.keywords(m, said);
        Inherited inherited = inherited(outer, m);
        yield imports
            .tasks(said.entry(), home)
            .map(t -> at(t.home(), t.list(), inherited))
            .orElse(List.of());
      }
      case IMPORT_ROLE -> {
        imports.keywords(m, said);
        yield roles.imported(said.entry(), inherited(outer, m));
      }
      case INCLUDE_VARS ->
          vars.included(said.entry(), home)
              .filter(v -> !v.entries().isEmpty())
              .flatMap(v -> setting(m, said.entry(), v, outer))
              .<List<Item>>map(List::of)
              .orElse(List.of());
    };
  }

  /** A task that sets variables, as {@code set_fact} does. */
  private Optional<Task> setting(
      Node.Mapping m, Node.Entry call, Node.Mapping vars, Inherited outer) {
    Vocabulary.TASK.refuseOthers(without(m, call), problems);
    // One variable of a file may refer to another.
    var key = new Node.Scalar("vars", Node.Kind.TEXT, true, "", vars.place());
    var own = new Node.Mapping(List.of(new Node.Entry(key, vars)), vars.place());
    return task(m, call, "set_fact", vars, inherited(inherited(outer, m), own));
  }

  private static Node.Mapping without(Node.Mapping m, Node.Entry entry) {
    return new Node.Mapping(m.entries().stream().filter(e -> !e.equals(entry)).toList(), m.place());
  }

  /** What a mapping hands down besides what is handed down to it. */
  Inherited inherited(Inherited outer, Node.Mapping m) {
    Inherited inherited = outer.with(new KeywordReader(m, problems), true);
    met(outer, inherited);
    return inherited;
  }

  /** Keeps the defaults for modules that were added. */
  void met(Inherited outer, Inherited inherited) {
    defaults.addAll(
        inherited
            .moduleDefaults()
            .subList(outer.moduleDefaults().size(), inherited.moduleDefaults().size()));
  }

  private Block block(Node.Mapping m, Inherited outer) {
    Vocabulary.BLOCK.refuseOthers(m, problems);
    var in = new KeywordReader(m, problems);
    Optional<Node.Scalar> transaction = in.scalar("transaction");
    Inherited inherited = inherited(outer, m);
    Optional<Node.Entry> own = m.entry("transaction");
    if (own.isPresent() && outer.transaction().isPresent()) {
      problems.error(
          own.get().key().place(),
          "this block stands in a transaction already",
          "a transaction lands as a whole: leave out the inner one, or make two blocks of it");
    }
    var sections = new BlockSections(m, problems);
    sections.check(outer.transaction().isPresent());
    return new Block(
        in.scalar("name").map(Node.Scalar::text).orElse(""),
        section(in, "block", inherited.in(transaction)),
        section(in, "rescue", inherited),
        section(in, "always", inherited),
        in.flag("rescue_unreachable"),
        transaction,
        m.place());
  }

  private List<Item> section(KeywordReader in, String keyword, Inherited inherited) {
    return in.sequence(keyword).map(s -> items(s, inherited)).orElse(List.of());
  }

  private Optional<Task> task(Node.Mapping m, Inherited outer) {
    Optional<Node.Entry> call = calls.call(m);
    Inherited inherited = inherited(outer, m);
    if (call.isEmpty()) {
      return Optional.empty();
    }
    Node.Entry module = call.get();
    Node args = calls.arguments(module, new KeywordReader(m, problems), inherited);
    return task(m, module, CallReader.shortName(module.name()), args, inherited);
  }

  private Optional<Task> task(
      Node.Mapping m, Node.Entry module, String called, Node args, Inherited inherited) {
    var in = new KeywordReader(m, problems);
    if (ids >= MOST) {
      if (ids++ == MOST) {
        problems.error(
            m.place(),
            "the play has more than " + MOST + " tasks",
            "do files that import others multiply them?");
      }
      return Optional.empty();
    }
    Node.Scalar name =
        in.scalar("name")
            .orElse(new Node.Scalar(module.name(), Node.Kind.TEXT, true, "", module.key().place()));
    return Optional.of(
        new Task(
            ids++,
            name,
            called,
            args,
            inherited.task(in, LoopReader.loop(m), LoopReader.control(m, problems)),
            m.place(),
            module.key().place(),
            home));
  }
}
