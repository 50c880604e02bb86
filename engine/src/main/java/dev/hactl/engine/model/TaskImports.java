package dev.hactl.engine.model;

import dev.hactl.engine.source.Near;
import dev.hactl.engine.source.Node;
import dev.hactl.engine.source.Place;
import dev.hactl.engine.source.Problems;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Reads what stands in a list of tasks and brings in others: files of tasks and variables. */
final class TaskImports {
  /** Words of Ansible that decide at run time what hactl wants to know before. */
  private static final Set<String> DYNAMIC = Set.of("include_tasks", "include_role", "include");

  private static final Vocabulary KEYWORDS = Vocabulary.shared("import", "when", "delegate_to");

  private final Problems problems;
  private final Documents documents;
  private final Lookup lookup;

  TaskImports(Problems problems, Documents documents) {
    this.problems = problems;
    this.documents = documents;
    this.lookup = new Lookup(documents, problems);
  }

  /** What a task says instead of calling a module. */
  enum Word {
    IMPORT_TASKS("import_tasks"),
    IMPORT_ROLE("import_role"),
    INCLUDE_VARS("include_vars");

    private final String text;

    Word(String text) {
      this.text = text;
    }

    String text() {
      return text;
    }
  }

  /** A word and what follows it. */
  record Said(Word word, Node.Entry entry) {}

  /** The word that a task says instead of calling a module; notes one that there is not. */
  Optional<Said> said(Node.Mapping m) {
    for (Node.Entry e : m.entries()) {
      String name = CallReader.shortName(e.name());
      for (Word word : Word.values()) {
        if (word.text.equals(name)) {
          return Optional.of(new Said(word, e));
        }
      }
    }
    return Optional.empty();
  }

  /** What to write instead of a word that hactl does not know, where that can be said. */
  static Optional<String> insteadOf(String name) {
    return DYNAMIC.contains(name)
        ? Optional.of(
            "write "
                + (name.equals("include_role") ? "import_role" : "import_tasks")
                + ": hactl reads everything before it connects, and 'when:' holds for each task")
        : Optional.empty();
  }

  /** Notes keywords that mean nothing where tasks are read before anything runs. */
  void keywords(Node.Mapping m, Said said) {
    for (Node.Entry e : m.entries()) {
      if (!e.equals(said.entry()) && !KEYWORDS.has(e.name())) {
        problems.error(
            e.key().place(),
            said.word().text + " has no keyword '" + e.name() + "'",
            Near.hint(e.name(), KEYWORDS.words())
                .orElse("it is read before anything runs: say it on the tasks themselves"));
      }
    }
  }

  /**
   * A file of tasks and where its own imports begin.
   *
   * @param home where its tasks stand
   */
  record Tasks(Node.Sequence list, Home home) {}

  /** Begins to read the files that a list imports; what is wrong is said when their turn comes. */
  void begin(Node.Sequence list, Home home) {
    List<String> names =
        list.items().stream()
            .flatMap(
                n -> n instanceof Node.Mapping m ? m.get("import_tasks").stream() : Stream.of())
            .flatMap(n -> n instanceof Node.Scalar s ? Stream.of(s.text()) : Stream.of())
            .filter(n -> !Lookup.dynamic(n))
            .distinct()
            .toList();
    if (names.size() > 1) {
      List<Path> folders = folders(home, "tasks");
      documents.begin(
          names.stream().flatMap(n -> Lookup.first(n, folders).stream()).distinct().toList());
    }
  }

  /** The tasks that {@code import_tasks} names. */
  Optional<Tasks> tasks(Node.Entry entry, Home home) {
    return WordReader.name(entry, "file", "import_tasks", problems)
        .flatMap(name ->
            lookup
                .find(name, "file of tasks", folders(home, "tasks"), home)
                .flatMap(file -> open(file, name.place(), home)));
  }

  /** The tasks of a file; notes a problem when it leads to itself. */
  Optional<Tasks> open(Path file, Place from, Home home) {
    String shown = documents.shown(file);
    if (home.holds(file)) {
      problems.error(from, "'" + shown + "' imports itself: " + home.way(shown));
      return Optional.empty();
    }
    return documents.tasks(file).map(list -> new Tasks(list, home.in(file, shown, from)));
  }

  /** Where names in imports are looked up: the role first, then beside the file that names them. */
  static List<Path> folders(Home home, String kind) {
    var folders = new LinkedHashSet<Path>();
    home.role().ifPresent(r -> folders.add(r.folder().resolve(kind)));
    Path beside = home.file().getParent();
    if (beside != null) {
      folders.add(beside);
      if (home.role().isEmpty()) {
        folders.add(beside.resolve(kind));
      }
    }
    home.role().ifPresent(r -> folders.add(r.folder()));
    folders.add(home.folder());
    folders.add(home.folder().resolve(kind));
    return List.copyOf(folders);
  }
}
