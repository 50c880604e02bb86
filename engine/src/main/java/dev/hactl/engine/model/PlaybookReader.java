package dev.hactl.engine.model;

import dev.hactl.engine.source.Near;
import dev.hactl.engine.source.Node;
import dev.hactl.engine.source.Place;
import dev.hactl.engine.source.Problems;
import dev.hactl.engine.source.SourceFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Node tree to plays and tasks. Every keyword is checked here; what a module is asked is checked by
 * its form.
 */
public final class PlaybookReader {
  private static final Set<String> PLAY =
      TaskReader.with(
          TaskReader.SHARED,
          "hosts",
          "pre_tasks",
          "tasks",
          "post_tasks",
          "handlers",
          "roles",
          "force_handlers",
          "order",
          "vars_files",
          "vars_prompt",
          "serial",
          "needs",
          "gather_facts");
  private static final Set<String> IMPORT =
      Set.of("import_playbook", "name", "vars", "tags", "when");
  private final Problems problems;
  private final ModuleNames modules;
  private final Documents documents;
  private final Path main;
  private final Home home;
  private final Inherited outer;

  /**
   * A reader.
   *
   * @param main the folder of the playbook that is run
   * @param home the file that is read, after those that import it
   * @param outer what those hand down; their variables are the play's
   */
  private PlaybookReader(
      Problems problems,
      ModuleNames modules,
      Documents documents,
      Path main,
      Home home,
      Inherited outer) {
    this.problems = problems;
    this.modules = modules;
    this.documents = documents;
    this.main = main;
    this.home = home;
    this.outer = outer;
  }

  /**
   * Reads a playbook file and all files that it is made of.
   *
   * @param modules the known modules
   * @return the plays that could be understood; problems say what could not
   */
  public static Playbook read(Path path, String shown, ModuleNames modules, Problems problems) {
    var documents = new Documents(path, shown, problems);
    Optional<Node> root = documents.read(path.toAbsolutePath().normalize());
    SourceFile source = root.map(n -> n.place().file()).orElse(new SourceFile(shown, ""));
    if (root.isEmpty() && problems.all().stream().noneMatch(p -> p.place().file().equals(source))) {
      problems.error(
          Place.of(shown), "the playbook is empty", "begin each play with '- hosts: ...'");
    }
    return plays(path, shown, source, root, documents, modules, problems);
  }

  /**
   * The same for plays that stand in no file.
   *
   * @param path what they are called, in the folder where the files that they name are looked for
   */
  public static Playbook of(Node plays, Path path, ModuleNames modules, Problems problems) {
    var documents = new Documents(path, path.toString(), problems);
    return plays(
        path,
        path.toString(),
        plays.place().file(),
        Optional.of(plays),
        documents,
        modules,
        problems);
  }

  private static Playbook plays(
      Path path,
      String shown,
      SourceFile source,
      Optional<Node> root,
      Documents documents,
      ModuleNames modules,
      Problems problems) {
    Path folder = Playbook.folder(path);
    var stop = new Home.Stop(path.toAbsolutePath().normalize(), shown, Optional.empty());
    var home = new Home(folder, List.of(stop));
    var reader = new PlaybookReader(problems, modules, documents, folder, home, Inherited.NOTHING);
    return new Playbook(path, source, root.map(reader::plays).orElse(List.of()));
  }

  private List<Play> plays(Node root) {
    if (!(root instanceof Node.Sequence list)) {
      problems.error(
          root.place(),
          "a playbook is a list of plays, this is a " + root.describe(),
          "begin each play with '- hosts: ...'");
      return List.of();
    }
    var plays = new ArrayList<Play>();
    for (Node node : list.items()) {
      if (node instanceof Node.Mapping m && m.get("import_playbook").isPresent()) {
        plays.addAll(imported(m));
      } else if (node instanceof Node.Mapping m) {
        play(m).ifPresent(plays::add);
      } else {
        problems.error(node.place(), "a play is a mapping, this is a " + node.describe());
      }
    }
    return List.copyOf(plays);
  }

  /** The plays of another file, in the place of the line that names it. */
  private List<Play> imported(Node.Mapping m) {
    reader().unknownKeys(m, IMPORT, "line with import_playbook");
    var in = new KeywordReader(m, problems);
    Optional<Node.Scalar> name = in.scalar("import_playbook");
    Path beside = home.file().getParent();
    if (name.isEmpty() || beside == null) {
      return List.of();
    }
    Optional<Path> file =
        new Lookup(documents, problems).find(name.get(), "playbook", List.of(beside), home);
    if (file.isEmpty()) {
      return List.of();
    }
    String shown = documents.shown(file.get());
    if (home.holds(file.get())) {
      problems.error(name.get().place(), "'" + shown + "' imports itself: " + home.way(shown));
      return List.of();
    }
    Home further = home.in(file.get(), shown, name.get().place());
    var own = new Home(Playbook.folder(file.get()), further.trail());
    var reader = new PlaybookReader(problems, modules, documents, main, own, outer.with(in, true));
    return documents.read(file.get()).map(reader::plays).orElse(List.of());
  }

  private TaskReader reader() {
    var folders = new LinkedHashSet<Path>();
    for (Path folder : List.of(home.folder(), main)) {
      folders.add(folder.resolve("roles"));
      Optional.ofNullable(folder.getParent()).ifPresent(up -> folders.add(up.resolve("roles")));
    }
    return new TaskReader(problems, modules, documents, home, List.copyOf(folders));
  }

  private Optional<Play> play(Node.Mapping m) {
    TaskReader tasks = reader();
    tasks.unknownKeys(m, PLAY, "play");
    var in = new KeywordReader(m, problems);
    Optional<Node.Scalar> hosts = hosts(m, in);
    Inherited inherited = outer.with(in, false).withoutVars();
    tasks.met(outer, inherited);
    List<Item> before =
        in.sequence("pre_tasks").map(s -> tasks.items(s, inherited)).orElse(List.of());
    var items = new ArrayList<Item>();
    in.sequence("roles").ifPresent(s -> items.addAll(tasks.roles().list(s, inherited)));
    in.sequence("tasks").ifPresent(s -> items.addAll(tasks.items(s, inherited)));
    List<Item> after =
        in.sequence("post_tasks").map(s -> tasks.items(s, inherited)).orElse(List.of());
    // A role's handlers come first, so that the play's own may take their names.
    List<Item> own = in.sequence("handlers").map(s -> tasks.items(s, inherited)).orElse(List.of());
    own.forEach(this::refuseSections);
    var handlers = new ArrayList<>(tasks.roles().handlers());
    handlers.addAll(Block.flat(own));
    handlers.stream()
        .flatMap(h -> h.keywords().transaction().stream())
        .distinct()
        .forEach(t ->
            problems.error(
                t.place(),
                "handlers run one by one, not as a transaction",
                "notify one handler, or move the block to the tasks"));
    if (hosts.isEmpty()) {
      return Optional.empty();
    }
    var play =
        new Play(
            in.scalar("name").map(Node.Scalar::text).orElse(hosts.get().text()),
            hosts.get(),
            sources(m, in, tasks),
            before,
            List.copyOf(items),
            after,
            List.copyOf(handlers),
            in.scalars("serial").stream().flatMap(s -> batch(s).stream()).toList(),
            in.scalar("order").map(this::order).orElse(Play.Order.INVENTORY),
            in.flag("force_handlers"),
            needs(in),
            in.bool("gather_facts"),
            m.place());
    new HandlerCheck(play, problems).run();
    new HandlerCircles(play, problems).run();
    return Optional.of(play);
  }

  private PlaySources sources(Node.Mapping m, KeywordReader in, TaskReader tasks) {
    var vars = new ArrayList<>(in.mapping("vars").stream().toList());
    vars.addAll(outer.vars()); // those of an import are meant for this use
    return new PlaySources(
        home.folder(),
        List.copyOf(vars),
        new PromptReader(problems).prompts(in),
        m.get("vars_files")
            .map(f -> new VarsReader(problems, documents).listed(f, home))
            .orElse(List.of()),
        tasks.roles().all(),
        tasks.roles().uses(),
        tasks.defaults());
  }

  private void refuseSections(Item handler) {
    if (handler instanceof Block b) {
      b.items().forEach(this::refuseSections);
      for (List<Item> section : List.of(b.rescue(), b.always())) {
        if (!section.isEmpty()) {
          String keyword = section.equals(b.rescue()) ? "rescue" : "always";
          problems.error(
              b.place(),
              "handlers run one by one, so a block of them has no '" + keyword + "'",
              "put the block into the tasks, and notify a handler that is one task");
        }
      }
    }
  }

  private Optional<Node.Scalar> hosts(Node.Mapping m, KeywordReader in) {
    if (m.get("hosts").isEmpty()) {
      problems.error(m.place(), "a play needs 'hosts'", "name a group, hosts, or 'all'");
      return Optional.empty();
    }
    List<Node.Scalar> all = in.scalars("hosts");
    if (all.isEmpty()) {
      problems.error(m.entry("hosts").orElseThrow().key().place(), "'hosts' names nobody");
      return Optional.empty();
    }
    Node.Scalar first = all.getFirst();
    String joined = String.join(",", all.stream().map(Node.Scalar::text).toList());
    return Optional.of(new Node.Scalar(joined, Node.Kind.TEXT, first.plain(), "", first.place()));
  }

  private Optional<Play.Batch> batch(Node.Scalar s) {
    boolean percent = s.text().endsWith("%");
    String digits = percent ? s.text().substring(0, s.text().length() - 1) : s.text();
    if (digits.matches("[0-9]{1,6}") && Integer.parseInt(digits) > 0) {
      return Optional.of(new Play.Batch(Integer.parseInt(digits), percent));
    }
    problems.error(
        s.place(), "serial is a number of hosts or a percentage, this is '" + s.text() + "'");
    return Optional.empty();
  }

  private Play.Order order(Node.Scalar s) {
    for (Play.Order order : Play.Order.values()) {
      if (order.name().toLowerCase(Locale.ROOT).equals(s.text())) {
        return order;
      }
    }
    List<String> all =
        Stream.of(Play.Order.values()).map(o -> o.name().toLowerCase(Locale.ROOT)).toList();
    problems.error(
        s.place(),
        "order is one of " + String.join(", ", all) + ", this is '" + s.text() + "'",
        Near.hint(s.text(), all).orElse("leave it out for the inventory's order"));
    return Play.Order.INVENTORY;
  }

  private Play.Needs needs(KeywordReader in) {
    List<Node.Scalar> names = in.scalars("needs");
    if (names.isEmpty() || isOnly(names, "all")) {
      return new Play.Needs.All();
    }
    return isOnly(names, "any") ? new Play.Needs.Any() : new Play.Needs.Hosts(names);
  }

  /** What a play may say. */
  static Set<String> ofPlay() {
    return PLAY;
  }

  /** What a line that imports a playbook may say. */
  static Set<String> ofImport() {
    return IMPORT;
  }

  private static boolean isOnly(List<Node.Scalar> names, String word) {
    return names.size() == 1 && names.getFirst().text().equals(word);
  }
}
