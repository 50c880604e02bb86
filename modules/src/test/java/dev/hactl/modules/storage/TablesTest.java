package dev.hactl.modules.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hactl.engine.module.BadValue;
import dev.hactl.engine.module.LocalShell;
import dev.hactl.modules.look.Look;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tables of the kernel and of tools, as they were recorded. */
class TablesTest {

  @ParameterizedTest
  @CsvSource({
    "512, 512, 512 bytes",
    "1k, 1024, 1 KiB",
    "64M, 67108864, 64 MiB",
    "64MiB, 67108864, 64 MiB",
    "1.5G, 1610612736, 1.5 GiB",
    "2 TB, 2199023255552, 2 TiB",
    "1537M, 1611661312, 1.5 GiB",
  })
  void sizesAreReadAndShown(String text, long bytes, String shown) {
    assertEquals(bytes, Size.parse(text).bytes());
    assertEquals(shown, Size.parse(text).show());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0", "0M", "-5M", "5X", "5 MM", "9999999999999T", "100%FREE"})
  void whatIsNoSizeIsRefused(String text) {
    assertThrows(BadValue.class, () -> Size.parse(text));
  }

  @Test
  void signaturesAreReadWhateverTheirLabel() {
    // wipefs 2.38 of ext4, swap, xfs and LVM, and of a GPT that has a copy at its end
    String text =
        """
        # offset,uuid,label,type
        0x438,95f19fed-c6f1-412d-a452-905f665c949e,a,b\\x20c,ext4
        0xff6,ff59261f-227d-4d6d-b68a-9bd674a893e5,my\\x20swap,swap
        0x3fff000,a1b2c3d4e5f60718,,drbd
        0x200,,,gpt
        0x3fffe00,,,gpt
        0x1fe,,,PMBR
        """;
    assertEquals(
        List.of(
            "the file system ext4 'a,b c' with UUID 95f19fed-c6f1-412d-a452-905f665c949e",
            "a swap area 'my swap' with UUID ff59261f-227d-4d6d-b68a-9bd674a893e5",
            "DRBD metadata with UUID a1b2c3d4e5f60718",
            "a partition table (gpt)",
            "a partition table (PMBR)"),
        Signature.parse(text).stream().map(Signature::show).toList());
    assertEquals(List.of(), Signature.parse("read\n"));
    assertEquals("ü", Signature.unescaped("\\xc3\\xbc"));
  }

  @Test
  void loopDevicesAreRead() {
    // Linux 6.1
    String table =
        """
        /sys/block/loop0/loop/backing_file:/srv/a:b.img
        /sys/block/loop10/loop/backing_file:/srv/gone.img (deleted)
        /sys/block/loop0/loop/offset:0
        /sys/block/loop10/loop/offset:4096
        /sys/block/loop0/loop/sizelimit:0
        /sys/block/loop10/loop/sizelimit:0
        /sys/block/loop0/loop/autoclear:1
        /sys/block/loop10/loop/autoclear:0
        /sys/block/loop0/ro:0
        /sys/block/loop10/ro:1
        /sys/block/loop3/ro:0
        /sys/block/loop0/size:131072
        /sys/block/loop10/size:16
        /sys/block/loop3/size:0
        """;
    assertEquals(
        List.of(
            new LoopDevice(0, "/srv/a:b.img", false, 0, 0, true, false, 67108864),
            new LoopDevice(3, "", false, 0, 0, false, false, 0),
            new LoopDevice(10, "/srv/gone.img", true, 4096, 0, false, true, 8192)),
        LoopDevice.parse(table));
    assertEquals(List.of(), LoopDevice.parse(""));
  }

  @Test
  void mountsAreRead() {
    String table =
        """
        22 1 254:1 / / rw,relatime shared:1 - ext4 /dev/vda1 rw,discard
        36 22 7:0 / /srv/my\\040data rw,nosuid,noatime shared:12 master:3 - xfs /dev/loop0 rw,attr2
        37 22 254:1 /srv/www /var/www rw,relatime - ext4 /dev/vda1 rw
        40 22 0:52 / /mnt/nfs rw - nfs4 192.0.2.9:/x rw,vers=4.2
        41 40 0:53 / /mnt/nfs rw - tmpfs tmpfs rw
        """;
    List<MountEntry> all = MountEntry.parse(table);
    assertEquals(
        new MountEntry(
            "7:0",
            "/",
            "/srv/my data",
            List.of("rw", "nosuid", "noatime"),
            "xfs",
            "/dev/loop0",
            List.of("rw", "attr2")),
        all.get(1));
    assertEquals("/srv/www", all.get(2).root());
    assertEquals("tmpfs", MountEntry.at(all, "/mnt/nfs").orElseThrow().type());
    assertEquals("/", MountEntry.holding(all, "/srv/my").orElseThrow().point());
    assertEquals("/srv/my data", MountEntry.holding(all, "/srv/my data/x").orElseThrow().point());
    assertEquals("\\040\\134\\011", MountEntry.escaped(" \\\t"));
    assertEquals("ü\\", MountEntry.unescaped("\\303\\274\\134"));
  }

  @ParameterizedTest
  @EnumSource(LocalShell.class)
  void everyShellReadsTheTables(LocalShell shell) {
    Look all =
        Look.at("mounts", Tables.MOUNTS)
            .and("swaps", Tables.SWAPS)
            .and("loops", Tables.LOOPS)
            .and("drbd", Tables.DRBD)
            .and("disks", Tables.DRBD_DISKS)
            .and("cib", Tables.CIB)
            .and("again", Tables.MOUNTS);
    Look.Seen seen = Seeing.here(shell, all.probe(s -> s));
    assertTrue(MountEntry.at(MountEntry.parse(seen.text("mounts")), "/").isPresent());
    assertEquals(seen.text("mounts"), seen.text("again"));
    assertEquals(LoopDevice.parse(seen.text("loops")), LoopDevice.parse(seen.text("loops")));
  }
}
