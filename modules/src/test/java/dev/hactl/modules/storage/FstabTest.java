package dev.hactl.modules.storage;

import static dev.hactl.modules.storage.SeenMount.seeing;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hactl.engine.module.Change;
import dev.hactl.modules.TaskText;
import dev.hactl.modules.Verdict;
import dev.hactl.modules.text.Lines;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What becomes of the lines of fstab. */
class FstabTest {
  private static List<String> edit(String fstab, String yaml, boolean with) {
    Fstab old = new Fstab(Lines.of(fstab.getBytes(StandardCharsets.UTF_8)));
    Fstab.Entry entry = TaskText.bind(new Mount(), yaml).entry();
    return (with ? old.with(entry) : old.without(entry))
        .lines().lines().stream().map(Lines::show).toList();
  }

  @Test
  void otherLinesKeepTheirBytes() {
    String fstab =
        "# ü  x\n\nUUID=1 / ext4   errors=remount-ro 0 1\n/dev/b /my\\040data xfs\nLABEL=s none swap sw 0 0\n";
    assertEquals(
        List.of(
            "# ü  x",
            "",
            "UUID=1 / ext4   errors=remount-ro 0 1",
            "/dev/c /my\\040data xfs noatime,noauto 0 2",
            "LABEL=s none swap sw 0 0"),
        edit(
            fstab,
            "{path: /my data, src: /dev/c, fstype: xfs, opts: noatime, passno: '2', boot: false, state: present}",
            true));
    assertEquals(4, edit(fstab, "{path: /my data, state: absent}", false).size());
    assertEquals(
        "/dev/d none swap defaults 0 0",
        edit(fstab, "{path: none, src: /dev/d, fstype: swap, state: present}", true).getLast());
    assertEquals(
        5,
        edit(fstab, "{path: none, src: LABEL=s, fstype: swap, opts: sw, state: present}", true)
            .size());
    assertEquals(
        4, edit(fstab, "{path: none, src: LABEL=s, fstype: swap, state: absent}", false).size());
  }

  @Test
  void fstabIsPutAndSystemdReadsIt() {
    Change<MountState> change =
        Verdict.only(
            seeing()
                .decide(new Mount(), "{path: /d, src: /dev/sdb, fstype: ext4, state: present}"));
    assertEquals("put /etc/fstab", Verdict.steps(change).getFirst());
    assertTrue(Verdict.steps(change).get(1).contains("daemon-reload"));
    assertEquals(List.of("+/dev/sdb /d ext4 defaults 0 0"), Verdict.diffs(change));
  }
}
