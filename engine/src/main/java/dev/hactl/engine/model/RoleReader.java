package dev.hactl.engine.model;

import dev.hactl.engine.source.Near;
import dev.hactl.engine.source.Node;
import dev.hactl.engine.source.Place;
import dev.hactl.engine.source.Problems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads the roles that one play uses: their tasks where they are used, their handlers after. */
final class RoleReader {
  /** A folder that has none of these is no role. */
  private static final List<String> PARTS =
      List.of("tasks", "handlers", "defaults", "vars", "meta", "templates", "files");

  private final Problems problems;
  private final Documents documents;
  private final TaskReader tasks;
  private final List<Path> folders;
  private final RoleMeta meta;
  private final TaskImports imports;
  private final List<Role> roles = new ArrayList<>();
  private final List<RoleUse> uses = new ArrayList<>();
  private final Map<String, Role> known = new HashMap<>();
  private final Map<Integer, Inherited> handed = new LinkedHashMap<>();
  private final Map<Integer, Place> places = new HashMap<>();
  private final Set<String> done = new HashSet<>();

  RoleReader(Problems problems, Documents documents, TaskReader tasks, List<Path> folders) {
    this.problems = problems;
    this.documents = documents;
    this.tasks = tasks;
    this.folders = List.copyOf(folders);
    this.meta = new RoleMeta(problems, documents);
    this.imports = new TaskImports(problems, documents);
  }

  /** Every role that was used so far. */
  List<Role> all() {
    return List.copyOf(roles);
  }

  /** Where roles were used so far. */
  List<RoleUse> uses() {
    return List.copyOf(uses);
  }

  /** The tasks of a play's {@code roles}. */
  List<Item> list(Node.Sequence entries, Inherited inherited) {
    var items = new ArrayList<Item>();
    for (Node node : entries.items()) {
      RoleEntry.of(node, problems)
          .ifPresent(e -> items.addAll(use(e, tasks.inherited(inherited, e.keywords()), true)));
    }
    return items;
  }

  /** The tasks of a role that a task imports, as often as it is imported. */
  List<Item> imported(Node.Entry call, Inherited inherited) {
    return RoleEntry.imported(call, problems).map(e -> use(e, inherited, false)).orElse(List.of());
  }

  /** The handlers of all roles that were used, in the order of their first use. */
  List<Task> handlers() {
    var handlers = new ArrayList<Task>();
    for (int i = 0; i < roles.size(); i++) { // handlers may import more roles
      Role role = roles.get(i);
      Inherited inherited = java.util.Objects.requireNonNull(handed.get(role.number()));
      Path folder = role.folder().resolve("handlers");
      Optional<Node.Scalar> from = role.handlersFrom();
      Optional<Path> file = Documents.named(folder, from.map(Node.Scalar::text).orElse("main"));
      if (file.isEmpty()) {
        from.ifPresent(f -> noPart(folder, f));
      }
      Home home = tasks.home().of(role);
      file.flatMap(f -> imports.open(f, usedAt(role), home))
          .ifPresent(t ->
              tasks
                  .at(t.home(), t.list(), inherited.forHandlers())
                  .forEach(item -> handlers.addAll(item.flat())));
    }
    return handlers;
  }

  private Place usedAt(Role role) {
    return java.util.Objects.requireNonNull(places.get(role.number()));
  }

  private List<Item> use(RoleEntry entry, Inherited inherited, boolean once) {
    Optional<Path> folder = folder(entry.name());
    if (folder.isEmpty()) {
      return List.of();
    }
    Home outside = tasks.home();
    Path file =
        Documents.named(folder.get().resolve("tasks"), entry.tasksFrom())
            .orElse(folder.get().resolve("tasks").resolve(entry.tasksFrom() + ".yml"));
    if (outside.holds(file)) {
      problems.error(
          entry.name().place(),
          "the role '"
              + name(folder.get())
              + "' needs itself: "
              + outside.way(documents.shown(file)));
      return List.of();
    }
    RoleMeta.Read read = meta.of(folder.get());
    boolean again =
        !done.add(folder.get() + "\n" + entry.tasksFrom() + "\n" + inherited.saidOfTasks());
    if (once && again && !read.allowDuplicates()) {
      return List.of();
    }
    Role role = role(entry, folder.get(), inherited);
    Home inside = outside.of(role).in(file, documents.shown(file), entry.name().place());
    var items = new ArrayList<Item>();
    for (RoleEntry needed : read.dependencies()) {
      Inherited passedOn = tasks.inherited(inherited, needed.keywords());
      items.addAll(tasks.from(inside, () -> use(needed, passedOn, true)));
    }
    arguments(entry, role, read, inherited);
    if (Files.isRegularFile(file)) {
      documents.tasks(file).ifPresent(l -> items.addAll(tasks.at(inside, l, inherited)));
    } else {
      entry.from("tasks_from").ifPresent(f -> noPart(role.folder().resolve("tasks"), f));
    }
    return items;
  }

  private void arguments(RoleEntry entry, Role role, RoleMeta.Read read, Inherited inherited) {
    Optional<List<Argument>> declared = read.arguments(entry.tasksFrom());
    declared.ifPresentOrElse(
        d -> entry.unknownParameters(role, d, problems),
        () -> entry.unlikelyParameters(role, problems));
    uses.add(
        new RoleUse(
            role,
            declared.orElse(List.of()),
            inherited.when(),
            inherited.vars(),
            entry.name().place()));
  }

  /** A use with the same variables is the same role, so that its handlers run once. */
  private Role role(RoleEntry entry, Path folder, Inherited inherited) {
    String identity =
        folder
            + "\n"
            + List.of(
                entry.fromText("defaults_from"),
                entry.fromText("vars_from"),
                entry.fromText("handlers_from"))
            + "\n"
            + inherited.said();
    Role before = known.get(identity);
    if (before != null) {
      return before;
    }
    var role =
        new Role(
            roles.size(),
            name(folder),
            folder,
            documents.shown(folder),
            vars(folder.resolve("defaults"), entry.from("defaults_from")),
            vars(folder.resolve("vars"), entry.from("vars_from")),
            entry.from("handlers_from"));
    known.put(identity, role);
    roles.add(role);
    handed.put(role.number(), inherited);
    places.put(role.number(), entry.name().place());
    return role;
  }

  private List<Node.Mapping> vars(Path folder, Optional<Node.Scalar> from) {
    List<Path> files = Documents.allNamed(folder, from.map(Node.Scalar::text).orElse("main"));
    if (files.isEmpty()) {
      from.ifPresent(f -> noPart(folder, f));
    }
    return files.stream()
        .flatMap(f -> documents.mapping(f, "a file of variables").stream())
        .toList();
  }

  private void noPart(Path folder, Node.Scalar from) {
    List<String> names =
        Documents.names(List.of(folder)).stream()
            .map(n -> n.replaceFirst("\\.ya?ml$", ""))
            .toList();
    problems.error(
        from.place(),
        "there is no '" + from.text() + "' in " + documents.shown(folder),
        Near.hint(from.text(), names)
            .orElse(names.isEmpty() ? "" : "there are: " + String.join(", ", names)));
  }

  /**
   * Where a role lies: beside the role that needs it, in {@code roles/}, or where its path says.
   */
  private Optional<Path> folder(Node.Scalar name) {
    if (Lookup.dynamic(name.text())) {
      problems.error(
          name.place(),
          "the name of a role must be known before any host is asked, this is '"
              + name.text()
              + "'",
          "name the roles one by one, each with its 'when:'");
      return Optional.empty();
    }
    var all = new LinkedHashSet<Path>();
    Home home = tasks.home();
    home.role().map(r -> r.folder().getParent()).ifPresent(all::add);
    all.addAll(folders);
    all.add(home.folder());
    for (Path folder : all) {
      Path candidate = folder.resolve(name.text()).normalize();
      if (Files.isDirectory(candidate)) {
        return role(name, candidate);
      }
    }
    problems.error(
        name.place(),
        "there is no role '" + name.text() + "'",
        Near.hint(name.text(), Documents.names(folders))
            .orElse(
                "looked in "
                    + String.join(
                        ", ", folders.stream().map(documents::shown).distinct().toList())));
    return Optional.empty();
  }

  private Optional<Path> role(Node.Scalar name, Path folder) {
    if (PARTS.stream().anyMatch(p -> Files.isDirectory(folder.resolve(p)))) {
      return Optional.of(folder);
    }
    problems.error(
        name.place(),
        "the folder '" + documents.shown(folder) + "' is no role",
        "a role has one of " + String.join(", ", PARTS) + " in it");
    return Optional.empty();
  }

  private static String name(Path folder) {
    return String.valueOf(folder.getFileName());
  }
}
