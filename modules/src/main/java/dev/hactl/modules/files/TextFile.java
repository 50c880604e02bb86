package dev.hactl.modules.files;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The lines of a file while they are edited. Lines that nobody touches keep their bytes.
 *
 * @param lines with the carriage return of Windows files, without the line feed
 * @param endOpen whether the last line has no line feed
 * @param charset how bytes became characters
 */
record TextFile(List<String> lines, boolean endOpen, Charset charset) {

  TextFile {
    lines = List.copyOf(lines);
  }

  static TextFile empty() {
    return new TextFile(List.of(), false, StandardCharsets.UTF_8);
  }

  static TextFile of(byte[] bytes) {
    Charset charset = Texts.charset(bytes);
    String text = new String(bytes, charset);
    if (text.isEmpty()) {
      return new TextFile(List.of(), false, charset);
    }
    boolean open = !text.endsWith("\n");
    String body = open ? text : text.substring(0, text.length() - 1);
    return new TextFile(Arrays.asList(body.split("\n", -1)), open, charset);
  }

  byte[] bytes() {
    if (lines.isEmpty()) {
      return new byte[0];
    }
    return (String.join("\n", lines) + (endOpen ? "" : "\n")).getBytes(charset);
  }

  /** A text of the playbook in the characters of this file. */
  String own(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), charset);
  }

  /** A line without the carriage return of Windows files. */
  static String bare(String line) {
    return line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
  }

  /** With other lines; a file that was added to ends its last line. */
  TextFile with(List<String> edited) {
    boolean lastStays =
        endOpen
            && !edited.isEmpty()
            && !lines.isEmpty()
            && edited.getLast().equals(lines.getLast());
    return new TextFile(edited, lastStays, charset);
  }

  List<String> mutable() {
    return new ArrayList<>(lines);
  }
}
