package dev.hactl.cli.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hactl.cli.ExitCode;
import dev.hactl.lab.LoopbackHost;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Targets of files that are full, odd or huge. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TargetFaultsIT {
  @TempDir private static Path temp;
  private LoopbackHost lab;

  @BeforeAll
  void start() {
    lab =
        LoopbackHost.builder()
            .setup("mkdir /home/full /home/real")
            .setup("mount -t tmpfs -o size=128k lab /home/full; echo old >/home/full/conf")
            .setup("echo old >/home/real/file; ln -s real/file /home/link")
            .setup(
                "echo old >/home/source; touch /home/bound; mount --bind /home/source /home/bound")
            .start();
  }

  @AfterAll
  void stop() {
    lab.close();
  }

  private Site site() {
    return Site.in(temp).host("db1", lab.settings());
  }

  /** What a text prints on the host. */
  private void prints(String text, String expected) {
    site()
        .tasks(
            "",
            """
            - shell: |
                %s
              register: r
            - assert: {that: ["r.stdout == '%s'"]}
            """
                .formatted(text, expected))
        .apply()
        .converged("db1", 2, 1);
  }

  @ParameterizedTest
  @CsvSource({
    "200000,(is the disk full?); /home/full/conf is unchanged",
    "400000,No space left on device"
  })
  void aFullDiskLeavesTheOldFile(int size, String reason) {
    site()
        .file("big", "x".repeat(size))
        .tasks("", "- copy: {src: big, dest: /home/full/conf}\n- command: touch /home/never")
        .apply()
        .complains(ExitCode.FAILED, "fatal: [db1]: FAILED! => ", "/home/full/conf", reason)
        .counts("db1", "failed=1");
    prints(
        "cat /home/full/conf; ls -A /home/full; ls /home | grep -c never || :", "old\\nconf\\n0");
  }

  static Stream<String> odd() {
    return Stream.of("/home/link", "/home/bound");
  }

  @ParameterizedTest
  @MethodSource("odd")
  void anOddTargetIsWrittenAndStaysWhatItIs(String path) {
    Site site = site().tasks("", "- copy: {dest: %s, content: \"new\\n\"}".formatted(path));
    site.apply("--diff").converged("db1", 1, 1).says("-old", "+new");
    site.apply().converged("db1", 1, 0);
    if (path.endsWith("link")) {
      prints(
          "readlink /home/link; cat /home/real/file; ls -A /home/real", "real/file\\nnew\\nfile");
    } else {
      prints("cat /home/source; grep -c ' /home/bound ' /proc/self/mountinfo", "new\\n1");
    }
  }

  @Test
  void aHugeFileArrives() throws Exception {
    Site site = site().tasks("", "- copy: {src: huge, dest: /home/huge, mode: '0600'}");
    try (var file = new RandomAccessFile(site.path("huge").toFile(), "rw")) {
      file.setLength(2L << 30);
      file.seek((2L << 30) - 4);
      file.write("end\n".getBytes(StandardCharsets.US_ASCII));
    }
    Told told = site.apply().converged("db1", 1, 1); // verified by its hash
    assertEquals(10, told.text().lines().filter(l -> l.startsWith("working: ")).count());
    prints("stat -c %s-%a /home/huge; tail -c 4 /home/huge; rm /home/huge", "2147483648-600\\nend");
  }
}
