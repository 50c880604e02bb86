package dev.hactl.modules.docker;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** Reads the small files of a tar archive and steps over the large ones; tar(5). */
final class TarReader {
  private static final int BLOCK = 512;

  /** Larger than any description of an image. */
  private static final int SMALL = 4 << 20;

  private final InputStream in;
  private String longName = "";

  private TarReader(InputStream in) {
    this.in = in;
  }

  /** The contents of all files that can be JSON, by name. */
  static Map<String, byte[]> documents(InputStream in) throws IOException {
    return new TarReader(in).read();
  }

  private Map<String, byte[]> read() throws IOException {
    var documents = new HashMap<String, byte[]>();
    while (true) {
      byte[] header = in.readNBytes(BLOCK);
      if (header.length == 0 || (header.length == BLOCK && header[0] == 0)) {
        return documents;
      }
      if (header.length < BLOCK) {
        throw new EOFException("it ends in the middle");
      }
      long size = size(header);
      char type = (char) header[156];
      if (type == 'L' || type == 'x') {
        String text = new String(content(size), StandardCharsets.UTF_8);
        longName = type == 'L' ? text.replaceFirst("\0.*", "") : path(text);
        continue;
      }
      String name = longName.isEmpty() ? name(header) : longName;
      longName = "";
      if ((type == '0' || type == 0) && size > 0 && size <= SMALL) {
        byte[] bytes = content(size);
        if (bytes[0] == '{' || bytes[0] == '[') {
          documents.put(name.replaceFirst("^\\./", ""), bytes);
        }
      } else {
        in.skipNBytes(padded(size));
      }
    }
  }

  private byte[] content(long size) throws IOException {
    if (size > SMALL) {
      throw new IOException("a name of " + size + " bytes");
    }
    byte[] bytes = in.readNBytes((int) size);
    if (bytes.length < size) {
      throw new EOFException("it ends in the middle");
    }
    in.skipNBytes(padded(size) - size);
    return bytes;
  }

  private static long padded(long size) {
    return (size + BLOCK - 1) / BLOCK * BLOCK;
  }

  /** Octal digits, or a binary number where those are too few. */
  private static long size(byte[] header) throws IOException {
    if ((header[124] & 0x80) != 0) {
      long size = 0;
      for (int i = 128; i < 136; i++) {
        size = size << 8 | (header[i] & 0xff);
      }
      return size;
    }
    String digits = field(header, 124, 12).strip();
    if (!digits.matches("[0-7]{0,12}")) {
      throw new IOException("it is no tar archive");
    }
    return digits.isEmpty() ? 0 : Long.parseLong(digits, 8);
  }

  private static String name(byte[] header) {
    String name = field(header, 0, 100);
    boolean ustar = field(header, 257, 5).equals("ustar") && header[262] == 0;
    String prefix = ustar ? field(header, 345, 155) : "";
    return prefix.isEmpty() ? name : prefix + "/" + name;
  }

  private static String field(byte[] header, int from, int length) {
    int end = from;
    while (end < from + length && header[end] != 0) {
      end++;
    }
    return new String(header, from, end - from, StandardCharsets.UTF_8);
  }

  /** The path of an extended header: {@code LENGTH path=NAME}, a line each. */
  private static String path(String records) {
    return records
        .lines()
        .filter(l -> l.matches("\\d+ path=.*"))
        .map(l -> l.replaceFirst("\\d+ path=", ""))
        .findFirst()
        .orElse("");
  }
}
