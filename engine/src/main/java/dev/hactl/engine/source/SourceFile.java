package dev.hactl.engine.source;

import java.util.List;

/**
 * One text that was read, kept so that a message can quote the line it speaks of.
 *
 * @param name the path as the user wrote it, or a name such as {@code -e}
 * @param text the whole text
 */
public record SourceFile(String name, String text) {

  /** Line {@code number} (from 1) without its line end; empty when there is none. */
  public String line(int number) {
    List<String> lines = text.lines().skip(Math.max(0, number - 1L)).limit(1).toList();
    return lines.isEmpty() ? "" : lines.getFirst();
  }

  /** The place at the given line and column, both from 1. */
  public Place at(int line, int column) {
    return new Place(this, line, column);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SourceFile file && file.name.equals(name);
  }

  @Override
  public int hashCode() {
    return name.hashCode();
  }

  @Override
  public String toString() {
    return name;
  }
}
