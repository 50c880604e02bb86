package dev.hactl.engine.remote;

import static dev.hactl.engine.remote.Shells.LOGIN;
import static dev.hactl.engine.remote.Shells.out;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hactl.engine.inventory.ConnectionSettings.Kind;
import dev.hactl.lab.LoopbackHost;
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a program of a host prints, over a channel of its own. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DownloadIT {
  private LoopbackHost lab;
  @TempDir Path folder;

  @BeforeAll
  void start() {
    lab =
        LoopbackHost.builder()
            .user("free", "/bin/sh")
            .user("tty", "/bin/sh")
            .sudoers("free,tty ALL=(ALL) NOPASSWD: ALL")
            .sudoers("Defaults:tty requiretty")
            .start();
  }

  @AfterAll
  void stop() {
    lab.close();
  }

  @ParameterizedTest
  @CsvSource({
    "root,SSH,false",
    "root,OPENSSH,false",
    "free,SSH,true",
    "tty,SSH,true",
    "tty,OPENSSH,true"
  })
  void bytesComeBackAsTheyWent(String user, Kind kind, boolean become) throws Exception {
    Identity who = become ? new Identity.Become("root", Optional.empty()) : LOGIN;
    Path file = folder.resolve("got");
    try (RemoteHost host = Remote.connect(Shells.as(kind, lab.settings(user)), Shells.RUN)) {
      for (int size : new int[] {0, 1, 68, 69, 70, 3_000_001}) {
        var bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        var upload =
            new Upload(bytes.length, Optional.empty(), () -> new ByteArrayInputStream(bytes));
        host.upload(who, upload, "/home/new/made/file", (_, _) -> {});
        Download got =
            host.download(
                who, "f='/home/new/made/file'\ncat \"$f\"; echo said >&2\n", file, (_, _) -> {});
        assertArrayEquals(bytes, Files.readAllBytes(file));
        assertEquals(size, got.size());
      }
      assertEquals("700\n", out(host.shell(who), "stat -c %a /home/new; rm -r /home/new"));
    }
  }

  @Test
  void aFailureIsSaid() throws Exception {
    Path file = folder.resolve("got");
    try (RemoteHost host = Remote.connect(lab.settings(), Shells.RUN)) {
      UploadException failed =
          assertThrows(
              UploadException.class,
              () ->
                  host.download(
                      LOGIN,
                      "head -c 5000 /dev/zero\necho no such thing >&2\nexit 3",
                      file,
                      (_, _) -> {}));
      assertTrue(failed.getMessage().endsWith("no such thing"), failed.getMessage());
      assertThrows(
          UploadException.class, () -> host.download(LOGIN, "if then\n", file, (_, _) -> {}));
      assertThrows(
          UploadException.class,
          () -> host.download(LOGIN, "kill -9 $PPID $$\n", file, (_, _) -> {}));
      assertThrows(
          UploadException.class,
          () -> host.download(LOGIN, ":", folder.resolve("no/such"), (_, _) -> {}));
    }
  }
}
