package dev.hactl.engine.template;

/**
 * Notes whether anything secret was read while a text was rendered: then the whole result is
 * secret.
 */
final class Taint {
  private boolean touched;

  void touch(boolean secret) {
    touched |= secret;
  }

  boolean touched() {
    return touched;
  }
}
