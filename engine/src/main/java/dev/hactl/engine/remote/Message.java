package dev.hactl.engine.remote;

import java.util.List;

/**
 * Fragments that travel in one round trip and run one after the other on the host.
 *
 * @param fragments at least one
 * @param stopOnFailure a fragment that exits non-zero keeps the later ones from running
 */
public record Message(List<Fragment> fragments, boolean stopOnFailure) {
  public Message {
    fragments = List.copyOf(fragments);
    if (fragments.isEmpty()) {
      throw new IllegalArgumentException("a message needs a fragment");
    }
  }

  /** A message of one fragment. */
  public static Message of(Fragment fragment) {
    return new Message(List.of(fragment), false);
  }
}
