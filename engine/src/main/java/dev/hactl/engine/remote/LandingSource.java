package dev.hactl.engine.remote;

import dev.hactl.engine.module.Content;
import dev.hactl.engine.module.Sh;
import java.util.Base64;

/** Where the bytes of a landing file come from, and what that means for the temporary file. */
sealed interface LandingSource {

  /** Text that makes the empty temporary file {@code $n}, open as descriptor 9. */
  default void create(StringBuilder text) {
    text.append("put_create\n");
  }

  /** Text that writes the content to descriptor 9. */
  void fill(StringBuilder text);

  /** Text that fails when {@code $n} is not what it should be. */
  void check(StringBuilder text);

  /** Text that flushes {@code $n} to disk. */
  default void flush(StringBuilder text) {
    text.append("put_flush \"$n\"\n");
  }

  /** Text that runs after the file has landed. */
  default void finish(StringBuilder text) {}

  /** Bytes inside the text. */
  record Inline(Content.Inline content, String nonce, boolean plain) implements LandingSource {
    static Inline of(Content.Inline content, String nonce) {
      return new Inline(content, nonce, Landing.plainText(content.bytes()));
    }

    @Override
    public void fill(StringBuilder text) {
      byte[] bytes = content.bytes();
      if (bytes.length == 0) {
        return;
      }
      String body =
          plain
              ? content.text()
              : Base64.getMimeEncoder(76, new byte[] {'\n'}).encodeToString(bytes);
      String writer = plain ? "head -c " + bytes.length : "base64 -d";
      var delimiter = new StringBuilder("E" + nonce);
      while (body.contains(delimiter)) {
        delimiter.append('x');
      }
      text.append(isWhole() ? "dd bs=65536 conv=fsync 2>/dev/null" : writer)
          .append(" >&9 <<'")
          .append(delimiter)
          .append("' || put_full\n")
          .append(body)
          .append(body.endsWith("\n") ? "" : "\n")
          .append(delimiter)
          .append('\n');
    }

    /**
     * Whether a here-document carries exactly this content. One process then writes and flushes it,
     * and its status says whether both worked.
     */
    private boolean isWhole() {
      byte[] bytes = content.bytes();
      return plain && bytes.length > 0 && bytes[bytes.length - 1] == '\n';
    }

    @Override
    public void check(StringBuilder text) {
      if (!isWhole()) {
        text.append("put_check ")
            .append(content.sha256())
            .append(' ')
            .append(content.size())
            .append('\n');
      }
    }

    @Override
    public void flush(StringBuilder text) {
      if (!isWhole()) {
        LandingSource.super.flush(text);
      }
    }
  }

  /** A temporary file that is on the host already. */
  record Uploaded(String path, long size) implements LandingSource {
    @Override
    public void create(StringBuilder text) {
      text.append("put_adopt ").append(Sh.quote(path)).append('\n');
    }

    @Override
    public void fill(StringBuilder text) {
      text.append("[ \"$n\" = \"$u\" ] || cat \"$u\" >&9 || put_full\n");
    }

    @Override
    public void check(StringBuilder text) {
      text.append("put_size ").append(size).append('\n');
    }

    @Override
    public void finish(StringBuilder text) {
      text.append("[ ! -e \"$u\" ] || rm -f \"$u\"\nu=\n");
    }
  }

  /** Another file of the host. */
  record HostFile(String path) implements LandingSource {
    @Override
    public void fill(StringBuilder text) {
      text.append("cat <").append(Sh.quote(path)).append(" >&9 || put_full\n");
    }

    @Override
    public void check(StringBuilder text) {
      text.append("cmp -s ").append(Sh.quote(path)).append(" \"$n\" || put_full\n");
    }
  }
}
