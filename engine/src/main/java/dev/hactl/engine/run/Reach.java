package dev.hactl.engine.run;

import dev.hactl.engine.model.Task;
import dev.hactl.engine.module.Probe;
import dev.hactl.engine.remote.Identity;
import dev.hactl.engine.report.Event;
import dev.hactl.engine.value.Value;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The first looks at hosts: connecting, facts, what an earlier run left behind, and the probes of
 * all tasks.
 */
final class Reach {
  private final Emitter emitter;
  private final Secrets secrets;
  private final RunOptions options;

  Reach(Emitter emitter, Secrets secrets, RunOptions options) {
    this.emitter = emitter;
    this.secrets = secrets;
    this.options = options;
  }

  /**
   * Connects to all hosts at once.
   *
   * @return why some cannot be reached
   */
  Map<String, String> connect(Collection<HostPass> passes) {
    var failures = new ConcurrentHashMap<String, String>();
    Parallel.each(
        passes,
        options.mode().forks(),
        pass -> {
          try {
            pass.link.connect();
          } catch (HostLost e) {
            failures.put(pass.host.name(), secrets.hide(String.valueOf(e.getMessage())));
          }
        });
    return failures;
  }

  /**
   * Asks everything that can be asked at the beginning of a play, in one message per user where
   * nothing is known yet.
   */
  void look(
      HostPass pass,
      List<Task> tasks,
      StaticCalls calls,
      Prefetch prefetch,
      StepContext context,
      boolean facts,
      boolean first,
      Teller teller) {
    if (!first) {
      return;
    }
    try {
      var also = new LinkedHashMap<Identity, List<Probe<?>>>();
      SequencedSet<Identity> users = users(pass, tasks, calls);
      users.forEach(who -> also.computeIfAbsent(who, w -> new ArrayList<>()).add(Notes.read()));
      if (facts) {
        facts(pass, users.getFirst());
      }
      prefetch.all(pass, also);
      notes(pass, users, context);
    } catch (HostLost e) {
      PassCounts.unreachable(pass, teller, secrets.hide(String.valueOf(e.getMessage())));
    }
  }

  private static SequencedSet<Identity> users(HostPass pass, List<Task> tasks, StaticCalls calls) {
    var users = new LinkedHashSet<Identity>();
    for (Task task : tasks) {
      for (Call call : calls.of(pass, task)) {
        if (call instanceof Call.OnHost<?, ?> h && !h.where().delegated()) {
          users.add(h.where().who());
        } else if (call instanceof Call.OnCluster<?, ?> c) {
          users.add(c.where().who());
        }
      }
    }
    if (users.isEmpty()) {
      users.add(new Identity.Login());
    }
    return users;
  }

  private void facts(HostPass pass, Identity who) throws HostLost {
    List<Probe<Map<String, Value>>> probes = Facts.probes();
    pass.link.ask(who, probes);
    var all = new LinkedHashMap<String, Value>();
    var decider = new Decider();
    for (Probe<Map<String, Value>> probe : probes) {
      try {
        all.putAll(decider.observe(new Call.Where(pass.link, who, false), probe));
      } catch (Decider.NotObserved e) {
        emitter.emit(
            new Event.Noted(pass.host.name(), "some facts are missing: " + e.getMessage()));
      }
    }
    pass.names.addFacts(Facts.complete(all));
  }

  private void notes(HostPass pass, SequencedSet<Identity> users, StepContext context)
      throws HostLost {
    var decider = new Decider();
    for (Identity who : users) {
      var where = new Call.Where(pass.link, who, false);
      try {
        for (Notes.Note note : decider.observe(where, Notes.read())) {
          switch (note.kind()) {
            case HANDLER -> {
              if (note.playbook().equals(context.playbook())) {
                pass.leftovers.add(note.owed());
                pass.hadLeftovers.add(note.owed());
                pass.noted.computeIfAbsent(note.owed(), n -> new ArrayList<>()).add(where);
              }
            }
            case INTENT -> {
              if (pass.unfinished.put(note, where) == null) {
                emitter.emit(
                    new Event.Noted(
                        pass.host.name(),
                        "run "
                            + note.run()
                            + " was interrupted in '"
                            + note.task()
                            + "': "
                            + note.about()
                            + " is treated as unfinished"));
              }
            }
          }
        }
      } catch (Decider.NotObserved e) {
        emitter.emit(
            new Event.Noted(
                pass.host.name(), "what an earlier run left cannot be read: " + e.getMessage()));
      }
    }
  }
}
