package dev.hactl.engine.inventory;

import dev.hactl.engine.source.JsonReader;
import dev.hactl.engine.source.Near;
import dev.hactl.engine.source.Node;
import dev.hactl.engine.source.Place;
import dev.hactl.engine.source.Problem;
import dev.hactl.engine.source.Problems;
import dev.hactl.engine.source.SourceException;
import dev.hactl.engine.source.SourceFile;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;

/**
 * Asks a program for an inventory, as Ansible does: {@code --list} prints groups as JSON, {@code
 * _meta.hostvars} in it the variables of the hosts; without that, {@code --host NAME} prints those
 * of one. What is printed is data and never rendered; messages do not quote it, for it may hold
 * secrets.
 */
final class ProgramInventory {
  private static final Set<String> GROUP_KEYS = Set.of("hosts", "children", "vars", "cluster");
  private static final int CALLS_AT_ONCE = 8;
  private static final Pattern TEMPLATE = Pattern.compile("\\{\\{|\\{%|\\$\\{");

  private final Program program;
  private final Drafts drafts;
  private final Problems problems;
  private final Set<String> hosts = new LinkedHashSet<>();
  private final AtomicBoolean failed = new AtomicBoolean();

  private ProgramInventory(Program program, Drafts drafts, Problems problems) {
    this.program = program;
    this.drafts = drafts;
    this.problems = problems;
  }

  /** Adds what the program says. */
  static void read(Program program, Drafts drafts, Problems problems) {
    try {
      new ProgramInventory(program, drafts, problems).ask();
    } catch (SourceException e) {
      problems.addAll(e.problems());
    }
  }

  private void ask() {
    int before = problems.all().size();
    Optional<Node.Mapping> all = answer(program.call(List.of("--list")), "--list");
    if (all.isEmpty()) {
      return;
    }
    Optional<Node.Mapping> hostVars = Optional.empty();
    for (Node.Entry e : all.get().entries()) {
      if (e.name().equals("_meta")) {
        hostVars = mapping(e.value(), "_meta").flatMap(m -> m.get("hostvars")).flatMap(this::vars);
      } else {
        group(e.key(), e.value());
      }
    }
    if (hostVars.isPresent()) {
      hostVars.get().entries().forEach(this::hostVars);
    } else if (problems.all().size() == before) {
      one();
    }
  }

  /** The mapping that a call printed. */
  private Optional<Node.Mapping> answer(Program.Printed printed, String arguments) {
    var shown = new SourceFile(program.shown() + " " + arguments, "");
    if (!printed.said().isEmpty()) {
      problems.add(
          Problem.warning(
              "inventory-program",
              Place.of(shown.name()),
              "the program complains",
              printed.said()));
    }
    if (printed.text().isBlank()) {
      if (arguments.equals("--list")) {
        problems.error(Place.of(shown.name()), "the program printed nothing", "it prints JSON");
      }
      return Optional.empty();
    }
    return JsonReader.parse(shown, printed.text(), problems)
        .flatMap(n -> mapping(n, "what the program prints"));
  }

  private Optional<Node.Mapping> mapping(Node node, String what) {
    if (node instanceof Node.Mapping m) {
      return Optional.of(m);
    }
    problems.error(node.place(), what + " is a mapping, this is a " + node.describe());
    return Optional.empty();
  }

  private Optional<Node.Mapping> vars(Node node) {
    Optional<Node.Mapping> found = Variables.mapping(node, problems);
    found.ifPresent(this::warn);
    return found;
  }

  /** Who prints what looks like a template expects that it is rendered. */
  private void warn(Node node) {
    switch (node) {
      case Node.Scalar s when TEMPLATE.matcher(s.text()).find() ->
          problems.add(
              Problem.warning(
                  "inventory-program",
                  s.place(),
                  "this value is data: what a program prints is not rendered",
                  "put what is to be rendered into group_vars"));
      case Node.Scalar s -> {}
      case Node.Sequence s -> s.items().forEach(this::warn);
      case Node.Mapping m -> m.entries().forEach(e -> warn(e.value()));
    }
  }

  private void group(Node.Scalar name, Node body) {
    drafts.group(name.text(), name.place());
    switch (body) {
      case Node.Sequence s -> hosts(name.text(), s);
      case Node.Mapping m -> m.entries().forEach(e -> member(name.text(), e));
      case Node.Scalar s ->
          problems.error(
              s.place(), "a group is a mapping with hosts, children or vars, or a list of hosts");
    }
  }

  private void member(String group, Node.Entry e) {
    switch (e.name()) {
      case "hosts" -> hosts(group, e.value());
      case "children" ->
          texts(e.value(), "children")
              .forEach(c -> drafts.declaredChild(group, c.text(), c.place()));
      case "vars" -> vars(e.value()).ifPresent(v -> drafts.vars(group, v, true));
      case "cluster" ->
          Structure.cluster(e.value(), problems).ifPresent(c -> drafts.cluster(group, c));
      default ->
          problems.error(
              e.key().place(),
              "a group has no '" + e.name() + "'",
              Near.hint(e.name(), GROUP_KEYS).orElse("known: hosts, children, vars, cluster"));
    }
  }

  private void hosts(String group, Node node) {
    for (Node.Scalar name : texts(node, "hosts")) {
      try {
        drafts.host(group, HostWord.single(name.text(), name.place()), name.place());
        hosts.add(name.text());
      } catch (SourceException e) {
        problems.addAll(e.problems());
      }
    }
  }

  private List<Node.Scalar> texts(Node node, String what) {
    var texts = new ArrayList<Node.Scalar>();
    if (!(node instanceof Node.Sequence s)) {
      problems.error(node.place(), what + " is a list of names, this is a " + node.describe());
      return texts;
    }
    for (Node item : s.items()) {
      if (item instanceof Node.Scalar name && name.kind() == Node.Kind.TEXT) {
        texts.add(name);
      } else {
        problems.error(item.place(), what + " is a list of names, this is a " + item.describe());
      }
    }
    return texts;
  }

  private void hostVars(Node.Entry e) {
    Optional<Node.Mapping> own = vars(e.value());
    if (hosts.contains(e.name())) {
      own.ifPresent(v -> drafts.hostVars(e.name(), v, true));
    } else {
      problems.add(
          Problem.warning(
              "inventory-program",
              e.key().place(),
              "no group of the program has the host '" + e.name() + "'",
              Near.hint(e.name(), hosts).orElse("its variables are not read")));
    }
  }

  /** After the first that fails nobody waits for the others. */
  private Program.Printed hostCall(String host) {
    if (failed.get()) {
      return new Program.Printed("", "");
    }
    try {
      return program.call(List.of("--host", host));
    } catch (SourceException e) {
      failed.set(true);
      throw e;
    }
  }

  /** Asks for each host; some at a time, because each call starts a program. */
  private void one() {
    var calls = new LinkedHashMap<String, Future<Program.Printed>>();
    try (ExecutorService some =
        Executors.newFixedThreadPool(
            Math.clamp(hosts.size(), 1, CALLS_AT_ONCE), Thread.ofPlatform().daemon().factory())) {
      hosts.forEach(h -> calls.put(h, some.submit(() -> hostCall(h))));
    }
    for (Map.Entry<String, Future<Program.Printed>> call : calls.entrySet()) {
      try {
        answer(call.getValue().get(), "--host " + call.getKey())
            .flatMap(this::vars)
            .ifPresent(v -> drafts.hostVars(call.getKey(), v, true));
      } catch (ExecutionException e) {
        if (!(e.getCause() instanceof SourceException wrong)) {
          throw new IllegalStateException(e);
        }
        problems.addAll(wrong.problems());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }
}
