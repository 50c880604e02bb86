package dev.hactl.engine.model;

import dev.hactl.engine.source.Node;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A role as a play uses it: twice with the same variables is one, with others another.
 *
 * @param number within the play, from 0
 * @param name the last part of how it is named
 * @param folder where it lies
 * @param shown the folder's name in messages
 * @param defaults what {@code defaults/} holds, the weakest variables of all
 * @param vars what {@code vars/} holds
 * @param handlersFrom the file in {@code handlers/}
 */
public record Role(
    int number,
    String name,
    Path folder,
    String shown,
    List<Node.Mapping> defaults,
    List<Node.Mapping> vars,
    Optional<Node.Scalar> handlersFrom) {

  /** Of one play, the number tells roles apart. */
  @Override
  public boolean equals(Object other) {
    return other instanceof Role r && r.number == number && r.folder.equals(folder);
  }

  @Override
  public int hashCode() {
    return folder.hashCode() + number;
  }
}
