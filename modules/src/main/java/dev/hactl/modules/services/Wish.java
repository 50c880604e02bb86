package dev.hactl.modules.services;

import dev.hactl.engine.module.Content;
import java.util.Optional;

/**
 * What a playbook wants of a service.
 *
 * @param unit full name; empty when only systemd itself is meant
 * @param state running or not, or what to do with it
 * @param enabled whether it starts at boot
 * @param masked whether it can be started at all
 * @param content its unit file
 * @param daemonReload whether systemd is to read changed files even when nothing is started
 * @param noBlock whether nobody waits for the result
 * @param force whether links in the way are replaced when it is enabled
 */
record Wish(
    String unit,
    Optional<State> state,
    Optional<Boolean> enabled,
    Optional<Boolean> masked,
    Optional<Content.Inline> content,
    boolean daemonReload,
    boolean noBlock,
    boolean force) {

  /** As in playbooks. */
  enum State {
    STARTED,
    STOPPED,
    RESTARTED,
    RELOADED;

    boolean running() {
      return this != STOPPED;
    }
  }

  boolean wantsRunning() {
    return state.map(State::running).orElse(false);
  }

  boolean masks() {
    return masked.orElse(false);
  }

  boolean unmasks() {
    return masked.map(m -> !m).orElse(false);
  }
}
