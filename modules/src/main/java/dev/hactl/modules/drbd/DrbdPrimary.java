package dev.hactl.modules.drbd;

import dev.hactl.engine.module.HactlTarget;

/** The members where a resource of DRBD is Primary. */
@HactlTarget("drbd_primary")
public final class DrbdPrimary extends RoleTarget {
  /** Made by its name. */
  public DrbdPrimary() {
    super("Primary");
  }
}
