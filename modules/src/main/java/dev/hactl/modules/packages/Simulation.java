package dev.hactl.modules.packages;

import java.util.List;

/**
 * What the tool says a transaction would do.
 *
 * @param moves by package
 * @param unknown names that no list offers
 * @param held packages that would be changed although they are held
 * @param errors why it would not do it; empty when it would
 * @param uncertain why nothing can be said: no cached lists, an interrupted dpkg
 */
record Simulation(
    List<Move> moves,
    List<String> unknown,
    List<String> held,
    List<String> errors,
    List<String> uncertain) {
  /** Copies the lists. */
  Simulation {
    moves = List.copyOf(moves);
    unknown = List.copyOf(unknown);
    held = List.copyOf(held);
    errors = List.copyOf(errors);
    uncertain = List.copyOf(uncertain);
  }
}
