package dev.hactl.engine.module;

import java.io.IOException;
import java.io.InputStream;
import java.util.Iterator;
import java.util.List;

/** Reads contents one after the other, with only one of them open. */
final class JoinedStream extends InputStream {
  private final Iterator<Content> rest;
  private InputStream now = InputStream.nullInputStream();

  JoinedStream(List<Content> pieces) {
    rest = pieces.iterator();
  }

  @Override
  public int read() throws IOException {
    var one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int from, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    while (true) {
      int n = now.read(bytes, from, length);
      if (n >= 0) {
        return n;
      }
      if (!rest.hasNext()) {
        return -1;
      }
      now.close();
      now = rest.next().open();
    }
  }

  @Override
  public void close() throws IOException {
    now.close();
  }
}
