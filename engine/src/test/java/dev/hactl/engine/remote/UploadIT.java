package dev.hactl.engine.remote;

import static dev.hactl.engine.remote.Shells.LOGIN;
import static dev.hactl.engine.remote.Shells.out;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hactl.engine.inventory.ConnectionSettings.Kind;
import dev.hactl.lab.LoopbackHost;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files over a channel of their own. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class UploadIT {
  private static final String ODD = "/home/up load 'it\" $x";
  private LoopbackHost lab;

  @BeforeAll
  void start() {
    lab =
        LoopbackHost.builder()
            .user("free", "/bin/sh")
            .user("tty", "/bin/sh")
            .sudoers("free,tty ALL=(ALL) NOPASSWD: ALL")
            .sudoers("Defaults:tty requiretty")
            .setup("mkdir /home/small; mount -t tmpfs -o size=1m lab /home/small")
            .start();
  }

  @AfterAll
  void stop() {
    lab.close();
  }

  private static byte[] bytes(int size) {
    byte[] bytes = new byte[size];
    new Random(size).nextBytes(bytes);
    return bytes;
  }

  private static Upload upload(byte[] bytes) {
    return new Upload(bytes.length, Optional.empty(), () -> new ByteArrayInputStream(bytes));
  }

  private static Identity root() {
    return new Identity.Become("root", Optional.empty());
  }

  private static String hash(byte[] bytes) throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }

  @ParameterizedTest
  @CsvSource({
    "root,SSH,false",
    "root,OPENSSH,false",
    "free,SSH,true",
    "tty,SSH,true",
    "tty,OPENSSH,true"
  })
  void aFileArrivesWhole(String user, Kind kind, boolean become) throws Exception {
    byte[] content = bytes(5_000_001);
    List<Long> progress = new ArrayList<>();
    try (RemoteHost host = Remote.connect(Shells.as(kind, lab.settings(user)), Shells.RUN)) {
      Identity who = become ? root() : LOGIN;
      host.upload(who, upload(content), ODD, (sent, _) -> progress.add(sent));
      String file = "'/home/up load '\\''it\" $x'";
      assertEquals(
          hash(content) + "\n", out(host.shell(who), "sha256sum <" + file + " | cut -c1-64"));
      assertEquals("600 root\n", out(host.shell(who), "stat -c '%a %U' " + file + "; rm " + file));
      assertEquals(content.length, progress.getLast());
      host.upload(who, upload(new byte[0]), "/home/empty", (_, _) -> {});
      assertEquals("0\n", out(host.shell(who), "stat -c %s /home/empty; rm /home/empty"));
    }
  }

  @Test
  void aBrokenUploadGoesOnWhereItEnded() throws Exception {
    byte[] content = bytes(3_000_000);
    try (RemoteHost host = Remote.connect(lab.settings(), Shells.RUN)) {
      host.upload(LOGIN, upload(Arrays.copyOf(content, 2_000_000)), "/home/part", (_, _) -> {});
      List<Long> progress = new ArrayList<>();
      host.upload(LOGIN, upload(content), "/home/part", (sent, _) -> progress.add(sent));
      assertEquals(2_000_000, progress.getFirst());
      assertEquals(
          hash(content) + "\n", out(host.shell(LOGIN), "sha256sum </home/part | cut -c1-64"));
      progress.clear();
      byte[] other = bytes(3_000_001);
      host.upload(LOGIN, upload(other), "/home/part", (sent, _) -> progress.add(sent));
      assertEquals(0, progress.getFirst());
      assertEquals(
          hash(other) + "\n", out(host.shell(LOGIN), "sha256sum </home/part | cut -c1-64"));
    }
  }

  @Test
  void aFullDiskIsSaid() throws Exception {
    try (RemoteHost host = Remote.connect(lab.settings(), Shells.RUN)) {
      UploadException error =
          assertThrows(
              UploadException.class,
              () -> host.upload(LOGIN, upload(bytes(3_000_000)), "/home/small/big", (_, _) -> {}));
      assertTrue(error.getMessage().contains("No space left on device"), error.getMessage());
    }
  }

  @Test
  void badTargetsAndSourcesAreSaid() throws Exception {
    try (RemoteHost host = Remote.connect(lab.settings(), Shells.RUN)) {
      out(host.shell(LOGIN), "ln -s /etc/passwd /home/link");
      for (String path : List.of("/home", "/home/link", "/home/link/x", "relative")) {
        assertThrows(
            UploadException.class,
            () -> host.upload(LOGIN, upload(bytes(10)), path, (_, _) -> {}),
            path);
      }
      Upload shorter =
          new Upload(100, Optional.empty(), () -> new ByteArrayInputStream(new byte[50]));
      assertThrows(
          UploadException.class, () -> host.upload(LOGIN, shorter, "/home/short", (_, _) -> {}));
      Upload changed =
          new Upload(
              50, Optional.of("00".repeat(32)), () -> new ByteArrayInputStream(new byte[50]));
      assertThrows(
          UploadException.class, () -> host.upload(LOGIN, changed, "/home/other", (_, _) -> {}));
    }
  }

  @Test
  void hugeFilesNeedLittleMemory() throws Exception {
    long size = 2L << 30;
    Upload huge = new Upload(size, Optional.empty(), () -> new Zeros(size));
    try (RemoteHost host = Remote.connect(lab.settings(), Shells.RUN)) {
      host.upload(LOGIN, huge, "/tmp/hactl-huge-" + lab.port(), (_, _) -> {});
      // Removing gigabytes takes a busy disk longer than a probe may.
      Fragment look =
          Fragment.step(
                  "size",
                  "stat -c %s /tmp/hactl-huge-" + lab.port() + "; rm /tmp/hactl-huge-" + lab.port())
              .withDeadline(Duration.ofMinutes(3));
      assertEquals(size + "\n", Shells.finished(host.shell(LOGIN), look).out().text());
    }
  }

  private static final class Zeros extends InputStream {
    private long left;

    Zeros(long size) {
      left = size;
    }

    @Override
    public int read() {
      return left-- > 0 ? 0 : -1;
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
      if (left == 0) {
        return -1;
      }
      int n = (int) Math.min(length, left);
      Arrays.fill(bytes, from, from + n, (byte) 0);
      left -= n;
      return n;
    }
  }
}
