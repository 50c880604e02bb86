package dev.hactl.engine.vars;

/** The levels at which a variable can be set, low to high. */
public enum Precedence {
  ROLE_DEFAULTS("role defaults"),
  GROUP_ALL("group all"),
  GROUP("group"),
  HOST("host"),
  FACT("fact"),
  PLAY("play vars"),
  VARS_FILE("vars_files"),
  ROLE_VARS("role vars"),
  TASK("block and task vars"),
  RUNTIME("register and set_fact"),
  LOOP("loop variable"),
  EXTRA("-e"),
  MAGIC("set by hactl");

  private final String label;

  Precedence(String label) {
    this.label = label;
  }

  /** What operators call the level. */
  public String label() {
    return label;
  }
}
