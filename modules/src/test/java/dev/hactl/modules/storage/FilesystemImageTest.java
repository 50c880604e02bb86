package dev.hactl.modules.storage;

import static dev.hactl.modules.storage.SeenDisk.DISK;
import static dev.hactl.modules.storage.SeenDisk.EXT4;
import static dev.hactl.modules.storage.SeenDisk.UUID;
import static dev.hactl.modules.storage.SeenDisk.verdict;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hactl.engine.module.Change;
import dev.hactl.engine.module.LocalShell;
import dev.hactl.engine.module.Probe;
import dev.hactl.engine.module.Step;
import dev.hactl.modules.TaskText;
import dev.hactl.modules.Verdict;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Real file systems in files: what is seen of them, and that scripts make them. */
class FilesystemImageTest {
  @Test
  void whatAnInterruptedRunLeftIsMadeAgain(@TempDir Path dir) throws Exception {
    String note = "type ext4~uuid " + UUID + "~";
    String fresh = head(dir, false);
    String used = head(dir, true);
    assertEquals(
        "make again what was interrupted: the file system ext4 on /dev/sdb",
        verdict("fstype: ext4", "signs", EXT4, "note", note, "head", fresh));
    assertEquals("", verdict("fstype: ext4", "signs", EXT4, "note", note, "head", used));
    assertEquals("", verdict("fstype: ext4", "signs", EXT4, "head", fresh));
    assertEquals(
        "",
        verdict("fstype: ext4", "signs", EXT4, "note", note.replace("95", "96"), "head", fresh));
    assertEquals("make the file system ext4 on /dev/sdb", verdict("fstype: ext4", "note", note));
    String mounted = "36 22 8:16 / /data rw - ext4 /dev/sdb rw~";
    assertEquals(
        "", verdict("fstype: ext4", "signs", EXT4, "note", note, "head", fresh, "mounts", mounted));
  }

  /** The first 4096 bytes of an ext4, as od(1) prints them. */
  private static String head(Path dir, boolean used) throws Exception {
    Path image = image(dir, 8 << 20);
    run("mkfs.ext4", "-q", "-F", image.toString());
    if (used) {
      try (var file = new RandomAccessFile(image.toFile(), "rw")) {
        file.seek(1024 + 0x34);
        file.write(3); // mounted three times
      }
    }
    return LocalShell.BUSYBOX
        .run("dd if='" + image + "' bs=4096 count=1 2>/dev/null | od -An -v -tx1")
        .out();
  }

  private static Path image(Path dir, long bytes) throws IOException {
    Path image = dir.resolve("an image");
    Files.deleteIfExists(image);
    try (var file = new RandomAccessFile(image.toFile(), "rw")) {
      file.setLength(bytes);
    }
    return image;
  }

  private static void run(String... words) throws Exception {
    Process p = new ProcessBuilder(words).redirectErrorStream(true).start();
    String out = new String(p.getInputStream().readAllBytes());
    assertEquals(0, p.waitFor(), out);
  }

  @Test
  void aFileSystemFillsItsDevice(@TempDir Path dir) throws Exception {
    String small = head(dir, false);
    String mounted = "36 22 8:16 / /data rw - ext4 /dev/sdb rw~";
    assertEquals(
        "grow the file system on /dev/sdb",
        verdict("fstype: ext4, resizefs: true", "signs", EXT4, "head", small));
    assertEquals(
        "",
        verdict(
            "fstype: ext4, resizefs: true",
            "signs",
            EXT4,
            "head",
            small,
            "device",
            DISK.replace("131072", "16384")));
    assertEquals(
        "grow the file system on /dev/sdb",
        verdict("fstype: ext4, resizefs: true", "signs", EXT4, "head", small, "mounts", mounted));
    // xfs_growfs 6.1 -n of a mounted file system
    String info =
        "meta-data=/dev/sdb isize=512 agcount=4, agsize=4096 blks\n"
            + "data     =                       bsize=4096   blocks=4096, imaxpct=25\n"
            + "log      =internal log           bsize=4096   blocks=1368, version=2\n";
    var onDisk = new SuperBlock("xfs", 1 << 20, false, true);
    assertEquals(4096L * 4096, SuperBlock.grown(onDisk, info).bytes());
    assertEquals(onDisk, SuperBlock.grown(onDisk, ""));
  }

  /** On an image file, so that no device is needed: looked at, made, seen, made again. */
  @ParameterizedTest
  @EnumSource(value = LocalShell.class, names = "BUSYBOX", mode = EnumSource.Mode.EXCLUDE)
  void everyShellMakesAFileSystem(LocalShell shell, @TempDir Path dir) throws IOException {
    Path image = image(dir, 16 << 20);
    var module = new Filesystem();
    FsWish wish =
        TaskText.bind(
            module,
            "{dev: '" + image + "', fstype: ext4, label: it's}".replace("it's", "\"it's\""));
    Probe<FsState> probe = module.probe(wish);
    FsState none = Seeing.here(shell, probe);
    Change<FsState> make = Verdict.only(module.plan(wish, none));
    LocalShell.Result guard = shell.run(make.guards().getFirst().text());
    assertEquals(0, guard.status(), guard.err());
    LocalShell.Result done = shell.run(((Step.Script) make.steps().getFirst()).text());
    assertEquals(0, done.status(), done.err());
    FsState made = Seeing.here(shell, probe);
    assertTrue(make.converged().test(made), made.toString());
    assertEquals("it's", made.signatures().getFirst().label());
    assertEquals("", String.join("; ", Verdict.of(module.plan(wish, made))));
    assertTrue(shell.run(make.guards().getFirst().text()).status() != 0);

    // Something else only over the guard's dead body.
    FsWish xfs = TaskText.bind(module, "{dev: '" + image + "', fstype: swap, force: true}");
    Change<FsState> over = Verdict.only(module.plan(xfs, Seeing.here(shell, module.probe(xfs))));
    String same = over.guards().getFirst().text();
    assertEquals(0, shell.run(same).status(), shell.run(same).out());
    assertEquals(0, shell.run(((Step.Script) over.steps().getFirst()).text()).status());
    assertTrue(over.converged().test(Seeing.here(shell, module.probe(xfs))));
    assertTrue(shell.run(same).status() != 0);
  }

  @Test
  void withoutWipefsNothingIsDone(@TempDir Path dir) throws IOException {
    Path image = image(dir, 1 << 20);
    var module = new Filesystem();
    FsWish wish = TaskText.bind(module, "{dev: '" + image + "', fstype: ext4}");
    FsState seen = Seeing.here(LocalShell.BUSYBOX, module.probe(wish));
    assertTrue(
        Verdict.of(module.plan(wish, seen)).getFirst().startsWith("blocked on command wipefs"));
  }
}
