package dev.hactl.engine.run;

import dev.hactl.engine.model.Task;
import dev.hactl.engine.module.ClusterModule;
import dev.hactl.engine.module.Control;
import dev.hactl.engine.module.ControlModule;
import dev.hactl.engine.module.Decision;
import dev.hactl.engine.module.Diagnosis;
import dev.hactl.engine.module.HostModule;
import dev.hactl.engine.module.Probe;
import dev.hactl.engine.remote.Identity;
import dev.hactl.engine.source.Problem;
import dev.hactl.engine.value.Value;
import java.util.List;
import java.util.Optional;

/** One item of a task on one host, after its condition was looked at and its parameters bound. */
sealed interface Call {

  /** The loop's item. */
  Optional<LoopItem> item();

  /** Its condition does not hold. */
  record Skip(Optional<LoopItem> item, String why) implements Call {}

  /** Its condition, or a parameter, is not known before earlier changes are made. */
  record Undecided(Optional<LoopItem> item, String why) implements Call {}

  /** What it says does not fit. */
  record Invalid(Optional<LoopItem> item, List<Problem> problems) implements Call {}

  /**
   * A module that looks at a host.
   *
   * @param where as whom and on which host it works
   * @param secret whether a secret went into its parameters
   * @param provisional whether something not known yet went into its parameters, so that they must
   *     be bound again at the call's turn
   */
  record OnHost<P, S>(
      Optional<LoopItem> item,
      Task task,
      HostModule<P, S> module,
      P params,
      Where where,
      boolean secret,
      boolean provisional)
      implements Call {
    Probe<S> probe() {
      return module.probe(params);
    }

    Decision<S> decide(S observed) {
      return module.plan(params, observed);
    }

    Value.Dict result(S observed) {
      return module.result(params, observed);
    }

    Optional<Diagnosis> diagnose(S observed) {
      return module.diagnose(params, observed);
    }
  }

  /**
   * A module that sees a cluster as one, as one of its members calls it.
   *
   * @param where as whom it works on this member
   * @param secret whether a secret went into its parameters
   * @param provisional whether something not known yet went into its parameters
   */
  record OnCluster<P, S>(
      Optional<LoopItem> item,
      Task task,
      ClusterModule<P, S> module,
      P params,
      Where where,
      boolean secret,
      boolean provisional)
      implements Call {
    Probe<S> probe() {
      return module.probe(params).shared(); // others change it too
    }
  }

  /** A module that steers the run. */
  record Steering<P>(
      Optional<LoopItem> item,
      Task task,
      ControlModule<P> module,
      P params,
      Where where,
      boolean secret,
      boolean provisional)
      implements Call {
    Control control() {
      return module.steer(params);
    }
  }

  /** A host as somebody. */
  record Where(HostLink link, Identity who, boolean delegated) {}
}
