package dev.hactl.modules.text;

import dev.hactl.engine.module.Content;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A file of which only some lines are ours. The others keep their bytes, whatever their encoding.
 *
 * @param lines without line ends; one character per byte (ISO 8859-1)
 */
public record Lines(List<String> lines) {
  /** Copies the list. */
  public Lines {
    lines = List.copyOf(lines);
  }

  /** The lines of a file; a missing last line end is not kept. */
  public static Lines of(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    if (text.isEmpty()) {
      return new Lines(List.of());
    }
    String body = text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
    return new Lines(List.of(body.split("\n", -1)));
  }

  /** A text of a playbook as it stands in {@link #lines}. */
  public static String line(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
  }

  /** A line as an operator reads it. */
  public static String show(String line) {
    return new String(line.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
  }

  /** Whether there is nothing but blanks. */
  public boolean blank() {
    return lines.stream().allMatch(String::isBlank);
  }

  /** The lines after an edit of a mutable copy. */
  public Lines edit(UnaryOperator<List<String>> edit) {
    return new Lines(edit.apply(new ArrayList<>(lines)));
  }

  /** The whole text for a diff. */
  public String text() {
    return show(joined());
  }

  /** What to put on the host. */
  public Content.Inline content(boolean secret) {
    return Content.of(joined().getBytes(StandardCharsets.ISO_8859_1), secret, "");
  }

  private String joined() {
    return lines.isEmpty() ? "" : String.join("\n", lines) + "\n";
  }
}
