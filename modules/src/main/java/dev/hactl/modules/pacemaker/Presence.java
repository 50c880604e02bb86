package dev.hactl.modules.pacemaker;

/** Whether something is to be configured. */
enum Presence {
  PRESENT,
  ABSENT
}
