package dev.hactl.modules.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hactl.engine.module.Change;
import dev.hactl.engine.module.LocalShell;
import dev.hactl.engine.module.Step;
import dev.hactl.engine.source.SourceException;
import dev.hactl.modules.TaskText;
import dev.hactl.modules.Verdict;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class LvmTest {
  /** lvm 2.03.16: a group of 1 GiB with one volume of 32 MiB. */
  private static String report(String attributes) {
    return """
    pvs
      /dev/sdb|vgsky
      /dev/sdd|vgother
      /dev/sde|
    vgs
      vgsky|ioGZbw-wYh1-mVcb-msmj-aojE-Jrme-IZ2Pf2|1035993088|4194304
      vgother|aaaaaa-wYh1-mVcb-msmj-aojE-Jrme-IZ2Pf2|0|4194304
    lvs
      vgsky|skydata|KcRTZe-fwer-t2Ha-9luw-LKJT-9oiL-NgJT5s|33554432|%s
    end
    """
        .formatted(attributes);
  }

  private static final String REPORT = report("-wi-a-----");
  private static final String NONE = "pvs\nvgs\nlvs\nend\n";
  private static final String EMPTY = "read\n";

  private static String verdict(String yaml, String report, String... more) {
    Map<String, String> texts = new HashMap<>(Map.of("report", report));
    for (int i = 0; i < more.length; i += 2) {
      texts.put(more[i], more[i + 1]);
    }
    return new Seeing(texts).verdict(new Lvm(), "{vg: vgsky, " + yaml + "}");
  }

  private static String disk(String name) {
    return "real /dev/" + name + "\ndev 8:16\n";
  }

  @Test
  void groupAndVolumeAreMade() {
    assertEquals(
        "create the volume group vgsky on /dev/sdb; create the logical volume vgsky/skydata",
        verdict(
            "pvs: /dev/sdb, lv: skydata, size: 64M", NONE, "disk0", disk("sdb"), "signs0", EMPTY));
    assertEquals(
        "", verdict("pvs: /dev/sdb, lv: skydata, size: 32M", REPORT, "disk0", disk("sdb")));
    assertEquals("", verdict("lv: skydata, size: 31M", REPORT));
    assertEquals("", verdict("lv: skydata, size: 100%FREE", REPORT));
    assertEquals(
        "extend the volume group vgsky on /dev/sdc",
        verdict(
            "pvs: [/dev/sdb, /dev/sdc]",
            REPORT,
            "disk0",
            disk("sdb"),
            "disk1",
            disk("sdc"),
            "signs1",
            EMPTY));
    assertEquals(
        "extend the volume group vgsky on /dev/sde",
        verdict(
            "pvs: /dev/sde",
            REPORT,
            "disk0",
            disk("sde"),
            "signs0",
            "read\n0x218,u,,LVM2_member\n"));
    assertEquals(
        "create the logical volume vgsky/more", verdict("lv: more, size: 50%FREE", REPORT));
    assertEquals(
        "impossible: the volume group vgsky has only 988 MiB left, 1 GiB are wanted",
        verdict("lv: more, size: 1G", REPORT));
    assertEquals(
        "extend the logical volume vgsky/skydata to 64 MiB",
        verdict("lv: skydata, size: 64M", REPORT));
    assertEquals(
        "activate the logical volume vgsky/skydata", verdict("lv: skydata", report("-wi-------")));
  }

  @Test
  void whatIsMissingMayCome() {
    assertEquals(
        "blocked on command lvm: there is no LVM on this host (package lvm2)",
        verdict("pvs: /dev/sdb", "tool\n"));
    assertEquals(
        "blocked on /dev/sdb: there is no device /dev/sdb", verdict("pvs: /dev/sdb", NONE));
    assertEquals(
        "blocked on volume group vgsky: there is no volume group vgsky; give its 'pvs'",
        verdict("lv: a, size: 1M", NONE));
    assertEquals(
        "blocked on /dev/vgsky/a: there is no logical volume vgsky/a; give its 'size'",
        verdict("lv: a", REPORT));
  }

  /** Each of these ends with exit 9 and the fact. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0x438,u1,data,ext4 | the file system ext4 'data' with UUID u1",
        "0x200,,,gpt | a partition table (gpt)",
        "0x3fff000,u3,,drbd | DRBD metadata with UUID u3",
        "0x218,u2,,LVM2_member | an LVM physical volume with UUID u2",
      })
  void aDiskThatBearsSomethingIsRefused(String signs, String bears) {
    String[] seen = {"disk0", disk("sdc"), "signs0", "read\n" + signs + "\n"};
    assertEquals(
        "refused: /dev/sdc bears " + bears + ": it is not overwritten",
        verdict("pvs: /dev/sdc", NONE, seen));
    String token =
        signs.contains(",u") ? "/dev/sdc@" + signs.replaceAll("^[^,]*,(u\\d).*", "$1") : "/dev/sdc";
    assertEquals(
        "create the volume group vgsky on /dev/sdc !! overwrites %s on /dev/sdc (%s)"
            .formatted(bears, token),
        verdict("pvs: /dev/sdc, force: true", NONE, seen));
  }

  @Test
  void dataIsNotTouched() {
    assertEquals(
        "refused: /dev/sdd belongs to the volume group vgother",
        verdict("pvs: /dev/sdd, force: true", REPORT, "disk0", disk("sdd")));
    assertEquals(
        "refused: /dev/sdc is in use: it is mounted at /data",
        verdict(
            "pvs: /dev/sdc, force: true",
            NONE,
            "disk0",
            disk("sdc"),
            "mounts",
            "36 22 8:16 / /data rw - xfs /dev/sdc rw\n"));
    assertEquals(
        "refused: vgsky/skydata holds 32 MiB and 16 MiB are wanted: a volume is never made"
            + " smaller, its end would be lost",
        verdict("lv: skydata, size: 16M", REPORT));
    String drbd = "read\n0x1fff000,a1,,drbd\n";
    assertEquals(
        "refused: vgsky/skydata holds 32 MiB and 64 MiB are wanted, but it bears DRBD metadata with"
            + " UUID a1 at its end, which would no longer be found there",
        verdict("lv: skydata, size: 64M", REPORT, "bears", drbd));
    assertEquals(
        "extend the logical volume vgsky/skydata to 64 MiB",
        verdict("lv: skydata, size: 64M", report("-wi-ao----"), "bears", drbd));
  }

  @Test
  void removingNeedsItsName() {
    assertEquals(
        "remove the logical volume vgsky/skydata !! removes the logical volume vgsky/skydata (32"
            + " MiB) with the file system ext4 with UUID u1"
            + " (vgsky/skydata@KcRTZe-fwer-t2Ha-9luw-LKJT-9oiL-NgJT5s)",
        verdict("lv: skydata, state: absent", REPORT, "bears", "read\n0x438,u1,,ext4\n"));
    assertEquals(
        "refused: the logical volume vgsky/skydata is in use",
        verdict("lv: skydata, state: absent", report("-wi-ao----")));
    assertEquals(
        "refused: the volume group vgsky still holds skydata", verdict("state: absent", REPORT));
    assertEquals(
        "remove the empty volume group vgsky",
        verdict("state: absent", REPORT.replaceAll("(?m)^.*skydata.*\n", "")));
    assertEquals("", verdict("state: absent", NONE));
    assertEquals("", verdict("lv: x, state: absent", REPORT));
  }

  @Test
  void lvmIsNeverToldToSayYes() {
    Map<String, String> texts = Map.of("report", NONE, "disk0", disk("sdb"), "signs0", EMPTY);
    var changes =
        Verdict.changes(
            new Seeing(texts)
                .decide(
                    new Lvm(), "{vg: vgsky, pvs: /dev/sdb, lv: a, size: 1G, vg_options: -s 8M}"));
    Change<LvmState> group = changes.getFirst();
    assertTrue(Verdict.steps(group).getFirst().endsWith("lvm vgcreate -s 8M -- vgsky /dev/sdb"));
    assertTrue(group.guards().getFirst().text().contains("wipefs --no-act"));
    var step = assertInstanceOf(Step.Script.class, changes.get(1).steps().getFirst());
    assertTrue(
        step.text().contains("lvm lvcreate -q -Wn -Zn -n a -L 1073741824b  -- vgsky"), step.text());
    assertEquals(Step.Interruption.PROTECTED, step.interruption());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{vg: a/b}",
        "{vg: -f}",
        "{vg: a, size: 1G}",
        "{vg: a, lv: b, size: 101%FREE}",
        "{vg: a, lv: b, size: -1G}",
        "{vg: a, pvs: sdb}",
        "{vg: a, lv: b, opts: '-y'}",
      })
  void mistakesAreFoundBeforeAnyConnection(String yaml) {
    assertThrows(SourceException.class, () -> TaskText.bind(new Lvm(), yaml));
  }

  @ParameterizedTest
  @EnumSource(LocalShell.class)
  void everyShellLooks(LocalShell shell) {
    var module = new Lvm();
    LvmWish wish = TaskText.bind(module, "{vg: hactlnone, pvs: [/dev/null, /dev/none], lv: a}");
    LvmState seen = Seeing.here(shell, module.probe(wish));
    assertEquals("/dev/null", seen.disks().getFirst().real());
    assertEquals("", seen.disks().get(1).real());
    assertTrue(seen.group(wish).isEmpty());
  }
}
