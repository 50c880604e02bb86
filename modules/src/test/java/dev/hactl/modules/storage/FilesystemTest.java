package dev.hactl.modules.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hactl.engine.module.Answer;
import dev.hactl.engine.module.Change;
import dev.hactl.engine.module.Decision;
import dev.hactl.engine.module.LocalShell;
import dev.hactl.engine.module.Probe;
import dev.hactl.engine.module.Step;
import dev.hactl.engine.source.SourceException;
import dev.hactl.modules.TaskText;
import dev.hactl.modules.Verdict;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class FilesystemTest {
  private static final String UUID = "95f19fed-c6f1-412d-a452-905f665c949e";
  private static final String DISK = "real /dev/sdb~kind block~size 131072~ro 0~dev 8:16~";
  private static final String EXT4 = "read~0x438," + UUID + ",data,ext4~";
  private static final String XFS = "read~0x0," + UUID + ",,xfs~";
  private static final Map<String, String> EMPTY =
      Map.of("device", DISK, "signs", "read~", "maker", "maker");

  private static Seeing seeing(String... more) {
    var texts = new HashMap<>(EMPTY);
    for (int i = 0; i < more.length; i += 2) {
      texts.put(more[i], more[i + 1]);
    }
    texts.replaceAll((name, text) -> text.replace('~', '\n'));
    return new Seeing(texts);
  }

  private static String verdict(String yaml, String... more) {
    return seeing(more).verdict(new Filesystem(), "{dev: /dev/sdb, " + yaml + "}");
  }

  @Test
  void anEmptyDeviceGetsAFileSystem() {
    assertEquals("make the file system ext4 on /dev/sdb", verdict("fstype: ext4"));
    assertEquals("", verdict("fstype: ext4", "signs", EXT4));
    assertEquals("", verdict("fstype: ext4, force: true", "signs", EXT4));
    assertEquals("", verdict("state: absent"));
    assertEquals("", verdict("state: absent", "device", ""));
    assertEquals(
        "blocked on command mkfs.ext4: there is no mkfs.ext4 on this host",
        verdict("fstype: ext4", "maker", ""));
    assertEquals(
        "blocked on /dev/sdb: there is no device /dev/sdb", verdict("fstype: ext4", "device", ""));
    assertEquals(
        "blocked on /dev/sdb: /dev/sdb has no size: nothing is attached to it",
        verdict("fstype: ext4", "device", DISK.replace("131072", "0")));
    Change<FsState> change =
        Verdict.only(
            seeing()
                .decide(
                    new Filesystem(),
                    "{dev: /dev/sdb, fstype: xfs, label: 'a b', opts: -i size=512}"));
    assertEquals("file system xfs on /dev/sdb", change.intent().orElseThrow());
    var step = assertInstanceOf(Step.Script.class, change.steps().getFirst());
    assertEquals(Step.Interruption.PROTECTED, step.interruption());
    assertTrue(
        step.text()
            .contains("mkfs.xfs -q -m uuid=\"$u\" -L 'a b' -i 'size=512' -- /dev/sdb > /dev/null"),
        step.text());
    assertTrue(change.guards().getFirst().text().contains("wipefs --no-act"));
  }

  /** Whatever a disk bears stays; each of these ends with exit 9 and names the fact. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0x438,u1,data,ext4 | the file system ext4 'data' with UUID u1",
        "0x200,,,gpt | a partition table (gpt)",
        "0x1fe,,,dos | a partition table (dos)",
        "0x218,u2,,LVM2_member | an LVM physical volume with UUID u2",
        "0x3fff000,u3,,drbd | DRBD metadata with UUID u3",
        "0x0,u4,,crypto_LUKS | a LUKS container with UUID u4",
        "0xff6,u5,,swap | a swap area with UUID u5",
        "0x1000,u6,,linux_raid_member | a RAID member with UUID u6",
        "0x0,u7,,xfs~0x3fff000,u3,,drbd | the file system xfs with UUID u7 and DRBD metadata with UUID u3",
      })
  void aSignatureIsNeverOverwritten(String signs, String bears) {
    assertEquals(
        "refused: /dev/sdb bears " + bears + ": it is not overwritten",
        verdict("fstype: xfs".replace("xfs", "ext2"), "signs", "read~" + signs + "~"));
    String token =
        signs.contains(",u") ? "/dev/sdb@" + signs.replaceAll("^[^,]*,(u\\d).*", "$1") : "/dev/sdb";
    assertEquals(
        "replace %1$s by the file system ext2 on /dev/sdb !! overwrites %1$s on /dev/sdb (%2$s)"
            .formatted(bears, token),
        verdict("fstype: ext2, force: true", "signs", "read~" + signs + "~"));
    assertEquals(
        "wipe %1$s off /dev/sdb !! wipes %1$s off /dev/sdb (%2$s)".formatted(bears, token),
        verdict("state: absent", "signs", "read~" + signs + "~"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "mounts | 36 22 8:16 / /data rw - xfs /dev/sdb rw | it is mounted at /data",
        "swaps | /dev/sdb partition 100 0 -2 | it is a swap area in use",
        "device | holder:dm-3 | dm-3 lies on it",
        "disks | /dev/sdb | a DRBD resource has it as its disk",
      })
  void aDeviceInUseIsNotTouched(String part, String text, String user) {
    String all = part.equals("device") ? DISK + text + "~" : text + "~";
    assertEquals("refused: /dev/sdb is in use: " + user, verdict("fstype: ext4", part, all));
    String bears = "the file system xfs with UUID " + UUID;
    assertEquals(
        "refused: /dev/sdb bears " + bears + ", and /dev/sdb is in use: " + user,
        verdict("fstype: ext4, force: true", part, all, "signs", XFS));
    assertEquals(
        "refused: /dev/sdb bears " + bears + ", and /dev/sdb is in use: " + user,
        verdict("state: absent", part, all, "signs", XFS));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Primary | UpToDate | make the file system ext4 on /dev/drbd1",
        "Secondary | UpToDate | blocked on /dev/drbd1: the DRBD resource r0 is Secondary here; its file system is made and seen where it is Primary",
        "Primary | Inconsistent | refused: the replica of r0 on this host is Inconsistent, not UpToDate",
        "Primary | Diskless | refused: the replica of r0 on this host is Diskless, not UpToDate",
      })
  void onDrbdOnlyThePrimaryMakesOne(String role, String disk, String expected) {
    // drbdsetup 9.22 with the kernel's DRBD 8.4
    String events =
        """
        exists resource name:r0 role:%s suspended:no
        exists connection name:r0 peer-node-id:0 conn-name:remote-host connection:Connected role:Secondary
        exists device name:r0 volume:0 minor:1 backing_dev:/dev/loop7 disk:%s client:no quorum:yes
        exists peer-device name:r0 peer-node-id:0 conn-name:remote-host volume:0 replication:Established peer-disk:UpToDate
        exists -
        """
            .formatted(role, disk);
    String device = DISK.replace("/dev/sdb", "/dev/drbd1");
    String yaml = "{dev: /dev/drbd1, fstype: ext4}";
    var module = new Filesystem();
    assertEquals(expected, seeing("device", device, "drbd", events).verdict(module, yaml));
    assertEquals(
        "blocked on /dev/drbd1: the DRBD device /dev/drbd1 is not up",
        seeing("device", device).verdict(module, yaml));
    assertEquals(Probe.Reach.SHARED, module.probe(TaskText.bind(module, yaml)).reach());
  }

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

  @ParameterizedTest
  @CsvSource({"0, true", "1, false"})
  void anXfsThatIsWholeStays(int status, boolean whole) {
    var module = new Filesystem();
    FsWish wish = TaskText.bind(module, "{dev: /dev/sdb, fstype: xfs}");
    FsState seen =
        new FsState(
            new FsState.Device(FsState.Kind.BLOCK, "/dev/sdb", 1 << 26, false),
            new FsState.Reading.Done(),
            Signature.parse("0x0," + UUID + ",,xfs\n"),
            true,
            java.util.List.of(),
            java.util.Optional.empty(),
            java.util.List.of(),
            java.util.Optional.of(new FsState.Note("xfs", UUID)),
            java.util.Optional.of(new SuperBlock("xfs", 1 << 26, false, true)));
    var ask = assertInstanceOf(Decision.Ask.class, module.plan(wish, seen));
    var end = ask.answered(ask.probe().parser().apply(Answer.of(status, "")));
    assertEquals(whole, end instanceof Decision.Decided);
    assertEquals(!whole, end instanceof Decision.Refused);
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
  void attributesAndSizeFollow() {
    assertEquals(
        "set the UUID of /dev/sdb; set the label of /dev/sdb",
        verdict(
            "fstype: ext4, label: new, uuid: 0b2a6c4e-6d0f-4f5c-9a55-1e8c7d3f2b10", "signs", EXT4));
    assertEquals(
        "", verdict("fstype: ext4, label: data, uuid: " + UUID.toUpperCase(), "signs", EXT4));
    String mounted = "36 22 8:16 / /data rw - ext4 /dev/sdb rw~";
    assertEquals(
        "refused: the UUID of /dev/sdb cannot be changed while it is in use: it is mounted at /data",
        verdict(
            "fstype: ext4, uuid: 0b2a6c4e-6d0f-4f5c-9a55-1e8c7d3f2b10",
            "signs",
            EXT4,
            "mounts",
            mounted));
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

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{dev: /dev/sdb}",
        "{dev: sdb, fstype: ext4}",
        "{dev: /dev/sdb, fstype: vfat, uuid: 0b2a6c4e-6d0f-4f5c-9a55-1e8c7d3f2b10}",
        "{dev: /dev/sdb, fstype: xfs, label: thirteen-long}",
        "{dev: /dev/sdb, fstype: btrfs, resizefs: true}",
        "{dev: /dev/sdb, fstype: ext4, opts: -L data}",
        "{dev: /dev/sdb, fstype: ext4, uuid: x}",
      })
  void mistakesAreFoundBeforeAnyConnection(String yaml) {
    assertThrows(SourceException.class, () -> TaskText.bind(new Filesystem(), yaml));
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
