package dev.hactl.modules.drbd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hactl.modules.drbd.Adjustment.Effect;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Dry runs of drbdadm adjust, as drbd-utils 9.22 prints them. */
class AdjustmentTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | NOTHING",
        "drbdsetup-84 net-options ipv4:10.0.0.1:7789 ipv4:10.0.0.2:7789 --set-defaults | OPTIONS",
        "drbdsetup-84 disk-options 1 --set-defaults --al-extents=3389 | OPTIONS",
        "drbdmeta 1 v08 /dev/ubdb internal apply-al | JOINS",
        "drbdsetup-84 attach 1 /dev/ubdb /dev/ubdb internal | JOINS",
        "drbdsetup-84 connect r0 ipv4:10.0.0.1:7789 ipv4:10.0.0.2:7789 | JOINS",
        "drbdsetup-84 disconnect ipv4:10.0.0.1:7789 ipv4:10.0.0.2:7789 | INTERRUPTS",
        "drbdsetup-84 detach 1 | REPLACES",
        "drbdsetup-84 resize 1 | REPLACES",
        "drbdsetup-84 del-minor 1 | REPLACES",
        "drbdsetup new-peer r0 1 --_name=db2 | JOINS",
        "drbdsetup del-peer r0 1 | INTERRUPTS",
        "drbdsetup peer-device-options r0 1 0 --set-defaults | OPTIONS",
      })
  void effect(String command, Effect effect) {
    assertEquals(effect, Adjustment.parse(command).effect());
  }

  @Test
  void theStrongestCounts() {
    assertEquals(
        Effect.INTERRUPTS,
        Adjustment.parse(
                """
                drbdsetup-84 disconnect ipv4:10.0.0.1:7789 ipv4:10.0.0.2:7789
                drbdsetup-84 connect r0 ipv4:10.0.0.1:7790 ipv4:10.0.0.2:7790
                """)
            .effect());
  }

  @ParameterizedTest
  @ValueSource(strings = {"abc", "a\\ b", "'a b'", "\"a b\"c"})
  void secretsAreHidden(String secret) {
    Adjustment adjustment =
        Adjustment.parse(
            "drbdsetup-84 net-options a b --shared-secret=" + secret + " --protocol=A");
    assertTrue(adjustment.commands().getFirst().endsWith("--shared-secret=<secret> --protocol=A"));
  }
}
