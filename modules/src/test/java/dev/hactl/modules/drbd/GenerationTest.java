package dev.hactl.modules.drbd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hactl.modules.drbd.Generation.Relation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a replica's identifiers say of its data. */
class GenerationTest {
  private static Generation gi(String ids) {
    return Generation.parse(ids + ":1:1:0:1:0:0:0").orElseThrow();
  }

  private static String id(String digit) {
    return digit.equals("0")
        ? "0".repeat(16)
        : digit.equals("4") ? "0".repeat(15) + "4" : digit.repeat(16);
  }

  private static Generation of(String letters) {
    return gi(
        String.join(":", letters.chars().mapToObj(c -> id(String.valueOf((char) c))).toList()));
  }

  @ParameterizedTest
  @CsvSource({
    "4000, A000, NEW",
    "4000, 4000, NEW",
    "A000, A000, SAME",
    "BA00, A000, FIRST_NEWER",
    "C0A0, A000, FIRST_NEWER",
    "A000, BA00, SECOND_NEWER",
    "BA00, CA00, DIVERGED",
    "B0A0, C0A0, DIVERGED",
    "B0D0, CD00, DIVERGED",
    "B0E0, C0F0, UNRELATED",
    "B000, C000, UNRELATED",
  })
  void relation(String one, String two, Relation relation) {
    assertEquals(relation, of(one).to(of(two)));
  }

  /** Seen with DRBD 8.4.11: both were Primary while the link was cut. */
  @Test
  void whatASplitBrainLeft() {
    Generation one = gi("48B43B44EA7CDD23:5E0D39588D3CDC93:D1BCDB00B35CE8C0:0000000000000000");
    Generation two = gi("99537D4319FD941E:5E0D39588D3CDC92:D1BCDB00B35CE8C0:0000000000000000");
    assertEquals(Relation.DIVERGED, one.to(two));
    assertTrue(one.upToDate());
  }

  @Test
  void theLowestBitIsNoDifference() {
    assertEquals(
        Relation.SAME,
        gi("5E0D39588D3CDC92:0000000000000000:0000000000000000:0000000000000000")
            .to(gi("5E0D39588D3CDC93:0000000000000000:0000000000000000:0000000000000000")));
  }

  /** {@code drbdmeta 1 v08 /dev/ubdb internal dump-md} of drbd-utils 9.22. */
  @Test
  void metadataOf84() {
    String dump =
        """
        # DRBD meta data dump
        version "v08";

        # md_size_sect 136
        uuid {
            0x%s; 0x0000000000000000; 0x0000000000000000; 0x0000000000000000;
            flags 0x%s;
        }
        # al-extents 257;
        la-size-sect 0;
        bm {
        """;
    assertTrue(
        Generation.parse(dump.formatted("0000000000000004", "00000000")).orElseThrow().isNew());
    Generation used =
        Generation.parse(dump.formatted("5E0D39588D3CDC92", "00000011")).orElseThrow();
    assertFalse(used.isNew());
    assertTrue(used.upToDate());
    assertEquals("5E0D39588D3CDC92", used.show());
  }

  /** {@code drbdmeta 1 v09 /dev/ubdb internal dump-md} of drbd-utils 9.22, shortened. */
  @Test
  void metadataOf9() {
    String dump =
        """
        version "v09";

        max-peers 1;
        node-id -1;
        current-uuid 0x0000000000000004;
        flags 0x00000080;
        peer[0] {
            bitmap-index -1;
            bitmap-uuid 0x0000000000000000;
            bitmap-dagtag 0x0000000000000000;
            flags 0x00000000;
        }
        history-uuids {
                0x0000000000000000; 0x0000000000000000; 0x0000000000000000; 0x0000000000000000;
        }
        """;
    assertTrue(Generation.parse(dump).orElseThrow().isNew());
    String used =
        dump.replace("current-uuid 0x0000000000000004", "current-uuid 0x8DE13B1FF0FC9D0A")
            .replace("flags 0x00000080", "flags 0x00000091")
            .replaceFirst("bitmap-uuid 0x0{16}", "bitmap-uuid 0xAAAAAAAAAAAAAAAA");
    Generation generation = Generation.parse(used).orElseThrow();
    assertFalse(generation.isNew());
    assertTrue(generation.upToDate());
    assertEquals(Relation.FIRST_NEWER, generation.to(of("A000")));
  }

  @Test
  void nothingIsReadIntoOtherTexts() {
    assertTrue(Generation.parse("No valid meta data found\n").isEmpty());
    assertTrue(Generation.parse("Found meta data is \"unclean\", please apply-al first").isEmpty());
  }
}
