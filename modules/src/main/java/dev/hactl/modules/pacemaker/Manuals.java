package dev.hactl.modules.pacemaker;

import dev.hactl.engine.module.Manual;
import java.util.List;

/** Manuals of modules that see a whole cluster. */
final class Manuals {
  /** What every one of them says. */
  static final String COMMON =
      " The configuration is edited as one document and written as one versioned patch; no pcs or crm"
          + " is started, and what is written reads normally in both. Values are compared by meaning:"
          + " 60s and 1min, INFINITY and 1000000, Master and Promoted are the same. What belongs to"
          + " the operator or to DRBD stays as it is: cli-ban-*, cli-prefer-* and"
          + " drbd-fence-by-handler-* constraints, standby and maintenance of nodes, maintenance-mode,"
          + " and target-role, is-managed and maintenance of resources unless the task names them.";

  private Manuals() {}

  static Manual of(String summary, String description, Manual.Example... examples) {
    return new Manual(
        summary,
        description + COMMON,
        Manual.Kind.STATE,
        Manual.Scope.CLUSTER,
        Manual.LabLevel.CONTAINER,
        List.of(examples),
        List.of());
  }
}
