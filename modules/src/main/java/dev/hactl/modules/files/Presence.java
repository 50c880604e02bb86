package dev.hactl.modules.files;

/** Whether lines are wanted. */
enum Presence {
  PRESENT,
  ABSENT
}
