package dev.hactl.engine.model;

import dev.hactl.engine.source.Near;
import dev.hactl.engine.source.Node;
import dev.hactl.engine.source.Problems;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Reads what a role says about itself: {@code meta/main.yml} and {@code meta/argument_specs.yml}.
 */
final class RoleMeta {
  private static final Set<String> KEYS =
      Set.of("dependencies", "allow_duplicates", "galaxy_info", "argument_specs", "collections");
  private static final Set<String> ENTRY =
      Set.of(
          "options",
          "short_description",
          "description",
          "author",
          "version_added",
          "deprecated",
          "seealso",
          "examples");

  private final Problems problems;
  private final Documents documents;
  private final Map<Path, Read> read = new HashMap<>();

  RoleMeta(Problems problems, Documents documents) {
    this.problems = problems;
    this.documents = documents;
  }

  /**
   * What a role says about itself.
   *
   * @param dependencies roles that come before it
   * @param allowDuplicates whether the same use runs again
   * @param declared arguments by the file of tasks they are for
   */
  record Read(
      List<RoleEntry> dependencies, boolean allowDuplicates, Map<String, List<Argument>> declared) {
    Optional<List<Argument>> arguments(String tasksFrom) {
      return Optional.ofNullable(declared.get(tasksFrom));
    }
  }

  Read of(Path folder) {
    Read known = read.get(folder);
    if (known == null) {
      known = readMeta(folder.resolve("meta"));
      read.put(folder, known);
    }
    return known;
  }

  private Read readMeta(Path meta) {
    Optional<Node.Mapping> main =
        Documents.named(meta, "main").flatMap(f -> documents.mapping(f, "meta/main.yml"));
    Optional<Node.Mapping> specs =
        Documents.named(meta, "argument_specs")
            .flatMap(f -> documents.mapping(f, "meta/argument_specs.yml"))
            .or(() -> main.filter(m -> m.get("argument_specs").isPresent()));
    var declared = new LinkedHashMap<String, List<Argument>>();
    specs
        .flatMap(m -> new KeywordReader(m, problems).mapping("argument_specs"))
        .ifPresent(s -> s.entries().forEach(e -> declared.put(e.name(), entry(e))));
    if (main.isEmpty()) {
      return new Read(List.of(), false, declared);
    }
    unknown(main.get(), KEYS, "meta/main.yml");
    var in = new KeywordReader(main.get(), problems);
    var dependencies = new ArrayList<RoleEntry>();
    in.sequence("dependencies")
        .ifPresent(
            s -> s.items().forEach(n -> RoleEntry.of(n, problems).ifPresent(dependencies::add)));
    return new Read(List.copyOf(dependencies), in.flag("allow_duplicates"), declared);
  }

  private List<Argument> entry(Node.Entry e) {
    if (!(e.value() instanceof Node.Mapping m)) {
      problems.error(
          e.value().place(),
          "an argument spec is a mapping with 'options', this is a " + e.value().describe());
      return List.of();
    }
    unknown(m, ENTRY, "an argument spec");
    return new ArgumentReader(problems).options(new KeywordReader(m, problems));
  }

  private void unknown(Node.Mapping m, Set<String> known, String what) {
    for (Node.Entry e : m.entries()) {
      if (!known.contains(e.name())) {
        problems.error(
            e.key().place(),
            what + " has no '" + e.name() + "'",
            Near.hint(e.name(), known).orElse("known: " + String.join(", ", new TreeSet<>(known))));
      }
    }
  }
}
