package dev.hactl.engine.module;

/**
 * A module that steers the run instead of changing a host ({@code debug}, {@code assert}, {@code
 * set_fact}, ...).
 *
 * @param <P> bound parameters
 */
public non-sealed interface ControlModule<P> extends Module<P> {

  /** What the engine is to do. Pure. */
  Control steer(P params);
}
