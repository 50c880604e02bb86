package dev.hactl.engine.inventory;

import dev.hactl.engine.source.Near;
import dev.hactl.engine.source.Node;
import dev.hactl.engine.source.Place;
import dev.hactl.engine.source.Problems;
import dev.hactl.engine.source.SourceException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads an inventory in Ansible's YAML form: groups with hosts, children, vars, and cluster. */
final class YamlInventory {
  private static final Set<String> GROUP_KEYS = Set.of("hosts", "children", "vars", "cluster");

  private final Drafts drafts;
  private final Problems problems;

  private YamlInventory(Drafts drafts, Problems problems) {
    this.drafts = drafts;
    this.problems = problems;
  }

  /** Adds what a document says. */
  static void read(Node root, Drafts drafts, Problems problems) {
    new YamlInventory(drafts, problems).document(root);
  }

  private void document(Node root) {
    if (!(root instanceof Node.Mapping m)) {
      problems.error(
          root.place(),
          "an inventory is a mapping of groups",
          "write 'all:' with 'hosts:' below it");
      return;
    }
    if (m.get("plugin").orElse(null) instanceof Node.Scalar s && s.kind() == Node.Kind.TEXT) {
      problems.error(
          s.place(),
          "this configures Ansible's inventory plugin '" + s.text() + "', which hactl has not",
          "a program that prints what 'ansible-inventory --list' prints is an inventory");
      return;
    }
    for (Node.Entry e : m.entries()) {
      switch (e.name()) {
        case "hosts", "children", "vars" ->
            problems.error(
                e.key().place(),
                "'" + e.name() + "' stands outside of a group",
                "put it below 'all:'");
        default -> group(e.key(), e.value());
      }
    }
  }

  private void group(Node.Scalar name, Node body) {
    if (!isName(name.text())) {
      problems.error(
          name.place(),
          "'" + name.text() + "' cannot be the name of a group",
          "a name has no blanks and none of , : & ! ~ @ [ ] { }");
      return;
    }
    drafts.group(name.text(), name.place());
    switch (body) {
      case Node.Scalar s when s.kind() == Node.Kind.NULL -> {}
      case Node.Mapping m -> m.entries().forEach(e -> member(name.text(), e));
      case Node.Scalar s ->
          problems.error(s.place(), "a group is a mapping with hosts, children or vars");
      case Node.Sequence s ->
          problems.error(
              s.place(), "a group is a mapping with hosts, children or vars, not a list");
    }
  }

  private static boolean isName(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (" \t\n,:&!~@[]{}".indexOf(text.charAt(i)) >= 0) {
        return false;
      }
    }
    return !text.isEmpty();
  }

  private void member(String group, Node.Entry e) {
    switch (e.name()) {
      case "hosts" -> names(e.value(), "hosts").forEach(host -> host(group, host));
      case "children" ->
          names(e.value(), "children")
              .forEach(child -> {
                drafts.declaredChild(group, child.name(), child.key().place());
                group(child.key(), child.value());
              });
      case "vars" -> vars(e.value()).ifPresent(v -> drafts.vars(group, v, false));
      case "cluster" ->
          Structure.cluster(e.value(), problems).ifPresent(c -> drafts.cluster(group, c));
      default ->
          problems.error(
              e.key().place(),
              "a group has no '" + e.name() + "'",
              Near.hint(e.name(), GROUP_KEYS).orElse("known: hosts, children, vars, cluster"));
    }
  }

  private void host(String group, Node.Entry e) {
    Place place = e.key().place();
    try {
      HostWord word = HostWord.read(e.name(), place);
      Optional<Node.Mapping> own = vars(e.value());
      for (String name : word.names()) {
        drafts.host(group, name, place);
        word.portVariable(place).ifPresent(p -> drafts.hostVars(name, p, false));
        own.ifPresent(v -> drafts.hostVars(name, v, false));
      }
    } catch (SourceException wrong) {
      problems.addAll(wrong.problems());
    }
  }

  private List<Node.Entry> names(Node node, String what) {
    return switch (node) {
      case Node.Scalar s when s.kind() == Node.Kind.NULL -> List.of();
      case Node.Mapping m -> m.entries();
      case Node.Scalar s -> {
        problems.error(
            s.place(),
            what + " is a mapping of names",
            "write '" + s.text() + ":' on a line of its own");
        yield List.of();
      }
      case Node.Sequence s -> {
        problems.error(
            s.place(),
            what + " is a mapping of names, not a list",
            "write 'name:' instead of '- name'");
        yield List.of();
      }
    };
  }

  private Optional<Node.Mapping> vars(Node node) {
    return Variables.mapping(node, problems);
  }
}
