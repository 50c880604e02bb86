package dev.hactl.modules.storage;

import static dev.hactl.modules.storage.SeenMount.CIB;
import static dev.hactl.modules.storage.SeenMount.DATA;
import static dev.hactl.modules.storage.SeenMount.EXT4;
import static dev.hactl.modules.storage.SeenMount.ROOT;
import static dev.hactl.modules.storage.SeenMount.seeing;
import static dev.hactl.modules.storage.SeenMount.verdict;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hactl.engine.module.LocalShell;
import dev.hactl.engine.source.SourceException;
import dev.hactl.modules.TaskText;
import dev.hactl.modules.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class MountTest {
  @Test
  void itIsMountedAndKept() {
    assertEquals(
        "keep /data in /etc/fstab; mount /dev/sdb at /data",
        verdict("state: mounted", "signs", EXT4));
    assertEquals("mount /dev/sdb at /data", verdict("state: ephemeral", "signs", EXT4));
    assertEquals("keep /data in /etc/fstab", verdict("state: present"));
    String fstab = "# x\n/dev/sdb\t/data  ext4 defaults\n";
    assertEquals("", verdict("state: present", "fstab", fstab));
    assertEquals("", verdict("state: mounted", "fstab", fstab, "mounts", DATA));
    assertEquals("", verdict("state: ephemeral", "mounts", DATA));
    assertEquals(
        "",
        verdict(
            "state: mounted, opts: defaults",
            "fstab",
            fstab,
            "mounts",
            DATA,
            "source",
            "real /dev/dm-0\nnumber 8:16\n"));
    assertEquals(
        "keep /data in /etc/fstab; mount /data again with nodev",
        verdict("state: mounted, opts: 'noatime,nodev'", "fstab", fstab, "mounts", DATA));
    assertEquals(
        "mount /data again with ro !ends writing to /data",
        verdict("state: ephemeral, opts: ro", "mounts", DATA));
    assertEquals("mount /data again", verdict("state: remounted", "mounts", DATA));
    assertTrue(verdict("state: remounted").startsWith("blocked on /data: nothing is mounted"));
  }

  @Test
  void whatIsMissingMayCome() {
    assertEquals(
        "blocked on /dev/sdb: there is no /dev/sdb on this host",
        verdict("state: ephemeral", "point", "dir\n", "source", ""));
    assertEquals(
        "blocked on /dev/sdb: /dev/sdb bears no file system",
        verdict("state: ephemeral", "signs", "read\n"));
    assertEquals(
        "impossible: /data is there and is no directory",
        verdict("state: ephemeral", "point", "other\nsource\n"));
  }

  /** What the cluster mounts is left to it, each with the fact and exit 9. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "path: /sky, src: /dev/sdb, state: mounted | the cluster's resource skyfs mounts /dev/drbd1 at /sky/: a line in /etc/fstab would mount it behind the cluster's back",
        "path: /other, src: /dev/drbd1, state: present | the cluster's resource skyfs mounts /dev/drbd1 at /sky/: a line in /etc/fstab would mount it behind the cluster's back",
        "path: /logs, src: /dev/sdb, state: present | the cluster's resource logs mounts /dev/vg/logs at /logs: a line in /etc/fstab would mount it behind the cluster's back",
        "path: /sky, src: /dev/drbd1, state: ephemeral | the cluster's resource skyfs mounts /dev/drbd1 at /sky/: only the cluster mounts and unmounts it",
        "path: /sky, src: /dev/drbd1, state: unmounted | the cluster's resource skyfs mounts /dev/drbd1 at /sky/: only the cluster mounts and unmounts it",
        "path: /x, src: /dev/drbd9, state: mounted | /dev/drbd9 is a DRBD device, which only the Primary can mount: let the cluster mount it (ocf:heartbeat:Filesystem), or mount it until the next boot with 'state: ephemeral'",
      })
  void clusterMountsAreRefused(String yaml, String refusal) {
    assertEquals(
        "refused: " + refusal,
        seeing("cib", CIB).verdict(new Mount(), "{fstype: ext4, " + yaml + "}"));
  }

  @Test
  void aLineForTheClustersMountMayGo() {
    String fstab = "/dev/drbd1 /sky ext4 defaults 0 0\n";
    String mounts = ROOT + "40 22 147:1 / /sky rw - ext4 /dev/drbd1 rw\n";
    assertEquals(
        "no longer keep /sky in /etc/fstab",
        seeing("cib", CIB, "fstab", fstab, "mounts", mounts)
            .verdict(new Mount(), "{path: /sky, state: absent}"));
  }

  @Test
  void aReplicasDiskIsNotMounted() {
    assertEquals(
        "refused: /dev/sdb bears DRBD metadata: it is the disk of a replica, and writing to it past"
            + " DRBD would destroy the replica",
        verdict("state: mounted", "signs", "read\n0x438,u1,,ext4\n0x3fff000,u2,,drbd\n"));
  }

  @Test
  void somethingElseThereIsAFact() {
    assertEquals(
        "refused: /data is mounted from /dev/sdb (ext4), not from /dev/sdc: unmount that first",
        seeing("mounts", DATA, "source", "real /dev/sdc\nnumber 8:32\n")
            .verdict(new Mount(), "{path: /data, src: /dev/sdc, fstype: ext4, state: mounted}"));
    assertTrue(
        verdict("state: present", "fstab", "/dev/a /data ext4\n/dev/b /data ext4\n")
            .startsWith("impossible: /etc/fstab has 2 lines for /data"));
  }

  @Test
  void unmountingNamesTheUsers() {
    String links =
        """
        lrwx------ 1 root root 64 Nov 21 12:00 /proc/812/fd/4 -> /data/x
        lrwxrwxrwx 1 root root 0 Nov 21 12:00 /proc/812/cwd -> /data
        lrwx------ 1 root root 64 Nov 21 12:00 /proc/99/fd/7 -> /database
        lrwxrwxrwx 1 root root 0 Nov 21 12:00 /proc/7/cwd -> /data/gone (deleted)
        """;
    String[] busy = {
      "mounts", DATA,
      "links", links,
      "names", "/proc/812/comm:nginx\n/proc/99/comm:other\n",
      "loops", "/sys/block/loop7/loop/backing_file:/data/a.img\n",
      "swaps", "Filename Type\n/data/swap\\040file file 1 0 -2\n"
    };
    assertEquals(
        "unmount /data !unmounts /data, which is used by nginx (812), process (7), /dev/loop7"
            + " (/data/a.img), swap file /data/swap file",
        verdict("state: unmounted", busy));
    assertEquals("unmount /data", verdict("state: unmounted", "mounts", DATA));
    assertEquals("", verdict("state: unmounted"));
    assertEquals(
        "refused: /data cannot be unmounted: /data/in is mounted inside it",
        verdict("state: unmounted", "mounts", DATA + "40 36 0:9 / /data/in rw - tmpfs tmpfs rw\n"));
    assertEquals(
        "unmount /data; no longer keep /data in /etc/fstab; remove the mount point /data if it is"
            + " empty",
        verdict("state: absent", "mounts", DATA, "fstab", "/dev/sdb /data ext4\n", "point", ""));
    assertEquals("remove the mount point /data", verdict("state: absent", "point", "empty\n"));
    assertEquals("", verdict("state: absent", "point", ""));
  }

  @Test
  void sourcesAreTheSameByWhatTheyAre() {
    String mounts =
        ROOT
            + "37 22 254:1 /srv/www /opt/www rw - ext4 /dev/vda1 rw\n"
            + "38 22 0:40 / /mnt/nfs rw - nfs4 192.0.2.9:/x rw\n"
            + "39 22 0:41 / /scratch rw - tmpfs none rw\n"
            + "40 22 7:3 / /img rw - ext4 /dev/loop3 rw\n";
    var module = new Mount();
    for (String yaml :
        List.of(
            "{path: /opt/www, src: /srv/www, fstype: none, opts: bind, state: ephemeral}",
            "{path: /mnt/nfs, src: '192.0.2.9:/x/', fstype: nfs, state: ephemeral}",
            "{path: /scratch, src: tmpfs, fstype: tmpfs, state: ephemeral}",
            "{path: /img, src: /srv/a.img, fstype: ext4, opts: loop, state: ephemeral}")) {
      assertEquals(
          "",
          seeing(
                  "mounts",
                  mounts,
                  "source",
                  "real /srv/a.img\n",
                  "loops",
                  "/sys/block/loop3/loop/backing_file:/srv/a.img\n")
              .verdict(module, yaml));
    }
    assertTrue(
        seeing("mounts", mounts)
            .verdict(
                module, "{path: /opt/www, src: /srv/x, fstype: none, opts: bind, state: ephemeral}")
            .startsWith("refused: /opt/www is mounted from /dev/vda1"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{path: /x, state: mounted}",
        "{path: /x, src: /dev/a, state: present}",
        "{path: x, src: /dev/a, fstype: ext4, state: present}",
        "{path: none, src: /dev/a, fstype: ext4, state: present}",
        "{path: /x, src: /dev/a, fstype: swap, state: present}",
        "{path: none, src: /dev/a, fstype: swap, state: mounted}",
        "{path: /x, src: /dev/a, fstype: ext4, passno: yes, state: present}",
      })
  void mistakesAreFoundBeforeAnyConnection(String yaml) {
    assertThrows(SourceException.class, () -> TaskText.bind(new Mount(), yaml));
  }

  @ParameterizedTest
  @EnumSource(LocalShell.class)
  void everyShellLooks(LocalShell shell, @TempDir Path dir) throws IOException {
    var module = new Mount();
    Path point = Files.createDirectory(dir.resolve("a point"));
    MountWish gone = TaskText.bind(module, "{path: '" + point + "', state: absent}");
    MountState seen = Seeing.here(shell, module.probe(gone));
    assertTrue(seen.emptyPoint());
    assertTrue(seen.at(gone).isEmpty());
    Files.createFile(point.resolve("file"));
    assertFalse(Seeing.here(shell, module.probe(gone)).emptyPoint());
    MountWish proc =
        TaskText.bind(module, "{path: /proc, src: proc, fstype: proc, state: ephemeral}");
    assertEquals(List.of(), Verdict.of(module.plan(proc, Seeing.here(shell, module.probe(proc)))));
    MountWish none =
        TaskText.bind(
            module, "{path: '" + point + "', src: UUID=none, fstype: ext4, state: ephemeral}");
    MountState without = Seeing.here(shell, module.probe(none));
    MountPoint there = Seeing.here(shell, MountPoint.probe(none, without.source()));
    assertTrue(there.directory() && !there.source() && !there.read());
    assertTrue(
        Seeing.here(shell, MountUsers.probe("/")).names().stream()
            .anyMatch(n -> n.endsWith("(" + ProcessHandle.current().pid() + ")")));
  }
}
