package dev.hactl.engine.remote;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Splits one stream of a shell into data and marks.
 *
 * <p>A mark is a newline, the session's random marker, a space, some words and a newline. Its first
 * newline is the mark's own, so data comes out byte for byte as it was written. The marker contains
 * no newline, hence a failed match can only restart at the byte that failed it.
 */
final class FrameParser {

  /** Receives the parts in order. */
  interface Parts {
    /** Bytes between marks; the array is only valid during the call. */
    void data(byte[] bytes, int from, int length);

    /** The words of a mark. */
    void mark(String words);
  }

  private final byte[] pattern;
  private final Parts parts;
  private final ByteArrayOutputStream words = new ByteArrayOutputStream(64);
  private int matched;

  FrameParser(String marker, Parts parts) {
    this.pattern = ("\n" + marker + " ").getBytes(StandardCharsets.US_ASCII);
    this.parts = parts;
  }

  void feed(byte[] bytes, int from, int length) {
    int end = from + length;
    int dataStart = from;
    int i = from;
    while (i < end) {
      if (matched == pattern.length) {
        i = readWords(bytes, i, end);
        dataStart = i;
      } else if (matched == 0) {
        while (i < end && bytes[i] != '\n') {
          i++;
        }
        if (i < end) {
          emit(bytes, dataStart, i);
          dataStart = ++i;
          matched = 1;
        }
      } else if (bytes[i] == pattern[matched]) {
        matched++;
        dataStart = ++i;
      } else {
        parts.data(pattern, 0, matched);
        matched = 0;
        dataStart = i;
      }
    }
    if (matched == 0) {
      emit(bytes, dataStart, end);
    }
  }

  private int readWords(byte[] bytes, int from, int end) {
    for (int i = from; i < end; i++) {
      if (bytes[i] == '\n') {
        words.write(bytes, from, i - from);
        String line = words.toString(StandardCharsets.UTF_8);
        words.reset();
        matched = 0;
        parts.mark(line);
        return i + 1;
      }
    }
    words.write(bytes, from, end - from);
    return end;
  }

  private void emit(byte[] bytes, int from, int end) {
    if (end > from) {
      parts.data(bytes, from, end - from);
    }
  }
}
