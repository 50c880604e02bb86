package dev.hactl.modules.drbd;

import static dev.hactl.modules.drbd.NineMetadataTest.SHOWN;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hactl.modules.drbd.Generation.Relation;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the identifiers of DRBD 9 say of two replicas. */
class NineGenerationTest {
  /** A connection was lost to one peer of two; which, the first line alone does not tell. */
  @ParameterizedTest
  @CsvSource({
    "5E0D39588D3CDC92, FIRST_NEWER",
    "D1BCDB00B35CE8C1, FIRST_NEWER",
    "8DE13B1FF0FC9D0B, SAME",
    "1111111111111110, UNRELATED",
  })
  void allPeersCount(String other, Relation relation) {
    Generation one = Generation.parse(SHOWN).orElseThrow();
    Generation turned =
        Generation.parse(String.join("\n", SHOWN.lines().toList().reversed()) + "\n").orElseThrow();
    Generation peer =
        Generation.parse(
                other + ":0000000000000000:0000000000000000:0000000000000000:1:1:0:0:1:0:0")
            .orElseThrow();
    assertEquals(relation, one.to(peer));
    assertEquals(relation, turned.to(peer));
  }

  /**
   * What the kernel of DRBD 9 said of two replicas when they met, {@code drbd_sync_handshake}, and
   * what is read of the same identifiers. The last is a resync whose end one of them missed: DRBD
   * knows that from bitmaps that are not asked for here, and without a connection a person decides.
   * No record shows the identifiers of a split brain under 9; those of 8.4 are in {@link
   * GenerationTest}.
   */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "LINBIT/drbd issue 109, 9.1.18"
            + "| F245EDB55E4884C8:0000000000000000:0CB3D8A1D4F0B6B2:FC83A145D1859A94"
            + "| BCE93256922930CB:F245EDB55E4884C9:7B495BE823DDD280:287B79D7459CA5F0"
            + "| target-use-bitmap by rule=bitmap-peer | SECOND_NEWER",
        "LINBIT/linstor-server issue 121"
            + "| 621D4566C558A804:0000000000000000:0000000000000000:0000000000000000"
            + "| CE2F1BB0BC36C297:621D4566C558A804:0000000000000000:0000000000000000"
            + "| target-use-bitmap by rule 50 | SECOND_NEWER",
        "LINBIT/drbd-utils issue 11, protocol 121"
            + "| A0E9DACF6B43BCF2:F4806E4FA9B73588:C20D291DD4A0A31C:0000000000000000"
            + "| A0E9DACF6B43BCF2:F4806E4FA9B73588:C20D291DD4A0A31C:7FD2384958ED0E0A"
            + "| no-sync by rule=lost-quorum | SAME",
        "LINBIT/linstor-server issue 450, 9.2.13"
            + "| 8DEE0C5958B7C8AA:0C0F5C8FEE45D9F2:0000000000000000:0000000000000000"
            + "| 8DEE0C5958B7C8AA:0C0F5C8FEE45D9F2:0000000000000000:0000000000000000"
            + "| retry-connect by rule=initial-handshake-changed | SAME",
        "LINBIT/linstor-server issue 218"
            + "| 937E8252872EE878:0000000000000000:63171F02BF6E7AFA:0000000000000000"
            + "| 71C2C524771332C6:63171F02BF6E7AFA:0000000000000000:0000000000000000"
            + "| target-clear-bitmap by rule 52 | DIVERGED",
      })
  void handshake(String source, String self, String peer, String kernel, Relation relation) {
    String flags = ":1:1:0:0:1:0:0:0:0:0:0:0";
    assertEquals(
        relation,
        Generation.parse(self + flags)
            .orElseThrow()
            .to(Generation.parse(peer + flags).orElseThrow()),
        source + ": " + kernel);
  }
}
