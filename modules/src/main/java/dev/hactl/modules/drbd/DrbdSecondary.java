package dev.hactl.modules.drbd;

import dev.hactl.engine.module.HactlTarget;

/** The members where a resource of DRBD is Secondary. */
@HactlTarget("drbd_secondary")
public final class DrbdSecondary extends RoleTarget {
  /** Made by its name. */
  public DrbdSecondary() {
    super("Secondary");
  }
}
