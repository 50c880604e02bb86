package dev.hactl.engine.run;

import dev.hactl.engine.model.Task;
import dev.hactl.engine.module.Binder;
import dev.hactl.engine.module.ClusterModule;
import dev.hactl.engine.module.ControlModule;
import dev.hactl.engine.module.Evaluation;
import dev.hactl.engine.module.HostModule;
import dev.hactl.engine.module.Module;
import dev.hactl.engine.plan.HostEvaluation;
import dev.hactl.engine.source.Node;
import dev.hactl.engine.source.Problem;
import dev.hactl.engine.source.SourceException;
import dev.hactl.engine.template.Variables;
import dev.hactl.engine.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Turns a task into calls for one host: evaluates loop and conditions, binds parameters. Talks to
 * no host.
 */
final class Caller {
  private final Project project;
  private final Project.Book book;
  private final RunOptions options;
  private final Secrets secrets;
  private final Function<String, HostLink> links;
  final KeywordValues keywords;

  /**
   * A caller for the plays of one playbook.
   *
   * @param links the connection of a host by name
   */
  Caller(
      Project project,
      Project.Book book,
      RunOptions options,
      Secrets secrets,
      Function<String, HostLink> links) {
    this.project = project;
    this.book = book;
    this.options = options;
    this.secrets = secrets;
    this.links = links;
    this.keywords = new KeywordValues(book.renderer());
  }

  /** The calls of a task on a host: one without a loop, one an item with it. */
  List<Call> calls(Task task, HostPass pass) {
    Optional<Node> loop = task.keywords().loop();
    if (loop.isEmpty()) {
      return List.of(call(task, pass, Optional.empty()));
    }
    try {
      Value over = book.renderer().render(loop.get(), pass.names.of(task, Optional.empty()));
      if (over instanceof Value.Unknown u) {
        return List.of(new Call.Undecided(Optional.empty(), u.why()));
      }
      Optional<List<Value>> items = LoopItem.items(over);
      if (items.isEmpty()) {
        String advice =
            over instanceof Value.Num n
                ? "write ${1.." + n.plain() + "} for the numbers up to it"
                : "write ['a', 'b'], or a mapping, whose items have 'key' and 'value'";
        return List.of(
            invalid(
                Optional.empty(),
                Problem.error(
                    loop.get().place(),
                    "loop wants a list or a mapping, this is a " + Value.describe(over),
                    advice)));
      }
      var calls = new ArrayList<Call>();
      for (int i = 0; i < items.get().size(); i++) {
        var item = LoopItem.of(task.keywords().loopControl(), items.get(), i);
        calls.add(call(task, pass, Optional.of(labelled(task, pass, item))));
      }
      return List.copyOf(calls);
    } catch (SourceException e) {
      return List.of(new Call.Invalid(Optional.empty(), e.problems()));
    }
  }

  private LoopItem labelled(Task task, HostPass pass, LoopItem item) {
    Optional<Node.Scalar> label = task.keywords().loopControl().label();
    return label
        .map(l -> item.labelled(book.renderer().render(l, pass.names.of(task, Optional.of(item)))))
        .orElse(item);
  }

  private static Call invalid(Optional<LoopItem> item, Problem problem) {
    return new Call.Invalid(item, List.of(problem));
  }

  private Call call(Task task, HostPass pass, Optional<LoopItem> item) {
    try {
      Variables names = pass.names.of(task, item);
      for (Node.Scalar condition : task.keywords().when()) {
        Value holds = book.renderer().evaluate(condition, names);
        switch (holds) {
          case Value.Bool b when b.value() -> {}
          case Value.Bool b -> {
            return new Call.Skip(item, "'" + condition.text() + "' is false");
          }
          case Value.Unknown u -> {
            return new Call.Undecided(item, u.why());
          }
          default -> {
            return invalid(
                item,
                Problem.error(
                    condition.place(),
                    "when must be true or false, this is a " + Value.describe(holds),
                    "compare it, e.g. x == 'y', or test it with x?? or x?has_content"));
          }
        }
      }
      return bound(task, pass, item, names);
    } catch (SourceException e) {
      return new Call.Invalid(item, e.problems());
    } catch (Evaluation.Missing e) {
      return new Call.Undecided(item, String.valueOf(e.getMessage()));
    }
  }

  private Call bound(Task task, HostPass pass, Optional<LoopItem> item, Variables names) {
    Module<?> module = book.modules().find(task.module()).orElseThrow();
    Call.Where where = where(task, pass, names);
    task.keywords()
        .on()
        .ifPresent(
            on -> keywords.text(on.text(), pass.names.of(task, Optional.empty()))); // of no item
    Shelf shelf = book.shelf(task);
    var evaluation =
        new HostEvaluation(
            shelf.renderer(), shelf.files(), names, task.keywords().noLog(), secrets::meet);
    return switch (module) {
      case HostModule<?, ?> m -> onHost(m, task, item, where, evaluation);
      case ClusterModule<?, ?> m -> onCluster(m, task, pass, item, where, evaluation);
      case ControlModule<?> m -> steering(m, task, item, where, evaluation);
    };
  }

  private <P, S> Call onHost(
      HostModule<P, S> m,
      Task task,
      Optional<LoopItem> item,
      Call.Where where,
      HostEvaluation evaluation) {
    P params = bind(m, task, evaluation);
    return new Call.OnHost<>(
        item, task, m, params, where, evaluation.secretSeen(), evaluation.unknownSeen());
  }

  private <P, S> Call onCluster(
      ClusterModule<P, S> m,
      Task task,
      HostPass pass,
      Optional<LoopItem> item,
      Call.Where where,
      HostEvaluation evaluation) {
    P params = bind(m, task, evaluation);
    if (pass.host.cluster().isEmpty() && !m.takesLoneHosts()) {
      return invalid(
          item,
          Problem.error(
              task.modulePlace(),
              "'" + task.module() + "' works on clusters, and " + pass.host.name() + " is in none",
              "give a group of the inventory that holds it 'cluster: NAME'"));
    }
    return new Call.OnCluster<>(
        item, task, m, params, where, evaluation.secretSeen(), evaluation.unknownSeen());
  }

  private <P> Call steering(
      ControlModule<P> m,
      Task task,
      Optional<LoopItem> item,
      Call.Where where,
      HostEvaluation evaluation) {
    P params = bind(m, task, evaluation);
    return new Call.Steering<>(
        item, task, m, params, where, evaluation.secretSeen(), evaluation.unknownSeen());
  }

  private <P> P bind(Module<P> module, Task task, HostEvaluation evaluation) {
    return Binder.bind(
        task.module(), book.forms().of(module), task.args(), task.modulePlace(), evaluation);
  }

  /** Where a task that cannot be decided yet would work, if that much is known. */
  Optional<Call.Where> where(Task task, HostPass pass) {
    try {
      return Optional.of(where(task, pass, pass.names.of(task, Optional.empty())));
    } catch (SourceException | Evaluation.Missing e) {
      return Optional.empty();
    }
  }

  private Call.Where where(Task task, HostPass pass, Variables names) {
    Optional<String> delegate = task.keywords().delegateTo().map(d -> host(d, names));
    HostLink link = delegate.map(links).orElse(pass.link);
    Optional<String> user = task.keywords().becomeUser().map(u -> keywords.text(u, names));
    return new Call.Where(
        link,
        Connections.identity(names, options.login(), task.keywords().become(), user),
        delegate.isPresent() && !delegate.get().equals(pass.host.name()));
  }

  private String host(Node.Scalar scalar, Variables names) {
    String name = keywords.text(scalar, names);
    if (project.inventory().host(name).isEmpty() && !name.equals("localhost")) {
      throw new SourceException(project.inventory().noHost(name, scalar.place()));
    }
    return name;
  }
}
