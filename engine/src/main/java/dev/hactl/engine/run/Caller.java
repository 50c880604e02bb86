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
import dev.hactl.engine.source.Problems;
import dev.hactl.engine.source.SourceException;
import dev.hactl.engine.template.Variables;
import dev.hactl.engine.value.Value;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

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
  }

  /** The calls of a task on a host: one without a loop, one an item with it. */
  List<Call> calls(Task task, HostPass pass) {
    Optional<Node> loop = task.keywords().loop();
    if (loop.isEmpty()) {
      return List.of(call(task, pass, Optional.empty()));
    }
    try {
      Value over = book.renderer().render(loop.get(), pass.names(task, Optional.empty()));
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
        .map(l -> item.labelled(book.renderer().render(l, pass.names(task, Optional.of(item)))))
        .orElse(item);
  }

  private static Call invalid(Optional<LoopItem> item, Problem problem) {
    return new Call.Invalid(item, List.of(problem));
  }

  private Call call(Task task, HostPass pass, Optional<LoopItem> item) {
    try {
      Variables names = pass.names(task, item);
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
        .ifPresent(on -> text(on.text(), pass.names(task, Optional.empty()))); // of no item
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
      return Optional.of(where(task, pass, pass.names(task, Optional.empty())));
    } catch (SourceException | Evaluation.Missing e) {
      return Optional.empty();
    }
  }

  private Call.Where where(Task task, HostPass pass, Variables names) {
    Optional<String> delegate = task.keywords().delegateTo().map(d -> host(d, names));
    HostLink link = delegate.map(links).orElse(pass.link);
    Optional<String> user = task.keywords().becomeUser().map(u -> text(u, names));
    return new Call.Where(
        link,
        Connections.identity(names, options.login(), task.keywords().become(), user),
        delegate.isPresent() && !delegate.get().equals(pass.host.name()));
  }

  private String host(Node.Scalar scalar, Variables names) {
    String name = text(scalar, names);
    if (project.inventory().host(name).isEmpty() && !name.equals("localhost")) {
      throw new SourceException(project.inventory().noHost(name, scalar.place()));
    }
    return name;
  }

  /** A keyword's text. */
  String text(Node.Scalar scalar, Variables names) {
    return switch (book.renderer().render(scalar, names)) {
      case Value.Text t -> t.text();
      case Value.Num n -> n.plain();
      case Value.Bool b -> Boolean.toString(b.value());
      case Value.Unknown u -> throw new Evaluation.Missing(u.why());
      default ->
          throw new SourceException(Problem.error(scalar.place(), "a single value is wanted"));
    };
  }

  /** A keyword's whole number, 0 or more. */
  long number(Node.Scalar scalar, Variables names) {
    return number(scalar, text(scalar, names));
  }

  /** How long to wait between the items of a loop: seconds, also parts of one. */
  Duration pause(Node.Scalar scalar, Variables names) {
    return pause(scalar, text(scalar, names));
  }

  /** The time that a text means. */
  static Duration pause(Node.Scalar scalar, String text) {
    if (!text.strip().matches("[0-9]{1,6}(\\.[0-9]{1,3})?")) {
      throw new SourceException(
          Problem.error(scalar.place(), "a number of seconds is wanted, this is '" + text + "'"));
    }
    return Duration.ofMillis(new BigDecimal(text.strip()).movePointRight(3).longValueExact());
  }

  /** The number that a keyword's text is. */
  static long number(Node.Scalar scalar, String text) {
    if (!text.strip().matches("[0-9]{1,9}")) {
      throw new SourceException(
          Problem.error(scalar.place(), "a whole number is wanted, this is '" + text + "'"));
    }
    return Long.parseLong(text.strip());
  }

  /** The variables that started programs see. */
  Map<String, String> environment(Task task, Variables names) {
    var all = new LinkedHashMap<String, String>();
    for (Node.Mapping mapping : task.keywords().environment()) {
      for (Node.Entry e : mapping.entries()) {
        if (!e.name().matches("[A-Za-z_][A-Za-z0-9_]*")) {
          throw new SourceException(
              Problem.error(
                  e.key().place(), "'" + e.name() + "' cannot name a variable of the shell"));
        }
        if (e.value() instanceof Node.Scalar s) {
          all.put(e.name(), text(s, names));
        } else {
          throw new SourceException(
              Problem.error(e.value().place(), "environment holds single values"));
        }
      }
    }
    return all;
  }

  /** What is wrong with the keywords that are only needed once a task is at work. */
  List<Problem> wrongKeywords(Task task, HostPass pass, Optional<LoopItem> item) {
    Task.Keywords k = task.keywords();
    var problems = new Problems();
    Variables names = pass.names(task, item);
    collect(problems, () -> environment(task, names));
    Stream.of(k.retries(), k.delay(), k.timeout())
        .flatMap(Optional::stream)
        .forEach(n -> collect(problems, () -> number(n, names)));
    k.loopControl().pause().ifPresent(p -> collect(problems, () -> pause(p, names)));
    return problems.all();
  }

  private static void collect(Problems problems, Runnable evaluation) {
    try {
      evaluation.run();
    } catch (SourceException e) {
      problems.addAll(e.problems());
    } catch (Evaluation.Missing e) {
      // Known when its turn comes.
    }
  }
}
