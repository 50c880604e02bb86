package dev.hactl.engine.model;

import dev.hactl.engine.source.Near;
import dev.hactl.engine.source.Node;
import dev.hactl.engine.source.Problems;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * A line that uses a role.
 *
 * @param name of the role
 * @param keywords what it hands down; parameters stand in its {@code vars}
 * @param parameters keys that are no keywords
 * @param files which files of the role are used instead of {@code main.yml}
 */
record RoleEntry(
    Node.Scalar name,
    Node.Mapping keywords,
    List<Node.Entry> parameters,
    Map<String, Node.Scalar> files) {
  private static final Vocabulary KEYWORDS =
      Vocabulary.shared("role", "role", "when", "delegate_to");
  private static final Set<String> FILES =
      Set.of("tasks_from", "vars_from", "defaults_from", "handlers_from");
  private static final Vocabulary IMPORT =
      new Vocabulary("import_role", FILES).and("name", "allow_duplicates");

  /** A line of {@code roles} or of a role's dependencies; empty when it is wrong. */
  static Optional<RoleEntry> of(Node node, Problems problems) {
    return switch (node) {
      case Node.Scalar s when s.kind() != Node.Kind.NULL ->
          Optional.of(
              new RoleEntry(s, new Node.Mapping(List.of(), s.place()), List.of(), Map.of()));
      case Node.Mapping m -> of(m, problems);
      case Node.Scalar s -> none(s, problems);
      case Node.Sequence s -> none(s, problems);
    };
  }

  private static Optional<RoleEntry> none(Node node, Problems problems) {
    problems.error(
        node.place(),
        "a role is a name or a mapping, this is a " + node.describe(),
        "write 'role: NAME'");
    return Optional.empty();
  }

  private static Optional<RoleEntry> of(Node.Mapping m, Problems problems) {
    var in = new KeywordReader(m, problems);
    Optional<Node.Scalar> name = in.scalar("role").or(() -> in.scalar("name"));
    if (name.isEmpty()) {
      if (m.get("role").isEmpty() && m.get("name").isEmpty()) {
        problems.error(m.place(), "this names no role", "write 'role: NAME'");
      }
      return Optional.empty();
    }
    var parameters = new ArrayList<Node.Entry>();
    var keywords = new ArrayList<Node.Entry>();
    var files = new HashMap<String, Node.Scalar>();
    for (Node.Entry e : m.entries()) {
      if (FILES.contains(e.name())) {
        in.scalar(e.name()).ifPresent(s -> files.put(e.name(), s));
      } else if (KEYWORDS.has(e.name())) {
        keywords.add(e);
      } else if (e.name().matches("[A-Za-z_][A-Za-z0-9_]*")) {
        parameters.add(e);
      } else {
        problems.error(e.key().place(), "'" + e.name() + "' cannot be the name of a parameter");
      }
    }
    return Optional.of(
        new RoleEntry(
            name.get(),
            new Node.Mapping(withVars(keywords, parameters, in, m), m.place()),
            List.copyOf(parameters),
            Map.copyOf(files)));
  }

  /** What {@code import_role} names; empty when it is wrong. */
  static Optional<RoleEntry> imported(Node.Entry call, Problems problems) {
    if (!(call.value() instanceof Node.Mapping m)) {
      problems.error(
          call.value().place(),
          "import_role is a mapping, this is a " + call.value().describe(),
          "write 'import_role: {name: NAME}'");
      return Optional.empty();
    }
    for (Node.Entry e : m.entries()) {
      if (!IMPORT.has(e.name())) {
        problems.error(
            e.key().place(),
            "import_role has no '" + e.name() + "'",
            e.name().equals("public")
                ? "what a role sets stays in the role; what others need stands in group_vars"
                : Near.hint(e.name(), IMPORT.words())
                    .orElse("what the role is given stands in 'vars:' beside import_role"));
      }
    }
    var in = new KeywordReader(m, problems);
    Optional<Node.Scalar> name = in.scalar("name");
    if (name.isEmpty() && m.get("name").isEmpty()) {
      problems.error(m.place(), "this names no role", "write 'import_role: {name: NAME}'");
    }
    var files = new HashMap<String, Node.Scalar>();
    FILES.forEach(f -> in.scalar(f).ifPresent(s -> files.put(f, s)));
    return name.map(n ->
        new RoleEntry(n, new Node.Mapping(List.of(), m.place()), List.of(), Map.copyOf(files)));
  }

  /** Parameters are variables like those of {@code vars}, and win over them. */
  private static List<Node.Entry> withVars(
      List<Node.Entry> keywords, List<Node.Entry> parameters, KeywordReader in, Node.Mapping m) {
    if (parameters.isEmpty()) {
      return List.copyOf(keywords);
    }
    var all = new ArrayList<>(keywords.stream().filter(e -> !e.name().equals("vars")).toList());
    var vars = new ArrayList<Node.Entry>();
    Set<String> given = new TreeSet<>(parameters.stream().map(Node.Entry::name).toList());
    in.mapping("vars")
        .ifPresent(
            v -> v.entries().stream().filter(e -> !given.contains(e.name())).forEach(vars::add));
    vars.addAll(parameters);
    Node.Scalar key =
        m.entry("vars")
            .map(Node.Entry::key)
            .orElse(new Node.Scalar("vars", Node.Kind.TEXT, true, "", m.place()));
    all.add(new Node.Entry(key, new Node.Mapping(List.copyOf(vars), m.place())));
    return List.copyOf(all);
  }

  /** The file of the role's tasks. */
  String tasksFrom() {
    return fromText("tasks_from").replaceFirst("\\.ya?ml$", "");
  }

  Optional<Node.Scalar> from(String key) {
    return Optional.ofNullable(files.get(key));
  }

  String fromText(String key) {
    return from(key).map(Node.Scalar::text).orElse("main");
  }

  /** Notes parameters that the role does not declare. */
  void unknownParameters(Role role, List<Argument> declared, Problems problems) {
    List<String> names = declared.stream().map(a -> a.name().text()).toList();
    for (Node.Entry e : parameters) {
      if (!names.contains(e.name())) {
        var all = new TreeSet<>(names);
        all.addAll(KEYWORDS.words());
        problems.error(
            e.key().place(),
            "the role '" + role.name() + "' has no parameter '" + e.name() + "'",
            Near.hint(e.name(), all).orElse("its parameters: " + String.join(", ", names)));
      }
    }
  }

  /** Notes parameters that are most likely misspelt keywords. */
  void unlikelyParameters(Role role, Problems problems) {
    for (Node.Entry e : parameters) {
      boolean set =
          role.defaults().stream().anyMatch(d -> d.get(e.name()).isPresent())
              || role.vars().stream().anyMatch(v -> v.get(e.name()).isPresent());
      Optional<String> hint = Near.hint(e.name(), KEYWORDS.words());
      if (!set && e.name().length() > 2 && hint.isPresent()) {
        problems.error(
            e.key().place(),
            "a role has no keyword '" + e.name() + "'",
            hint.get() + " A variable of this name stands in 'vars:'");
      }
    }
  }
}
