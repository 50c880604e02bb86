package dev.hactl.modules.drbd;

import static dev.hactl.modules.drbd.SeenReplicas.TASK;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hactl.engine.module.LocalShell;
import dev.hactl.modules.TaskText;
import dev.hactl.modules.drbd.DrbdState.Metadata;
import dev.hactl.modules.look.Look;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/**
 * Metadata of DRBD 9. No host of the tests has it; its tools have: the texts are those of drbdmeta
 * 9.22.0 of Debian 12 on a file, and what others recorded of the kernel.
 */
class NineMetadataTest {
  private static final String NONE = "No valid meta data found\n";

  private static final String UNCLEAN = "Found meta data is \"unclean\", please apply-al first\n";

  /** drbdmeta 9.22.0: {@code dump-md} after {@code create-md 3}; peers 2 to 31 are as peer 1. */
  private static final String CREATED =
      """
      # DRBD meta data dump
      # 2026-11-22 13:35:46 +0000 [1795354546]
      #

      version "v09";

      max-peers 3;
      # md_size_sect 88
      # md_offset 67104768
      # al_offset 67072000
      # bm_offset 67063808

      node-id -1;
      current-uuid 0x0000000000000004;
      flags 0x00000080;
      peer[0] {
          bitmap-index -1;
          bitmap-uuid 0x0000000000000000;
          bitmap-dagtag 0x0000000000000000;
          flags 0x00000000;
      }
      peer[1] {
          bitmap-index -1;
          bitmap-uuid 0x0000000000000000;
          bitmap-dagtag 0x0000000000000000;
          flags 0x00000000;
      }
      history-uuids {
              0x0000000000000000; 0x0000000000000000; 0x0000000000000000; 0x0000000000000000;
              0x0000000000000000; 0x0000000000000000; 0x0000000000000000; 0x0000000000000000;
      }
      # al-extents 257;
      la-size-sect 0;
      bm-byte-per-bit 4096;
      """;

  /** The same after {@code set-gi} for the peer 1. */
  private static final String USED =
      CREATED
          .replace("max-peers 3", "max-peers 2")
          .replace("current-uuid 0x0000000000000004", "current-uuid 0x8DE13B1FF0FC9D0A")
          .replace("flags 0x00000080", "flags 0x00000091")
          .replace(
              """
              peer[1] {
                  bitmap-index -1;
                  bitmap-uuid 0x0000000000000000;
                  bitmap-dagtag 0x0000000000000000;
                  flags 0x00000000;
              """,
              """
              peer[1] {
                  bitmap-index -1;
                  bitmap-uuid 0x5E0D39588D3CDC92;
                  bitmap-dagtag 0x0000000000000000;
                  flags 0x00000011; # connected | seen
              """)
          .replaceFirst(
              "        0x0000000000000000; 0x0000000000000000",
              "        0xD1BCDB00B35CE8C0; 0x0000000000000000");

  /**
   * drbdmeta 9.22.0: {@code --force dump-md} of metadata that a crash left. The line with members
   * is of 9.27 and later: LINBIT/drbd-utils e4f8b7b2.
   */
  private static final String CRASHED =
      USED.replace(
              "version \"v09\";\n",
              """
              version "v09";

              This_is_an_unclean_meta_data_dump._Don't_trust_the_bitmap.
              # You should "apply-al" first, if you plan to restore this.
              """)
          .replace("0x8DE13B1FF0FC9D0A", "0x8DE13B1FF0FC9D0B")
          .replace("flags 0x00000091;", "flags 0x00000053;\nmembers 0x0000000000000003;");

  /** drbdmeta 9.22.0, v08, after {@code create-md}. */
  private static final String OLD =
      """
      # DRBD meta data dump

      version "v08";

      # md_size_sect 80
      uuid {
          0x0000000000000004; 0x0000000000000000; 0x0000000000000000; 0x0000000000000000;
          flags 0x00000000;
      }
      # al-extents 257;
      la-size-sect 0;
      bm-byte-per-bit 4096;
      """;

  /** drbdmeta 9.22.0, {@code --node-id=1 get-gi} and {@code --node-id=0 get-gi}. */
  static final String SHOWN =
      """
      8DE13B1FF0FC9D0A:5E0D39588D3CDC92:D1BCDB00B35CE8C0:0000000000000000:1:1:0:0:1:0:0:1:0:0:0:1
      8DE13B1FF0FC9D0A:0000000000000000:D1BCDB00B35CE8C0:0000000000000000:1:1:0:0:1:0:0:0:0:0:0:0
      """;

  /**
   * A disk, and what is to be read of it.
   *
   * @param version how /proc/drbd begins
   * @param runs whether the resource runs
   * @param nine what {@code drbdmeta ... v09 ... dump-md} prints
   * @param forced the same with {@code --force}
   * @param eight what it prints for v08
   */
  record Case(
      String what,
      String version,
      boolean runs,
      String nine,
      String forced,
      String eight,
      String read) {
    @Override
    public String toString() {
      return what;
    }
  }

  /** LINBIT/drbd issues 45 and 145, and hwameistor/hwameistor, post_check.md at 1dbeaee9. */
  private static final String V917 = "version: 9.1.7 (api:2/proto:110-121)\n";

  private static final String V933 = "version: 9.3.3 (api:2/proto:118-124)\n";
  private static final String V9032 =
      """
      version: 9.0.32-1 (api:2/proto:86-121)
      GIT-hash: 7d2933d5a3764fcc5e0bf54b71fd9cfb0363be1a build by @4904565a901d, 2022-09-07 08:53:17
      Transports (api:17): tcp (9.0.32-1)
      """;

  private static final String V84 = "version: 8.4.11 (api:1/proto:86-101)\n";

  static final List<Case> DISKS =
      List.of(
          new Case("nothing", V917, false, NONE, NONE, NONE, "none"),
          new Case("just made", V933, false, CREATED, "", NONE, "new, 3 slots"),
          new Case(
              "in use before", V9032, false, USED, "", NONE, "8DE13B1FF0FC9D0A UpToDate, 2 slots"),
          new Case(
              "after a crash",
              V917,
              false,
              UNCLEAN,
              CRASHED,
              NONE,
              "8DE13B1FF0FC9D0B UpToDate, 2 slots"),
          new Case("of 8.4, under 9", V917, false, NONE, NONE, OLD, "other v08"),
          new Case("of 8.4 after a crash, under 9", V917, false, NONE, NONE, UNCLEAN, "other v08"),
          new Case("of 9, under 8.4", V84, false, USED, "", NONE, "other v09"),
          new Case("nothing, under 8.4", V84, false, NONE, NONE, NONE, "none"),
          new Case("just made, under 8.4", V84, false, NONE, NONE, OLD, "new, 1 slots"),
          new Case(
              "of 8.4 after a crash",
              V84,
              false,
              NONE,
              NONE,
              UNCLEAN,
              "BBBBBBBBBBBBBBBB UpToDate, 0 slots"),
          new Case("running", V917, true, "", "", "", "8DE13B1FF0FC9D0A UpToDate, 0 slots"));

  private static String stand(Case disk, Path folder) throws IOException {
    Files.writeString(folder.resolve("proc"), disk.version());
    Files.writeString(folder.resolve("v09"), disk.nine());
    Files.writeString(folder.resolve("forced"), disk.forced());
    Files.writeString(folder.resolve("v08"), disk.eight());
    Files.writeString(folder.resolve("disk"), "");
    Files.writeString(folder.resolve("gi"), SHOWN);
    return """
    drbdadm() { cat FOLDER/gi; }
    drbdsetup() { RUNS; }
    drbdmeta() {
      case "$*" in
        "1 v09 FOLDER/disk internal dump-md") cat FOLDER/v09 ;;
        "--force 1 v09 FOLDER/disk internal dump-md") cat FOLDER/forced ;;
        "1 v08 FOLDER/disk internal dump-md") cat FOLDER/v08 ;;
        "1 v08 FOLDER/disk internal get-gi")
          echo BBBBBBBBBBBBBBBB:AAAAAAAAAAAAAAAA:0000000000000000:0000000000000000:1:1:0:0:0:0:0 ;;
        *) echo "unexpected: $*" ;;
      esac
    }
    """
        .replace("FOLDER", folder.toString())
        .replace("RUNS", disk.runs() ? "echo resource" : ":");
  }

  private static String show(Metadata metadata) {
    return switch (metadata) {
      case Metadata.None n -> "none";
      case Metadata.Found(Generation g) ->
          "%s, %d slots"
              .formatted(
                  g.isNew() ? "new" : g.show() + (g.upToDate() ? " UpToDate" : ""), g.slots());
      case Metadata.Other(String format) -> "other " + format;
      case Metadata.Unreadable(String why) -> "unreadable: " + why;
    };
  }

  @ParameterizedTest
  @FieldSource("DISKS")
  void metadata(Case disk, @TempDir Path folder) throws IOException {
    DrbdWish wish =
        TaskText.bind(
            new Drbd(), TASK.formatted("").replace("/dev/sdb", folder.resolve("disk").toString()));
    var question = (Look) DrbdProbe.probe(wish).question();
    String asked =
        Objects.requireNonNull(question.parts().get("md"))
            .replace("/proc/drbd", folder.resolve("proc").toString());
    for (LocalShell shell : LocalShell.values()) {
      LocalShell.Result result = shell.run(stand(disk, folder) + asked);
      assertEquals(disk.read(), show(DrbdProbe.metadata(result.out())), shell + "\n" + result);
    }
  }
}
