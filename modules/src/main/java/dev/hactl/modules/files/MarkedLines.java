package dev.hactl.modules.files;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Output of a host with marks in it; one character a byte. */
final class MarkedLines {
  private final String text;
  private final String nonce;
  private int at;

  MarkedLines(String text, String nonce) {
    this.text = text;
    this.nonce = nonce;
  }

  /** Whether a mark is still to come. */
  boolean finds(String word) {
    return text.indexOf(nonce + " " + word + "\n", at) >= 0;
  }

  /** Goes behind a mark; to the end when it is not there. */
  void skipTo(String word) {
    String mark = nonce + " " + word + "\n";
    int found = text.indexOf(mark, at);
    at = found < 0 ? text.length() : found + mark.length();
  }

  /** The non-empty lines behind a mark, up to the next one. */
  List<String> linesAfter(String word) {
    skipTo(word);
    var lines = new ArrayList<String>();
    while (at < text.length()) {
      int end = text.indexOf('\n', at);
      String line = text.substring(at, end < 0 ? text.length() : end);
      if (isMark(line)) {
        break;
      }
      if (!line.isEmpty()) {
        lines.add(line);
      }
      at = end < 0 ? text.length() : end + 1;
    }
    return lines;
  }

  /** Lines of stat(1) begin with the nonce too, but a number follows there. */
  private boolean isMark(String line) {
    return line.startsWith(nonce + " ") && line.indexOf(' ', nonce.length() + 1) < 0;
  }

  /** Whether this stands here. */
  boolean sees(String expected, int ahead) {
    return text.startsWith(expected, at + ahead);
  }

  /** Whether a mark stands here. */
  boolean seesMark(String word, int ahead) {
    return sees(nonce + " " + word + "\n", ahead);
  }

  /** Goes on. */
  void advance(int characters) {
    at = Math.min(text.length(), at + characters);
  }

  /** The next bytes. */
  byte[] take(int bytes) {
    String taken = text.substring(at, Math.min(text.length(), at + bytes));
    at += taken.length();
    return taken.getBytes(StandardCharsets.ISO_8859_1);
  }

  /** Everything up to a text, or to the end; goes behind it. */
  byte[] takeUntil(String end) {
    int found = text.indexOf(end, at);
    byte[] taken = take((found < 0 ? text.length() : found) - at);
    advance(end.length());
    return taken;
  }

  /** Whether nothing is left. */
  boolean atEnd() {
    return at >= text.length();
  }

  /** The rest of the line. */
  String line() {
    int end = text.indexOf('\n', at);
    String line = text.substring(at, end < 0 ? text.length() : end);
    at = end < 0 ? text.length() : end + 1;
    return line;
  }
}
