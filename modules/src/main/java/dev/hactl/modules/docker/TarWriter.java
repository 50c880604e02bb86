package dev.hactl.modules.docker;

import dev.hactl.engine.module.BadValue;
import dev.hactl.engine.module.Content;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Puts files together to a tar archive, owned by root; tar(5), with GNU's long names. */
final class TarWriter {
  private static final int BLOCK = 512;
  private static final long LARGEST = 1L << 33;

  private final List<Content> pieces = new ArrayList<>();

  void folder(String name) {
    header(name + "/", '5', 0, 0755, Instant.EPOCH);
  }

  void file(String name, Content content, boolean program, Instant modified) {
    if (content.size() >= LARGEST) {
      throw new BadValue(name + " is too large: 8 GiB at most");
    }
    header(name, '0', content.size(), program ? 0755 : 0644, modified);
    pieces.add(content);
    pad(content.size());
  }

  /** The archive. */
  Content.Joined done(String source) throws IOException {
    pieces.add(bytes(new byte[2 * BLOCK]));
    return Content.join(pieces, source);
  }

  private static Content bytes(byte[] bytes) {
    return Content.of(bytes, false, "");
  }

  private void pad(long size) {
    int rest = (int) (size % BLOCK);
    if (rest > 0) {
      pieces.add(bytes(new byte[BLOCK - rest]));
    }
  }

  private void header(String name, char type, long size, int mode, Instant modified) {
    byte[] path = name.getBytes(StandardCharsets.UTF_8);
    if (path.length > 100) {
      byte[] whole = (name + "\0").getBytes(StandardCharsets.UTF_8);
      pieces.add(
          bytes(block("././@LongLink".getBytes(StandardCharsets.UTF_8), 'L', whole.length, 0, 0)));
      pieces.add(bytes(whole));
      pad(whole.length);
    }
    pieces.add(bytes(block(path, type, size, mode, Math.max(0, modified.getEpochSecond()))));
  }

  private static byte[] block(byte[] path, char type, long size, int mode, long modified) {
    var header = new byte[BLOCK];
    System.arraycopy(path, 0, header, 0, Math.min(100, path.length));
    number(header, 100, 8, mode);
    number(header, 108, 8, 0);
    number(header, 116, 8, 0);
    number(header, 124, 12, size);
    number(header, 136, 12, modified);
    header[156] = (byte) type;
    text(header, 257, "ustar  ");
    text(header, 148, "        ");
    int sum = 0;
    for (byte b : header) {
      sum += b & 0xff;
    }
    number(header, 148, 7, sum);
    return header;
  }

  private static void number(byte[] header, int at, int length, long value) {
    String digits = Long.toOctalString(value);
    text(header, at, "0".repeat(length - 1 - digits.length()) + digits);
    header[at + length - 1] = 0;
  }

  private static void text(byte[] header, int at, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(bytes, 0, header, at, bytes.length);
  }
}
