package dev.hactl.engine.remote;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.UUID;

/** Texts and bytes as here-documents of a POSIX shell. */
final class Heredoc {
  private final String delimiter;
  private final String body;

  private Heredoc(String delimiter, String body) {
    this.delimiter = delimiter;
    this.body = body;
  }

  /** A here-document of exactly this text, with a newline added at its end if it has none. */
  static Heredoc of(String text) {
    String delimiter;
    do {
      delimiter = "H" + UUID.randomUUID().toString().replace("-", "");
    } while (text.contains(delimiter));
    String end = text.isEmpty() || text.endsWith("\n") ? "" : "\n";
    return new Heredoc(delimiter, text + end + delimiter + "\n");
  }

  /** Any bytes, as text for {@code base64 -d}. */
  static Heredoc base64(Bytes bytes) {
    return of(
        Base64.getMimeEncoder(76, new byte[] {'\n'}).encodeToString(bytes.toByteArray()) + "\n");
  }

  /** Whether a here-document carries these bytes unchanged: text without NUL, ending in newline. */
  static boolean carries(Bytes bytes) {
    byte[] raw = bytes.toByteArray();
    if (raw.length == 0 || raw[raw.length - 1] != '\n') {
      return false;
    }
    for (byte b : raw) {
      if (b == 0) {
        return false;
      }
    }
    return Bytes.utf8(new String(raw, StandardCharsets.UTF_8)).equals(bytes);
  }

  /** The redirection, to be placed on the command's line. */
  String redirect(int descriptor) {
    return descriptor + "<<'" + delimiter + "'";
  }

  /** The body with its delimiter, to be placed after the command's line. */
  String body() {
    return body;
  }
}
