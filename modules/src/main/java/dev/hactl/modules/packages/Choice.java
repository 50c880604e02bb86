package dev.hactl.modules.packages;

/** Which tool a task wants; {@code AUTO} is the one that the host's distribution lives by. */
enum Choice {
  AUTO,
  APT,
  DNF,
  YUM
}
