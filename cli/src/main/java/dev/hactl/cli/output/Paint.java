package dev.hactl.cli.output;

/** The colours of a run, as users of Ansible know them. */
enum Paint {
  OK("0;32"),
  CHANGED("0;33"),
  FAILED("0;31"),
  UNREACHABLE("1;31"),
  SKIPPED("0;36"),
  UNKNOWN("0;35"),
  ADDED("0;32"),
  REMOVED("0;31"),
  HUNK("0;36");

  private final String code;

  Paint(String code) {
    this.code = code;
  }

  /** The text in this colour, or as it is where colour is not wanted. */
  String on(String text, boolean colour) {
    return colour && !text.isEmpty() ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
  }
}
