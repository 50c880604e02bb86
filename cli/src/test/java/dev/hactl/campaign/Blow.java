package dev.hactl.campaign;

/** What hits the controller. */
enum Blow {
  KILL("SIGKILL", 137),
  INT("SIGINT", 130),
  TERM("SIGTERM", 143),
  /** Ctrl-C, and once more when the first was heard. */
  INT_TWICE("SIGINT twice", 130);

  private final String words;
  private final int exit;

  Blow(String words, int exit) {
    this.words = words;
    this.exit = exit;
  }

  String words() {
    return words;
  }

  /** The exit status of a controller that was hit. */
  int exit() {
    return exit;
  }

  /** Hits it. */
  void hit(Controller controller) {
    switch (this) {
      case KILL -> controller.signal("KILL");
      case INT -> controller.signal("INT");
      case TERM -> controller.signal("TERM");
      case INT_TWICE -> {
        controller.signal("INT");
        while (controller.running() && !controller.says("\"event\":\"interrupting\"")) {
          controller.awaitAge(controller.age().plusMillis(5));
        }
        controller.signal("INT");
      }
    }
  }
}
