package dev.hactl.engine.remote;

import java.util.Arrays;

/** Keeps the first bytes of a stream up to a cap and remembers whether there were more. */
final class Capture {
  private final int cap;
  private byte[] kept = new byte[0];
  private int size;
  private boolean truncated;

  Capture(int cap) {
    this.cap = cap;
  }

  void add(byte[] bytes, int from, int length) {
    int take = Math.min(length, cap - size);
    if (take < length) {
      truncated = true;
    }
    if (size + take > kept.length) {
      long doubled = Math.max(size + take, kept.length * 2L);
      kept = Arrays.copyOf(kept, (int) Math.min(cap, Math.max(doubled, 256)));
    }
    System.arraycopy(bytes, from, kept, size, take);
    size += take;
  }

  Bytes bytes() {
    return Bytes.owning(Arrays.copyOf(kept, size));
  }

  boolean truncated() {
    return truncated;
  }
}
