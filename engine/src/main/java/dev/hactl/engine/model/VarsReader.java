package dev.hactl.engine.model;

import dev.hactl.engine.source.Node;
import dev.hactl.engine.source.Problems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads files of variables: those of {@code vars_files}, and those of {@code include_vars}. */
final class VarsReader {
  private static final Set<String> KEYS = Set.of("file", "dir", "name");

  private final Problems problems;
  private final Documents documents;
  private final Lookup lookup;

  VarsReader(Problems problems, Documents documents) {
    this.problems = problems;
    this.documents = documents;
    this.lookup = new Lookup(documents, problems);
  }

  /** The variables that {@code include_vars} names, as arguments of {@code set_fact}. */
  Optional<Node.Mapping> included(Node.Entry entry, Home home) {
    if (entry.value() instanceof Node.Mapping m) {
      WordReader.unknown(m, KEYS, "include_vars", problems);
      var in = new KeywordReader(m, problems);
      if (m.get("dir").isPresent()) {
        return in.scalar("dir").flatMap(d -> folder(d, home)).map(v -> below(v, in));
      }
    }
    return WordReader.name(entry, "file", "include_vars", problems)
        .flatMap(n -> lookup.find(n, "file of variables", TaskImports.folders(home, "vars"), home))
        .flatMap(f -> documents.mapping(f, "a file of variables"))
        .map(v ->
            entry.value() instanceof Node.Mapping m ? below(v, new KeywordReader(m, problems)) : v);
  }

  /**
   * Files of variables as {@code vars_files} lists them: names, or lists whose first file counts.
   */
  List<Node.Mapping> listed(Node list, Home home) {
    var found = new ArrayList<Node.Mapping>();
    List<Node> items = list instanceof Node.Sequence s ? s.items() : List.of(list);
    for (Node item : items) {
      switch (item) {
        case Node.Scalar s when s.kind() == Node.Kind.NULL -> {}
        case Node.Scalar s ->
            varsFile(s, home)
                .flatMap(f -> documents.mapping(f, "a variables file"))
                .ifPresent(found::add);
        case Node.Sequence s -> first(s, home).ifPresent(found::add);
        case Node.Mapping m ->
            problems.error(m.place(), "vars_files lists names of files, this is a mapping");
      }
    }
    return List.copyOf(found);
  }

  private Optional<Path> varsFile(Node.Scalar name, Home home) {
    Optional<String> text = lookup.fixed(name, "variables file", home);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    Optional<Path> found = Lookup.first(text.get(), places(home));
    if (found.isEmpty()) {
      problems.error(
          name.place(),
          "the variables file '" + name.text() + "' does not exist",
          "names in vars_files are looked up beside the playbook");
    }
    return found;
  }

  private static List<Path> places(Home home) {
    return List.of(home.folder(), home.folder().resolve("vars"));
  }

  private Optional<Node.Mapping> first(Node.Sequence names, Home home) {
    var texts = new ArrayList<String>();
    for (Node node : names.items()) {
      if (!(node instanceof Node.Scalar s)) {
        problems.error(
            node.place(), "vars_files lists names of files, this is a " + node.describe());
        return Optional.empty();
      }
      Optional<String> text = lookup.fixed(s, "variables file", home);
      Optional<Path> found = text.flatMap(t -> Lookup.first(t, places(home)));
      if (text.isEmpty() || found.isPresent()) {
        return found.flatMap(f -> documents.mapping(f, "a variables file"));
      }
      texts.add(s.text());
    }
    problems.error(
        names.place(),
        "none of the variables files " + String.join(", ", texts) + " exists",
        "names in vars_files are looked up beside the playbook");
    return Optional.empty();
  }

  /** All files of a folder as one mapping, later ones win. */
  private Optional<Node.Mapping> folder(Node.Scalar name, Home home) {
    Optional<String> text = lookup.fixed(name, "folder of variables", home);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    List<Path> folders = TaskImports.folders(home, "vars");
    Optional<Path> found =
        folders.stream().map(f -> f.resolve(text.get())).filter(Files::isDirectory).findFirst();
    if (found.isEmpty()) {
      problems.error(
          name.place(),
          "there is no folder of variables '" + name.text() + "'",
          "looked in " + lookup.shown(folders));
      return Optional.empty();
    }
    var entries = new LinkedHashMap<String, Node.Entry>();
    for (Path file : Documents.yaml(found.get())) {
      documents
          .mapping(file, "a file of variables")
          .ifPresent(m -> m.entries().forEach(e -> entries.put(e.name(), e)));
    }
    return Optional.of(new Node.Mapping(List.copyOf(entries.values()), name.place()));
  }

  /** {@code name: x} puts all variables below {@code x}. */
  private static Node.Mapping below(Node.Mapping vars, KeywordReader in) {
    return in.name("name")
        .map(name -> {
          var key = new Node.Scalar(name, Node.Kind.TEXT, true, "", vars.place());
          return new Node.Mapping(List.of(new Node.Entry(key, vars)), vars.place());
        })
        .orElse(vars);
  }
}
