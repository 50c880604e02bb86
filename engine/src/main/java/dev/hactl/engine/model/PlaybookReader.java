package dev.hactl.engine.model;

import dev.hactl.engine.source.Node;
import dev.hactl.engine.source.Place;
import dev.hactl.engine.source.Problems;
import dev.hactl.engine.source.SourceFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/**
 * Node tree to plays and tasks. Every keyword is checked here; what a module is asked is checked by
 * its form.
 */
public final class PlaybookReader {
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
        new PlayReader(problems, documents, home, outer, tasks()).play(m).ifPresent(plays::add);
      } else {
        problems.error(node.place(), "a play is a mapping, this is a " + node.describe());
      }
    }
    return List.copyOf(plays);
  }

  /** The plays of another file, in the place of the line that names it. */
  private List<Play> imported(Node.Mapping m) {
    Vocabulary.IMPORT.refuseOthers(m, problems);
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

  /** A reader for the tasks of one play. */
  private TaskReader tasks() {
    var folders = new LinkedHashSet<Path>();
    for (Path folder : List.of(home.folder(), main)) {
      folders.add(folder.resolve("roles"));
      Optional.ofNullable(folder.getParent()).ifPresent(up -> folders.add(up.resolve("roles")));
    }
    return new TaskReader(problems, modules, documents, home, List.copyOf(folders));
  }
}
