package dev.hactl.engine.plan;

import dev.hactl.engine.module.Collector;
import dev.hactl.engine.module.Probe;

/** What makes two probes the same: asked once, answered once. */
public record ProbeKey(Collector<?> collector, Object question) {

  /** The key of a probe. */
  public static ProbeKey of(Probe<?> probe) {
    return new ProbeKey(probe.collector(), probe.question());
  }
}
