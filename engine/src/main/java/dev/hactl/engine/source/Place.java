package dev.hactl.engine.source;

/**
 * Where in a source text something stands.
 *
 * @param file the text
 * @param line from 1
 * @param column from 1
 */
public record Place(SourceFile file, int line, int column) {

  /** A place for what no file holds: a command-line value, a default. */
  public static Place of(String name) {
    return new Place(new SourceFile(name, ""), 0, 0);
  }

  /** The same line, {@code characters} further right. */
  public Place right(int characters) {
    return new Place(file, line, column + characters);
  }

  /** {@code file:line:column}, or only the name when there is no line. */
  @Override
  public String toString() {
    return line == 0 ? file.name() : file.name() + ":" + line + ":" + column;
  }
}
