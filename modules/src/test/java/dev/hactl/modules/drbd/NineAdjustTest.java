package dev.hactl.modules.drbd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hactl.modules.drbd.Adjustment.Effect;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/**
 * What {@code drbdadm -d adjust} of DRBD 9 prints. No host of the tests has DRBD 9, so the outputs
 * are records: of LINBIT/drbd-utils 9.34, tests/v9 at b4b2f5b9, which name the expected output of
 * each dry run; and of drbdadm 9.22.0 of Debian 12, run with {@code
 * DRBD_DRIVER_VERSION_OVERRIDE=9.1.4} and {@code FAKE_DRBDSETUP_SHOW} on the files that {@link
 * ResourceFile} writes.
 */
class NineAdjustTest {
  /**
   * A dry run.
   *
   * @param source where it is recorded
   * @param what is to be done
   */
  record Run(String source, String what, Effect effect, String output) {
    @Override
    public String toString() {
      return what + ", " + source;
    }
  }

  static final List<Run> RUNS =
      List.of(
          new Run("drbdadm 9.22.0", "nothing", Effect.NOTHING, ""),
          new Run(
              "drbdadm 9.22.0",
              "a net option",
              Effect.OPTIONS,
              "drbdsetup net-options sky 1 --set-defaults --_name=db2 --protocol=C --max-buffers=8000\n"),
          new Run(
              "drbdadm 9.22.0",
              "a rate, which in 9 belongs to the peer",
              Effect.OPTIONS,
              "drbdsetup peer-device-options sky 1 0 --set-defaults --c-plan-ahead=15 --resync-rate=700M\n"),
          new Run(
              "drbdadm 9.22.0",
              "quorum",
              Effect.OPTIONS,
              "drbdsetup resource-options sky --set-defaults --quorum=majority --auto-promote=no\n"),
          new Run(
              "tests/v9/adjust_bitmap_disable.test",
              "a peer that is no longer configured",
              Effect.INTERRUPTS,
              """
              drbdsetup del-peer r0 1
              drbdsetup disk-options 1 --set-defaults --bitmap=no
              """),
          new Run(
              "tests/v9/adjust_bitmap_enable.test",
              "a peer more",
              Effect.JOINS,
              """
              drbdsetup disk-options 1 --set-defaults
              drbdsetup new-peer r0 1 --_name=peer1
              drbdsetup new-path r0 1 ipv4:10.0.0.1:7789 ipv4:10.0.0.2:7789
              drbdsetup connect r0 1
              """),
          new Run(
              "tests/v9/adjust_set_option_connect.test",
              "options, and a connection that was given up",
              Effect.JOINS,
              """
              drbdsetup net-options r0 0 --set-defaults --_name=n1.ryzen9.home --verify-alg=crc32c
              drbdsetup net-options r0 1 --set-defaults --_name=n2.ryzen9.home --verify-alg=crc32c
              drbdsetup connect r0 0
              """),
          new Run(
              "tests/v9/adjust_order.test",
              "everything, from nothing",
              Effect.JOINS,
              """
              drbdsetup new-resource r0 0
              drbdsetup new-minor r0 1 0
              drbdsetup new-peer r0 1 --_name=lbtest-vm-75.test
              drbdsetup new-path r0 1 ipv4:10.224.10.29:7789 ipv4:10.224.10.37:7789
              drbdsetup peer-device-options r0 1 0 --set-defaults --bitmap=no
              drbdmeta 1 v09 /dev/scratch/day0-add-disk-20250701-105205-disk0 internal repair-md
              drbdmeta 1 v09 /dev/scratch/day0-add-disk-20250701-105205-disk0 internal apply-al
              drbdsetup attach 1 /dev/scratch/day0-add-disk-20250701-105205-disk0 /dev/scratch/day0-add-disk-20250701-105205-disk0 internal --md-flushes=no --disk-flushes=no
              drbdsetup connect r0 1
              """),
          new Run(
              "drbdadm 9.22.0",
              "a disk that was detached",
              Effect.JOINS,
              """
              drbdmeta 1 v09 /dev/sdb internal apply-al
              drbdsetup attach 1 /dev/sdb /dev/sdb internal --al-extents=3389 --on-io-error=detach
              """),
          new Run(
              "tests/v9/adjust_switch_interface_r0.test, shortened",
              "another address",
              Effect.INTERRUPTS,
              """
              drbdsetup disconnect r0 0
              drbdsetup del-path r0 0 ipv4:192.168.122.49:7000 ipv4:192.168.122.47:7000
              drbdsetup new-path r0 0 ipv4:192.168.123.3:7001 ipv4:192.168.123.1:7001
              drbdsetup connect r0 0
              drbdsetup wait-connect-connection r0 0 --wfc-timeout 1 --degr-wfc-timeout 1 --outdated-wfc-timeout 1
              """),
          new Run(
              "tests/v9/adjust_tiebreaker_swap.test",
              "one peer for another",
              Effect.INTERRUPTS,
              """
              drbdsetup new-peer r0 3 --_name=peer3
              drbdsetup new-path r0 3 ipv4:10.36.50.13:7791 ipv4:10.36.50.11:7791
              drbdsetup connect r0 3
              drbdsetup wait-connect-connection r0 3 --wfc-timeout 1 --degr-wfc-timeout 1 --outdated-wfc-timeout 1
              drbdsetup del-peer r0 0
              """),
          new Run(
              "drbdadm 9.22.0",
              "another disk",
              Effect.REPLACES,
              """
              drbdsetup detach --diskless 1
              drbdmeta 1 v09 /dev/sdc internal apply-al
              drbdsetup attach 1 /dev/sdc /dev/sdc internal --al-extents=3389 --on-io-error=detach
              """),
          new Run(
              "drbdadm 9.22.0",
              "another device",
              Effect.REPLACES,
              """
              drbdsetup detach --diskless 1
              drbdsetup del-minor 1
              drbdsetup new-minor sky 2 0
              drbdsetup peer-device-options sky 1 0 --set-defaults
              drbdmeta 2 v09 /dev/sdb internal apply-al
              drbdsetup attach 2 /dev/sdb /dev/sdb internal --al-extents=3389
              """),
          new Run(
              "drbdadm 9.22.0, told of more than it knows by a newer drbdsetup",
              "an error is no plan",
              Effect.REPLACES,
              """
              drbdsetup show:20: Parse error: 'host | net | skip | }' expected,
              \tbut got '_cstate' (TK 281)
              """));

  @ParameterizedTest
  @FieldSource("RUNS")
  void effect(Run run) {
    assertEquals(run.effect(), Adjustment.parse(run.output()).effect());
  }

  /**
   * tests/v9/bugfixrelease.test of drbd-utils 9.34; the secret is the one that is printed there.
   */
  @Test
  void aSecretWithSignsIsHidden() {
    Adjustment adjustment =
        Adjustment.parse(
            """

               found __DRBD_NODE__ in environment
               PRETENDING that I am >>undertest<<

            drbdsetup new-peer r0 2 --_name=pve3 --cram-hmac-alg=sha1 --shared-secret=EIUhGoz9e+FUY+XB/wX3 --allow-two-primaries=yes
            """);
    assertEquals(
        List.of(
            "drbdsetup new-peer r0 2 --_name=pve3 --cram-hmac-alg=sha1 --shared-secret=<secret>"
                + " --allow-two-primaries=yes"),
        adjustment.commands());
    assertFalse(adjustment.empty());
    assertTrue(Adjustment.parse("'sky' not defined in your config (for this host).\n").empty());
  }
}
