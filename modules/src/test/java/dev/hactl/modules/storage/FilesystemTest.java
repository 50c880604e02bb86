package dev.hactl.modules.storage;

import static dev.hactl.modules.storage.SeenDisk.DISK;
import static dev.hactl.modules.storage.SeenDisk.EXT4;
import static dev.hactl.modules.storage.SeenDisk.UUID;
import static dev.hactl.modules.storage.SeenDisk.XFS;
import static dev.hactl.modules.storage.SeenDisk.seeing;
import static dev.hactl.modules.storage.SeenDisk.verdict;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hactl.engine.module.Answer;
import dev.hactl.engine.module.Change;
import dev.hactl.engine.module.Decision;
import dev.hactl.engine.module.Probe;
import dev.hactl.engine.module.Step;
import dev.hactl.engine.source.SourceException;
import dev.hactl.lab.Proves;
import dev.hactl.modules.TaskText;
import dev.hactl.modules.Verdict;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FilesystemTest {
  @Test
  @Proves("S0-21")
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
  @Proves("S0-21")
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
            List.of(),
            Optional.empty(),
            List.of(),
            Optional.of(new FsState.Note("xfs", UUID)),
            Optional.of(new SuperBlock("xfs", 1 << 26, false, true)));
    var ask = assertInstanceOf(Decision.Ask.class, module.plan(wish, seen));
    var end = ask.answered(ask.probe().parser().apply(Answer.of(status, "")));
    assertEquals(whole, end instanceof Decision.Decided);
    assertEquals(!whole, end instanceof Decision.Refused);
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
}
