package dev.hactl.engine.run;

import dev.hactl.engine.model.Block;
import dev.hactl.engine.model.Item;
import dev.hactl.engine.model.Play;
import dev.hactl.engine.model.Task;
import dev.hactl.engine.module.Modules;
import dev.hactl.engine.module.TransactionModule;
import dev.hactl.engine.source.Near;
import dev.hactl.engine.source.Node;
import dev.hactl.engine.source.Problems;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/** Finds what cannot be part of a transaction. */
final class TransactionCheck {
  /** What decides as whom and how a transaction is written, and can be only one for all of it. */
  private static final SequencedMap<String, Function<Task.Keywords, Object>> SAME = same();

  private static SequencedMap<String, Function<Task.Keywords, Object>> same() {
    var all = new LinkedHashMap<String, Function<Task.Keywords, Object>>();
    all.put("become", Task.Keywords::become);
    all.put("become_user", Task.Keywords::becomeUser);
    all.put("environment", Task.Keywords::environment);
    all.put("timeout", Task.Keywords::timeout);
    all.put("check_mode", Task.Keywords::checkMode);
    all.put("ignore_errors", Task.Keywords::ignoreErrors);
    all.put("any_errors_fatal", Task.Keywords::anyErrorsFatal);
    all.put("ignore_unreachable", Task.Keywords::ignoreUnreachable);
    return Collections.unmodifiableSequencedMap(all);
  }

  private final Modules modules;
  private final Problems problems;

  TransactionCheck(Modules modules, Problems problems) {
    this.modules = modules;
    this.problems = problems;
  }

  void run(Play play) {
    play.sections().forEach(s -> s.forEach(this::item));
  }

  private void item(Item item) {
    if (item instanceof Block block) {
      block.transaction().ifPresent(name -> transaction(name, Block.flat(block.items())));
      block.items().forEach(this::item);
      block.rescue().forEach(this::item);
      block.always().forEach(this::item);
    }
  }

  private void transaction(Node.Scalar name, List<Task> tasks) {
    boolean known = tasks.stream().anyMatch(t -> belongs(t, name.text()));
    if (!known) {
      var all = all();
      if (!all.containsKey(name.text())) {
        problems.error(
            name.place(),
            "there is no transaction '" + name.text() + "'",
            Near.hint(name.text(), all.keySet())
                .orElse("known: " + String.join(", ", all.keySet())));
        return;
      }
    }
    for (Task task : tasks) {
      if (!belongs(task, name.text()) && modules.find(task.module()).isPresent()) {
        problems.error(
            task.modulePlace(),
            "'" + task.module() + "' cannot be part of the transaction '" + name.text() + "'",
            "it may stand before or after the block; part of it can be "
                + String.join(", ", all().getOrDefault(name.text(), Set.of())));
      }
      SAME.forEach((keyword, of) -> {
        if (!of.apply(task.keywords()).equals(of.apply(tasks.getFirst().keywords()))) {
          problems.error(
              task.place(),
              "a transaction is written as one: '" + keyword + "' is the same for all its tasks",
              "say it on the block");
        }
      });
    }
  }

  private boolean belongs(Task task, String name) {
    return of(task.module()).filter(name::equals).isPresent();
  }

  private Optional<String> of(String module) {
    return modules
        .find(module)
        .flatMap(m ->
            m instanceof TransactionModule<?, ?, ?> t
                ? Optional.of(t.transaction().name())
                : Optional.empty());
  }

  /** The modules of each transaction there is. */
  private SortedMap<String, Set<String>> all() {
    var all = new TreeMap<String, Set<String>>();
    for (String module : modules.callable()) {
      of(module).ifPresent(t -> all.computeIfAbsent(t, n -> new TreeSet<>()).add(module));
    }
    return all;
  }
}
