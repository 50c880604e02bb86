package dev.hactl.modules.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hactl.engine.module.Change;
import dev.hactl.engine.module.LocalShell;
import dev.hactl.engine.module.Probe;
import dev.hactl.engine.module.Step;
import dev.hactl.lab.Proves;
import dev.hactl.modules.TaskText;
import dev.hactl.modules.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class LosetupTest {
  private static final String UNIT = "/etc/systemd/system/hactl-loop-srv-a.img.service";
  private static final String FILE = "real /srv/a.img~parent~kind file~bytes 67108864~blocks 8~";
  private static final String NONE = "real /srv/a.img~parent~";
  private static final String EXT4 = "read~# offset,uuid,label,type~0x438,95f1,data,ext4~";
  private static final String DRBD = "read~# offset,uuid,label,type~0x3fff000,a1,,drbd~";

  private static String loop(int n, String file, long size) {
    return "/sys/block/loop%1$d/loop/backing_file:%2$s~/sys/block/loop%1$d/size:%3$d~"
        .formatted(n, file, size / 512);
  }

  private static final String ATTACHED = loop(7, "/srv/a.img", 67108864);

  private static String verdict(String yaml, String image, String signs, String loops) {
    return verdict(yaml, image, signs, loops, Map.of());
  }

  private static String verdict(
      String yaml, String image, String signs, String loops, Map<String, String> more) {
    var texts = new HashMap<>(more);
    texts.put("image", image.replace('~', '\n'));
    texts.put("signs", signs.replace('~', '\n'));
    texts.put("loops", loops.replace('~', '\n'));
    texts.putIfAbsent("around", "systemd\nlosetup\n");
    return new Seeing(texts)
        .verdict(new Losetup(), "{path: /srv/a.img, boot: false, " + yaml + "}");
  }

  @Test
  void anImageIsMadeAndAttached() {
    assertEquals(
        "create the image /srv/a.img of 64 MiB; attach /srv/a.img to /dev/loop7",
        verdict("size: 64M, device: /dev/loop7", NONE, "", ""));
    assertEquals(
        "blocked on /srv/a.img: there is no image /srv/a.img; give its 'size' to make one",
        verdict("device: /dev/loop7", NONE, "", ""));
    assertEquals(
        "blocked on /srv: there is no directory /srv",
        verdict("size: 64M", "real /srv/a.img~", "", ""));
    assertEquals("", verdict("size: 64M, device: /dev/loop7", FILE, EXT4, ATTACHED));
    assertEquals("", verdict("size: 64M", FILE, EXT4, ATTACHED));
    assertEquals(
        "attach /srv/a.img to the next free loop device", verdict("size: 64M", FILE, EXT4, ""));
  }

  /** Whatever lies at the image's path stays: each of these ends with exit 9. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "size: 128M | ext4 | /srv/a.img holds 64 MiB and 128 MiB are wanted: an image that is there is made larger only with 'grow: true'",
        "size: 32M | ext4 | /srv/a.img holds 64 MiB and 32 MiB are wanted: an image is never made smaller, its end would be lost",
        "size: 32M, grow: true | none | /srv/a.img holds 64 MiB and 32 MiB are wanted: an image is never made smaller, its end would be lost",
        "size: 128M, grow: true | drbd | /srv/a.img holds 64 MiB and 128 MiB are wanted, but it bears DRBD metadata with UUID a1 at its end, which would no longer be found there",
        "size: 64M | other | /srv/a.img is there and is no regular file: it is never replaced by one",
        "state: absent | other | /srv/a.img is no regular file, so it is not removed",
      })
  void dataIsNotTouched(String yaml, String bears, String refusal) {
    String image = bears.equals("other") ? "real /dev/sdb~parent~kind other~" : FILE;
    String signs = bears.equals("ext4") ? EXT4 : bears.equals("drbd") ? DRBD : "read~";
    assertEquals("refused: " + refusal, verdict(yaml, image, signs, ""));
  }

  @Test
  void growingIsAWish() {
    assertEquals(
        "grow /srv/a.img to 128 MiB", verdict("size: 128M, grow: true", FILE, EXT4, ATTACHED));
    assertEquals(
        "let /dev/loop7 see all of /srv/a.img",
        verdict("size: 64M, grow: true", FILE, EXT4, loop(7, "/srv/a.img", 4096)));
    assertTrue(
        verdict("size: 64M", FILE, EXT4, loop(7, "/srv/a.img", 4096))
            .startsWith("refused: /dev/loop7 shows only 4 KiB of /srv/a.img"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "/sys/block/loop7/loop/backing_file:/srv/b.img | /dev/loop7 is attached to /srv/b.img",
        "/sys/block/loop7/loop/backing_file:/srv/b.img (deleted) | /dev/loop7 is attached to /srv/b.img, deleted",
        "/sys/block/loop3/loop/backing_file:/srv/a.img | /srv/a.img is attached to /dev/loop3, not to /dev/loop7: detach it there first",
        "/sys/block/loop7/loop/backing_file:/srv/a.img~/sys/block/loop3/loop/backing_file:/srv/a.img | /srv/a.img is attached twice, to /dev/loop3 and /dev/loop7: two users would destroy each other's data",
        "/sys/block/loop7/loop/backing_file:/srv/a.img~/sys/block/loop7/loop/offset:512 | /dev/loop7 shows only a part of /srv/a.img (offset 512, limit 0)",
        "/sys/block/loop7/loop/backing_file:/srv/a.img~/sys/block/loop7/ro:1 | /dev/loop7 is attached read-only",
        "/sys/block/loop7/loop/backing_file:/srv/a.img (deleted) | /dev/loop7 is still attached to a deleted image /srv/a.img, which may hold the only copy of its data: save that first, then detach it",
      })
  void anotherAttachmentIsAFact(String loops, String refusal) {
    assertEquals("refused: " + refusal, verdict("device: /dev/loop7", FILE, EXT4, loops));
  }

  @Test
  void whatIsInUseStaysAttached() {
    String mount = "36 22 7:7 / /data rw - ext4 /dev/loop7 rw\n";
    assertEquals(
        "refused: /dev/loop7 is in use: it is mounted at /data",
        verdict("state: detached", FILE, EXT4, ATTACHED, Map.of("mounts", mount)));
    assertEquals(
        "refused: /dev/loop7 is in use: a DRBD resource has it as its disk",
        verdict(
            "state: absent",
            FILE,
            EXT4,
            ATTACHED,
            Map.of("drbd", "/dev/disk/by-id/x\n/dev/loop7\n")));
    assertEquals(
        "refused: /dev/loop7 is in use: dm-0 lies on it",
        verdict(
            "state: detached",
            FILE,
            EXT4,
            ATTACHED,
            Map.of("holders", "/sys/class/block/loop7/holders/dm-0\n")));
    assertEquals(
        "refused: /dev/loop7 is in use: it is a swap area",
        verdict(
            "state: detached", FILE, "", ATTACHED, Map.of("swaps", "/dev/loop7 partition 1\n")));
    assertEquals(
        "detach /dev/loop7 !detaches /dev/loop7 from /srv/a.img; remove the image /srv/a.img"
            + " !! removes /srv/a.img (64 MiB) with the file system ext4 'data' with UUID 95f1"
            + " (/srv/a.img)",
        verdict("state: absent", FILE, EXT4, ATTACHED));
    assertEquals(
        "remove the image /srv/a.img",
        verdict("state: absent", FILE.replace("blocks 8", "blocks 0"), "read~", ""));
    assertEquals("", verdict("state: absent", NONE, "", ""));
    assertEquals("", verdict("state: detached", FILE, "", ""));
  }

  @Test
  void theUnitIsKeptAsItIs() {
    String yaml = "{path: /srv/a.img, device: /dev/loop7}";
    var module = new Losetup();
    String text = LoopUnit.text(TaskText.bind(module, yaml));
    var right =
        Map.of(
            "image",
            FILE.replace('~', '\n'),
            "loops",
            ATTACHED.replace('~', '\n'),
            "unit",
            "there\n" + text,
            "around",
            "enabled\nsystemd\nlosetup\n");
    assertEquals("", new Seeing(right).verdict(module, yaml));
    var other = new HashMap<>(right);
    other.put("unit", "there\n[Unit]\n");
    Change<LoopState> change = Verdict.only(new Seeing(other).decide(module, yaml));
    assertEquals("put " + UNIT, Verdict.steps(change).getFirst());
    other.put("unit", "");
    other.put("around", "losetup\n");
    assertTrue(
        new Seeing(other)
            .verdict(module, yaml)
            .startsWith("impossible: systemd does not run here"));
    assertEquals(
        "no longer attach /srv/a.img at boot",
        new Seeing(right).verdict(module, "{path: /srv/a.img, boot: false}"));
    assertTrue(text.contains("Before=local-fs.target drbd.service"), text);
    assertTrue(text.contains(" \"/srv/a.img\" \"/dev/loop7\"\n"), text);
    assertFalse(text.contains(" $1"), text);
    String odd = LoopUnit.text(TaskText.bind(module, "{path: '/srv/a $b%\"c\\d.img', name: odd}"));
    assertTrue(odd.contains("\"/srv/a $$b%%\\\"c\\\\d.img\" \"\"\n"), odd);
  }

  @ParameterizedTest
  @EnumSource(LocalShell.class)
  @Proves("S0-17")
  void everyShellLooksAndMakesImages(LocalShell shell, @TempDir Path dir) throws IOException {
    var module = new Losetup();
    Path image = dir.resolve("it's an image");
    for (String how : List.of("preallocate: false", "preallocate: true")) {
      LoopWish wish =
          TaskText.bind(module, "{path: \"" + image + "\", size: 1M, boot: false, " + how + "}");
      Probe<LoopState> probe = module.probe(wish);
      LoopState none = Seeing.here(shell, probe);
      assertEquals(LoopState.Kind.MISSING, none.image().kind());
      assertTrue(none.image().parent());
      Change<LoopState> create = new LoopChanges(wish, none).create(wish.size().orElseThrow());
      run(shell, create, 0);
      LoopState made = Seeing.here(shell, probe);
      assertTrue(create.converged().test(made), made.toString());
      assertEquals(image.toRealPath().toString(), made.image().real());
      assertEquals(wish.preallocate(), made.image().written());

      // A second creation finds the file and leaves it.
      Files.writeString(image, "data");
      run(shell, create, 1);
      assertEquals("data", Files.readString(image));
      try (var left = Files.list(dir)) {
        assertEquals(List.of(image), left.toList());
      }
      Files.delete(image);
    }
    Files.createDirectory(image);
    LoopWish wish = TaskText.bind(module, "{path: \"" + image + "\"}");
    assertEquals(LoopState.Kind.OTHER, Seeing.here(shell, module.probe(wish)).image().kind());
  }

  private static void run(LocalShell shell, Change<?> change, int status) {
    for (Step step : change.steps()) {
      LocalShell.Result result = shell.run(((Step.Script) step).text());
      assertEquals(status == 0, result.status() == 0, result.err());
    }
  }

  @Test
  void growingNeverCutsAFileOff(@TempDir Path dir) throws IOException {
    Path image = Files.write(dir.resolve("a.img"), new byte[4096]);
    var module = new Losetup();
    LoopWish wish = TaskText.bind(module, "{path: '" + image + "', size: 2k, grow: true}");
    LoopState seen = Seeing.here(LocalShell.DASH, module.probe(wish));
    Change<LoopState> grow = new LoopChanges(wish, seen).grow(wish.size().orElseThrow());
    assertNotEquals(0, LocalShell.DASH.run(grow.guards().getFirst().text()).status());
  }
}
