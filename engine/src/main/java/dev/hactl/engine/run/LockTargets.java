package dev.hactl.engine.run;

import dev.hactl.engine.inventory.Host;
import dev.hactl.engine.model.Task;
import dev.hactl.engine.remote.Identity;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Whose lock a run takes on which host, delegates included. Root's lock is one for the host, any
 * other keeps only that user's own runs apart; so it is root's wherever some task works as root.
 * Hosts are in the order of their names, the same in every run: two of them never wait for each
 * other.
 */
final class LockTargets {
  private final Map<String, Target> byHost = new TreeMap<>();

  /** A host and whose lock. */
  record Target(HostLink link, Identity who) {
    private int rank() {
      return switch (who) {
        case Identity.Become(String user, var _) when user.equals("root") -> 2;
        case Identity.Login() -> 1;
        case Identity.Become _ -> 0;
      };
    }
  }

  /** Every host the plays may change, and whose lock keeps other runs away from it. */
  static LockTargets of(List<Prepared> plays, Map<String, HostPass> passes) {
    var targets = new LockTargets();
    for (Prepared play : plays) {
      var tasks = new ArrayList<>(play.tasks());
      tasks.addAll(play.scope().play().handlers());
      for (Host host : play.scope().hosts()) {
        HostPass pass = Objects.requireNonNull(passes.get(host.name()));
        if (pass.state != HostPass.State.UNREACHABLE) {
          targets.add(pass, tasks, play.calls(), play.caller());
        }
      }
    }
    return targets;
  }

  /**
   * Adds a host of a play and wherever its tasks work, as far as that can be told before they run.
   */
  private void add(HostPass pass, Collection<Task> tasks, StaticCalls calls, Caller caller) {
    boolean atHome = false;
    for (Task task : tasks) {
      for (Call call : calls.of(pass, task)) {
        Optional<Call.Where> where =
            switch (call) {
              case Call.OnHost<?, ?> h -> Optional.of(h.where());
              case Call.OnCluster<?, ?> c -> Optional.of(c.where());
              case Call.Undecided u -> caller.where(task, pass);
              case Call.Skip s -> Optional.empty();
              case Call.Invalid i -> Optional.empty();
              case Call.Steering<?> s -> Optional.empty();
            };
        where.ifPresent(w -> put(new Target(w.link(), w.who())));
        atHome |= where.filter(w -> !w.delegated()).isPresent();
      }
    }
    if (!atHome) {
      put(new Target(pass.link, new Identity.Login()));
    }
  }

  private void put(Target target) {
    byHost.merge(target.link.name(), target, (a, b) -> b.rank() > a.rank() ? b : a);
  }

  /** All of them, in the order in which they are locked. */
  List<Target> ordered() {
    return List.copyOf(byHost.values());
  }
}
