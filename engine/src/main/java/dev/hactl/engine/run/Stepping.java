package dev.hactl.engine.run;

import dev.hactl.engine.model.Task;
import dev.hactl.engine.report.Outcome;
import dev.hactl.engine.report.Stepper;
import dev.hactl.engine.value.Value;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Asks before each task of a run whether it is to be done, where somebody wants to be asked. */
final class Stepping {
  private static final String HIDDEN = "a change that no_log hides";

  private final RunControl control;
  private final Links links;
  private final Emitter emitter;
  private final Secrets secrets;
  private final IdentityHashMap<Task, Map<String, List<String>>> foretold = new IdentityHashMap<>();
  private boolean asks;
  private boolean declined;

  Stepping(RunControl control, Links links, Emitter emitter, Secrets secrets) {
    this.control = control;
    this.links = links;
    this.emitter = emitter;
    this.secrets = secrets;
    this.asks = control.steps();
  }

  /** What becomes of a task. */
  enum Go {
    /** It is done. */
    ON,
    /** It is skipped. */
    PAST,
    /** The run ends before it. */
    NOWHERE
  }

  /** Whether the next task is asked about. */
  boolean asks() {
    return asks;
  }

  /** Whether something was skipped because the operator wanted it so. */
  boolean declined() {
    return declined;
  }

  /** Keeps what a task was foretold to come to, to tell it with the question. */
  void foretold(HostPass pass, Task task, TaskEnd end) {
    if (asks) {
      foretold
          .computeIfAbsent(task, t -> new ConcurrentHashMap<>())
          .merge(pass.host.name(), changes(task, end), Stepping::joined);
    }
  }

  private List<String> changes(Task task, TaskEnd end) {
    var changes = new ArrayList<String>();
    for (ItemResult item : end.items()) {
      if (item.outcome() instanceof Outcome.Unknown(String why)) {
        changes.add("cannot be told: " + secrets.hide(why));
      } else if (item.changed() || !item.changes().isEmpty()) {
        // A command that counts as no change is told, too.
        changes.addAll(told(task, item));
      }
    }
    return List.copyOf(changes);
  }

  private List<String> told(Task task, ItemResult item) {
    if (task.keywords().noLog()) {
      return List.of(HIDDEN);
    }
    return item.changes().isEmpty()
        ? List.of("changes")
        : item.changes().stream().map(c -> secrets.hide(c.what())).toList();
  }

  private static List<String> joined(List<String> before, List<String> more) {
    var all = new ArrayList<>(before);
    all.addAll(more);
    return List.copyOf(all);
  }

  /**
   * Asks about a task that has something to do on these hosts. What was seen before the answer is
   * old afterwards: it may have taken the operator an hour, and work on the hosts.
   *
   * @param tasks one, or those of a transaction
   */
  Go about(Stepper.Kind kind, List<Task> tasks, List<HostPass> hosts) {
    if (!asks || hosts.isEmpty()) {
      return Go.ON;
    }
    emitter.settle();
    Optional<Stepper.Answer> answer = control.ask(question(kind, tasks, hosts));
    if (answer.isEmpty()) {
      return Go.NOWHERE; // a signal was quicker
    }
    return switch (answer.get()) {
      case YES -> anew(hosts);
      case NO -> {
        declined = true;
        yield Go.PAST;
      }
      case CONTINUE -> {
        asks = false;
        yield anew(hosts);
      }
      case QUIT -> {
        control.quit(secrets.hide(tasks.getFirst().title()));
        yield Go.NOWHERE;
      }
    };
  }

  private Go anew(List<HostPass> hosts) {
    links.all().forEach(HostLink::changing);
    hosts.forEach(pass -> pass.window = 1); // the next question makes the rest old again
    return Go.ON;
  }

  private Stepper.Question question(Stepper.Kind kind, List<Task> tasks, List<HostPass> hosts) {
    return new Stepper.Question(
        kind,
        tasks.stream().map(t -> secrets.hide(t.title())).toList(),
        tasks.getFirst().place(),
        hosts.stream().map(pass -> on(tasks, pass.host.name())).toList());
  }

  private Stepper.On on(List<Task> tasks, String host) {
    var changes = new ArrayList<String>();
    boolean known = true;
    for (Task task : tasks) {
      List<String> own = foretold.getOrDefault(task, Map.of()).get(host);
      known &= own != null;
      changes.addAll(own == null ? List.of() : own);
    }
    return new Stepper.On(host, known, List.copyOf(changes));
  }

  /** What a task is told as that the operator does not want. */
  static ItemResult declined(Task task, boolean owed) {
    String why =
        owed
            ? "the answer was no; it stays noted, and the next run begins with it"
            : "the answer was no";
    ItemResult result =
        ItemResult.of(new Outcome.Skipped(why), Results.skipped(task.name().text()));
    return task.keywords().loop().isPresent()
        ? result.plus("results", new Value.Items(List.of()))
        : result;
  }
}
