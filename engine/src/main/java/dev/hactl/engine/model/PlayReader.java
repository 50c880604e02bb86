package dev.hactl.engine.model;

import dev.hactl.engine.source.Near;
import dev.hactl.engine.source.Node;
import dev.hactl.engine.source.Problems;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads one play: what it says of itself, and its tasks and handlers. */
final class PlayReader {
  private final Problems problems;
  private final Documents documents;
  private final Home home;
  private final Inherited outer;
  private final TaskReader tasks;

  /**
   * A reader.
   *
   * @param home the file that the play stands in
   * @param outer what the lines that import that file hand down; their variables are the play's
   * @param tasks a reader of its own, which numbers the play's tasks and knows its roles
   */
  PlayReader(Problems problems, Documents documents, Home home, Inherited outer, TaskReader tasks) {
    this.problems = problems;
    this.documents = documents;
    this.home = home;
    this.outer = outer;
    this.tasks = tasks;
  }

  /** The play; empty when it names no hosts. */
  Optional<Play> play(Node.Mapping m) {
    Vocabulary.PLAY.refuseOthers(m, problems);
    var in = new KeywordReader(m, problems);
    Optional<Node.Scalar> hosts = hosts(m, in);
    Inherited inherited = outer.with(in, false).withoutVars();
    tasks.met(outer, inherited);
    List<Item> before = section(in, "pre_tasks", inherited);
    var items = new ArrayList<Item>();
    in.sequence("roles").ifPresent(s -> items.addAll(tasks.roles().list(s, inherited)));
    items.addAll(section(in, "tasks", inherited));
    List<Item> after = section(in, "post_tasks", inherited);
    List<Task> handlers = handlers(section(in, "handlers", inherited));
    if (hosts.isEmpty()) {
      return Optional.empty();
    }
    var play =
        new Play(
            in.scalar("name").map(Node.Scalar::text).orElse(hosts.get().text()),
            hosts.get(),
            sources(m, in),
            before,
            List.copyOf(items),
            after,
            handlers,
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

  private List<Item> section(KeywordReader in, String keyword, Inherited inherited) {
    return in.sequence(keyword).map(s -> tasks.items(s, inherited)).orElse(List.of());
  }

  /** The handlers of a play with those of its roles, which come first: its own take their names. */
  private List<Task> handlers(List<Item> own) {
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
    return List.copyOf(handlers);
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

  private PlaySources sources(Node.Mapping m, KeywordReader in) {
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

  private static boolean isOnly(List<Node.Scalar> names, String word) {
    return names.size() == 1 && names.getFirst().text().equals(word);
  }
}
