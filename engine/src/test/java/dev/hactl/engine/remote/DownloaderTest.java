package dev.hactl.engine.remote;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hactl.engine.module.LocalShell;
import dev.hactl.engine.module.Sh;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The host's side of a download, in the shells that hosts have. */
class DownloaderTest {
  private final ByteArrayOutputStream file = new ByteArrayOutputStream();

  private DownloadSink.End run(LocalShell shell, String text) {
    String input = text.getBytes(StandardCharsets.UTF_8).length + "\n" + text;
    byte[] all =
        shell.run("printf %s " + Sh.quote(input) + " | {\n" + Downloader.COMMAND + "\n}\n").bytes();
    var sink = new DownloadSink(file, (_, _) -> {});
    for (int at = 0, n = 1; at < all.length; at += n, n = n * 2 + 1) {
      n = Math.min(n, all.length - at);
      sink.out(all, at, n);
    }
    return sink.end().orElseThrow();
  }

  @ParameterizedTest
  @EnumSource
  void bytesPassAsTheyAre(LocalShell shell) {
    DownloadSink.End end = run(shell, "printf 'a\\0b\\r\\n\\377'; seq 20000\n");
    assertEquals(0, end.status());
    assertEquals(end.there(), end.here());
    assertEquals(end.size(), file.size());
    assertArrayEquals(
        new byte[] {'a', 0, 'b', '\r', '\n', (byte) 0xff, '1'},
        Arrays.copyOf(file.toByteArray(), 7));
  }

  @ParameterizedTest
  @EnumSource
  void nothingIsAFileToo(LocalShell shell) {
    DownloadSink.End end = run(shell, ":\n");
    assertEquals(0, end.size());
    assertEquals(end.there(), end.here());
  }

  @ParameterizedTest
  @EnumSource
  void aFailureComesWithItsWords(LocalShell shell) {
    DownloadSink.End end = run(shell, "seq 3; echo '* no such image' >&2; exit 17\n");
    assertEquals(17, end.status());
    assertTrue(end.words().endsWith("* no such image"), end.words());
  }
}
