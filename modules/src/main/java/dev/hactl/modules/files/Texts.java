package dev.hactl.modules.files;

import dev.hactl.engine.module.Content;
import dev.hactl.engine.module.Diff;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/** What is text, and how two versions of a file are shown. */
final class Texts {
  private Texts() {}

  /** Larger files are not shown as a diff. */
  static final int DIFF_CAP = 128 << 10;

  /** UTF-8 where the bytes are that, else one character a byte, so that nothing is ever lost. */
  static Charset charset(byte[] bytes) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
      return StandardCharsets.UTF_8;
    } catch (CharacterCodingException e) {
      return StandardCharsets.ISO_8859_1;
    }
  }

  /** Whether people can read it. */
  static boolean readable(byte[] bytes) {
    for (byte b : bytes) {
      if (b == 0) {
        return false;
      }
    }
    return charset(bytes).equals(StandardCharsets.UTF_8);
  }

  /**
   * The difference between what stands there and what comes.
   *
   * @param path the file
   * @param old what stands there, asked with content up to {@link #DIFF_CAP}; or absent
   */
  static Diff diff(String path, FileState old, Content content) {
    if (!(content instanceof Content.Inline coming) || content.size() > DIFF_CAP) {
      return new Diff.Opaque(path, content.size() + " bytes are too many to show");
    }
    byte[] before = old.content().map(Content.Inline::bytes).orElse(new byte[0]);
    if (old.exists() && old.content().isEmpty()) {
      return new Diff.Opaque(
          path,
          old.reason().isEmpty()
              ? old.stat().size() + " bytes are too many to show"
              : "the old file: " + old.reason());
    }
    if (!readable(before) || !readable(coming.bytes())) {
      return new Diff.Opaque(path, "it is not text");
    }
    return new Diff.Lines(
        path,
        content.source(),
        new String(before, StandardCharsets.UTF_8),
        coming.text(),
        content.secret());
  }
}
