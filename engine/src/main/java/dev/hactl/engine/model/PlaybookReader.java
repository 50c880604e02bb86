package dev.hactl.engine.model;

import dev.hactl.engine.source.Near;
import dev.hactl.engine.source.Node;
import dev.hactl.engine.source.Place;
import dev.hactl.engine.source.Problems;
import dev.hactl.engine.source.SourceFile;
import dev.hactl.engine.source.YamlReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Node tree to plays and tasks. Every keyword is checked here; what a module is asked is checked by
 * its form.
 */
public final class PlaybookReader {
  private static final Set<String> PLAY =
      TaskReader.with(
          TaskReader.SHARED,
          "hosts",
          "tasks",
          "handlers",
          "vars_files",
          "serial",
          "needs",
          "gather_facts");
  private static final Set<String> IMPORT = Set.of("import_playbook", "name");
  private final Problems problems;
  private final Collection<String> modules;
  private final List<Path> chain;

  /**
   * A reader.
   *
   * @param chain the file that is read, after those that import it
   */
  private PlaybookReader(Problems problems, Collection<String> modules, List<Path> chain) {
    this.problems = problems;
    this.modules = modules;
    this.chain = List.copyOf(chain);
  }

  /**
   * Reads a playbook file.
   *
   * @param modules the known module names, for "did you mean"
   * @return the plays that could be understood; problems say what could not
   */
  public static Playbook read(
      Path path, String shown, Collection<String> modules, Problems problems) {
    Optional<Node> root = YamlReader.read(path, shown, problems);
    SourceFile file = root.map(n -> n.place().file()).orElse(new SourceFile(shown, ""));
    if (root.isEmpty() && problems.all().stream().noneMatch(p -> p.place().file().equals(file))) {
      problems.error(
          Place.of(shown), "the playbook is empty", "begin each play with '- hosts: ...'");
    }
    var reader = new PlaybookReader(problems, modules, List.of(path.toAbsolutePath().normalize()));
    return new Playbook(path, file, root.map(reader::plays).orElse(List.of()));
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
    new TaskReader(problems, modules).unknownKeys(m, IMPORT, "line with import_playbook");
    Optional<Node.Scalar> name = new KeywordReader(m, problems).scalar("import_playbook");
    if (name.isEmpty()) {
      return List.of();
    }
    String text = name.get().text();
    Path path = chain.getLast().resolveSibling(text).normalize();
    if (text.contains("/") || text.contains("${")) {
      problems.error(
          name.get().place(),
          "import_playbook takes the name of a file beside this one, this is '" + text + "'",
          "what a playbook renders and copies is looked for beside the one that is run");
      return List.of();
    }
    if (chain.contains(path)) {
      problems.error(name.get().place(), "'" + text + "' imports itself");
      return List.of();
    }
    if (!Files.isReadable(path)) {
      problems.error(name.get().place(), "there is no playbook '" + text + "' beside this one");
      return List.of();
    }
    var longer = new ArrayList<>(chain);
    longer.add(path);
    var reader = new PlaybookReader(problems, modules, longer);
    String shown = Path.of(m.place().file().name()).resolveSibling(text).toString();
    return YamlReader.read(path, shown, problems).map(reader::plays).orElse(List.of());
  }

  private Optional<Play> play(Node.Mapping m) {
    var tasks = new TaskReader(problems, modules);
    tasks.unknownKeys(m, PLAY, "play");
    var in = new KeywordReader(m, problems);
    Optional<Node.Scalar> hosts = hosts(m, in);
    Inherited inherited = Inherited.NOTHING.with(in, false);
    List<Item> items = in.sequence("tasks").map(s -> tasks.items(s, inherited)).orElse(List.of());
    List<Task> handlers =
        in.sequence("handlers")
            .map(s -> tasks.items(s, inherited).stream().flatMap(i -> i.flat().stream()).toList())
            .orElse(List.of());
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
            in.mapping("vars"),
            in.scalars("vars_files"),
            items,
            handlers,
            in.scalars("serial").stream().flatMap(s -> batch(s).stream()).toList(),
            needs(in),
            in.bool("gather_facts"),
            m.place());
    checkNotifications(play);
    return Optional.of(play);
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

  private Play.Needs needs(KeywordReader in) {
    List<Node.Scalar> names = in.scalars("needs");
    if (names.isEmpty() || isOnly(names, "all")) {
      return new Play.Needs.All();
    }
    return isOnly(names, "any") ? new Play.Needs.Any() : new Play.Needs.Hosts(names);
  }

  private static boolean isOnly(List<Node.Scalar> names, String word) {
    return names.size() == 1 && names.getFirst().text().equals(word);
  }

  private void checkNotifications(Play play) {
    var names = new TreeSet<String>();
    play.handlers()
        .forEach(h -> {
          names.add(h.name().text());
          names.addAll(h.keywords().listen());
        });
    play.all()
        .forEach(task ->
            task.keywords()
                .notifies()
                .forEach(n -> {
                  if (!names.contains(n.text())) {
                    problems.error(
                        n.place(),
                        "no handler is named '" + n.text() + "'",
                        Near.hint(n.text(), names)
                            .orElse(
                                names.isEmpty()
                                    ? "the play has no handlers"
                                    : "handlers: " + String.join(", ", names)));
                  }
                }));
  }
}
