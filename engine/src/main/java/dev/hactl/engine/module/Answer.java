package dev.hactl.engine.module;

import java.nio.charset.StandardCharsets;

/**
 * What a host answered to one question.
 *
 * @param status exit status of the fragment, -1 when it gave none
 * @param bytes standard output
 */
public record Answer(int status, byte[] bytes) {

  /** The host did not answer this question. */
  public static Answer missing() {
    return new Answer(-1, new byte[0]);
  }

  /** An answer for tests and collectors. */
  public static Answer of(int status, String out) {
    return new Answer(status, out.getBytes(StandardCharsets.UTF_8));
  }

  /** Whether there is no answer. */
  public boolean isMissing() {
    return status < 0;
  }

  /** Standard output as text, without the last line end. */
  public String text() {
    String all = raw();
    return all.endsWith("\n") ? all.substring(0, all.length() - 1) : all;
  }

  /** Standard output as text, as it came. */
  public String raw() {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
