package dev.hactl.engine.model;

import dev.hactl.engine.source.Node;

/**
 * What {@code on:} says. The tasks of a block share the block's, which is how they are known to
 * work where the block began, whatever they move: two are the same only when they are one.
 */
public final class OnTarget {
  private final Node.Scalar text;

  OnTarget(Node.Scalar text) {
    this.text = text;
  }

  /** As written, for example {@code active(web)}. */
  public Node.Scalar text() {
    return text;
  }
}
