package dev.hactl.engine.inventory;

import dev.hactl.engine.source.Near;
import dev.hactl.engine.source.Node;
import dev.hactl.engine.source.Place;
import dev.hactl.engine.source.Problems;
import dev.hactl.engine.source.YamlReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Reads YAML inventories, and {@code group_vars/} and {@code host_vars/} beside them. */
public final class InventoryReader {
  private static final Set<String> GROUP_KEYS = Set.of("hosts", "children", "vars", "cluster");

  private final Problems problems;
  private final SequencedGroups groups = new SequencedGroups();
  private final LinkedHashMap<String, List<Group.VarsSource>> hosts = new LinkedHashMap<>();
  private final Map<String, Place> places = new HashMap<>();

  private InventoryReader(Problems problems) {
    this.problems = problems;
  }

  /**
   * Reads inventories; later ones add to earlier ones.
   *
   * @param sources files, or comma lists of host names such as {@code db1,db2} or {@code db1,}
   * @param beside further folders that may hold {@code group_vars/} and {@code host_vars/} (the
   *     playbook's)
   */
  public static Inventory read(List<String> sources, List<Path> beside, Problems problems) {
    var reader = new InventoryReader(problems);
    reader.groups.get("all");
    var folders = new LinkedHashSet<Path>();
    for (String source : sources) {
      if (source.contains(",")) {
        reader.list(source);
        continue;
      }
      Path path = Path.of(source);
      reader.file(path, source);
      Path folder = path.toAbsolutePath().normalize().getParent();
      if (folder != null) {
        folders.add(folder);
      }
    }
    folders.addAll(beside);
    Path here = Path.of("").toAbsolutePath();
    folders.forEach(folder -> reader.varsBeside(folder, here));
    return reader.finish(sources);
  }

  private void list(String names) {
    for (String name : names.split(",", -1)) {
      if (!name.isBlank()) {
        hosts.computeIfAbsent(name.strip(), n -> new ArrayList<>());
        groups.get("all").hosts.add(name.strip());
      }
    }
  }

  private void file(Path path, String shown) {
    Optional<Node> root = YamlReader.read(path, shown, problems);
    if (root.isEmpty()) {
      if (!problems.hasErrors()) {
        problems.error(
            Place.of(shown), "the inventory is empty", "write 'all:' with 'hosts:' below it");
      }
      return;
    }
    if (!(root.get() instanceof Node.Mapping m)) {
      problems.error(
          root.get().place(),
          "an inventory is a mapping of groups",
          "write 'all:' with 'hosts:' below it");
      return;
    }
    for (Node.Entry e : m.entries()) {
      if (e.name().equals("hosts") || e.name().equals("children") || e.name().equals("vars")) {
        problems.error(
            e.key().place(), "'" + e.name() + "' stands outside of a group", "put it below 'all:'");
      } else {
        group(e.key(), e.value());
      }
    }
  }

  private void group(Node.Scalar name, Node body) {
    Draft draft = groups.get(name.text());
    places.putIfAbsent(name.text(), name.place());
    switch (body) {
      case Node.Scalar s when s.kind() == Node.Kind.NULL -> {}
      case Node.Mapping m -> {
        for (Node.Entry e : m.entries()) {
          member(name.text(), draft, e);
        }
      }
      case Node.Scalar s ->
          problems.error(s.place(), "a group is a mapping with hosts, children or vars");
      case Node.Sequence s ->
          problems.error(
              s.place(), "a group is a mapping with hosts, children or vars, not a list");
    }
  }

  private void member(String group, Draft draft, Node.Entry e) {
    switch (e.name()) {
      case "hosts" -> names(e.value(), "hosts").forEach((key, vars) -> host(draft, key, vars));
      case "children" ->
          names(e.value(), "children")
              .forEach((key, child) -> {
                draft.children.add(key.text());
                group(
                    key, child.orElse(new Node.Scalar("", Node.Kind.NULL, true, "", key.place())));
              });
      case "vars" -> vars(e.value(), "vars of group " + group).ifPresent(draft.vars::add);
      case "cluster" -> {
        if (e.value() instanceof Node.Scalar s && s.kind() != Node.Kind.NULL) {
          draft.cluster = Optional.of(s.text());
        } else {
          problems.error(
              e.value().place(), "cluster is the name of the cluster that the group's hosts form");
        }
      }
      default ->
          problems.error(
              e.key().place(),
              "a group has no '" + e.name() + "'",
              Near.hint(e.name(), GROUP_KEYS).orElse("known: hosts, children, vars, cluster"));
    }
  }

  private void host(Draft draft, Node.Scalar name, Optional<Node> vars) {
    draft.hosts.add(name.text());
    List<Group.VarsSource> own = hosts.computeIfAbsent(name.text(), n -> new ArrayList<>());
    places.putIfAbsent(name.text(), name.place());
    vars.flatMap(v -> vars(v, "inventory")).ifPresent(own::add);
  }

  private Map<Node.Scalar, Optional<Node>> names(Node node, String what) {
    var names = new LinkedHashMap<Node.Scalar, Optional<Node>>();
    switch (node) {
      case Node.Scalar s when s.kind() == Node.Kind.NULL -> {}
      case Node.Mapping m ->
          m.entries()
              .forEach(e ->
                  names.put(
                      e.key(),
                      Optional.of(e.value())
                          .filter(
                              v -> !(v instanceof Node.Scalar s && s.kind() == Node.Kind.NULL))));
      case Node.Scalar s ->
          problems.error(
              s.place(),
              what + " is a mapping of names",
              "write '" + s.text() + ":' on a line of its own");
      case Node.Sequence s ->
          problems.error(
              s.place(),
              what + " is a mapping of names, not a list",
              "write 'name:' instead of '- name'");
    }
    return names;
  }

  private Optional<Group.VarsSource> vars(Node node, String scope) {
    return switch (node) {
      case Node.Mapping m -> Optional.of(new Group.VarsSource(scope, m));
      case Node.Scalar s when s.kind() == Node.Kind.NULL -> Optional.empty();
      case Node.Scalar s -> {
        problems.error(s.place(), "variables are a mapping of names, this is a " + s.describe());
        yield Optional.empty();
      }
      case Node.Sequence s -> {
        problems.error(s.place(), "variables are a mapping of names, this is a list");
        yield Optional.empty();
      }
    };
  }

  private void varsBeside(Path folder, Path here) {
    groups.drafts.forEach((name, draft) ->
        varsFiles(folder.resolve("group_vars"), name, "group_vars", here, draft.vars));
    hosts.forEach(
        (name, own) -> varsFiles(folder.resolve("host_vars"), name, "host_vars", here, own));
  }

  private void varsFiles(
      Path folder, String name, String scope, Path here, List<Group.VarsSource> into) {
    var files = new ArrayList<Path>();
    for (String suffix : List.of(".yml", ".yaml", "")) {
      Path candidate = folder.resolve(name + suffix);
      if (Files.isRegularFile(candidate)) {
        files.add(candidate);
      } else if (suffix.isEmpty() && Files.isDirectory(candidate)) {
        try (Stream<Path> inside = Files.list(candidate)) {
          inside.filter(p -> p.toString().matches(".*\\.ya?ml")).sorted().forEach(files::add);
        } catch (IOException e) {
          problems.error(
              Place.of(candidate.toString()), "the folder cannot be read: " + e.getMessage());
        }
      }
    }
    for (Path file : files) {
      String shown = file.startsWith(here) ? here.relativize(file).toString() : file.toString();
      YamlReader.read(file, shown, problems).flatMap(n -> vars(n, scope)).ifPresent(into::add);
    }
  }

  private Inventory finish(List<String> sources) {
    var finishedGroups = new LinkedHashMap<String, Group>();
    groups.drafts.forEach((name, d) ->
        finishedGroups.put(
            name, new Group(name, d.hosts, d.children, List.copyOf(d.vars), d.cluster)));
    var tree = new GroupTree(finishedGroups, places, problems);
    var finished = new LinkedHashMap<String, Host>();
    hosts.forEach((name, own) -> finished.put(name, tree.host(name, own)));
    if (finished.isEmpty() && !problems.hasErrors()) {
      problems.error(
          Place.of(String.join(", ", sources)),
          "the inventory names no host",
          "write 'hosts:' below a group, with a line 'name:' for each");
    }
    return new Inventory(finished, finishedGroups);
  }

  /** A group while it is being read; several files may add to it. */
  private static final class Draft {
    private final Set<String> hosts = new LinkedHashSet<>();
    private final Set<String> children = new LinkedHashSet<>();
    private final List<Group.VarsSource> vars = new ArrayList<>();
    private Optional<String> cluster = Optional.empty();
  }

  /** Groups in the order they were first named. */
  private static final class SequencedGroups {
    private final LinkedHashMap<String, Draft> drafts = new LinkedHashMap<>();

    Draft get(String name) {
      return drafts.computeIfAbsent(name, n -> new Draft());
    }
  }
}
