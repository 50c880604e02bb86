package dev.hactl.modules.drbd;

import static dev.hactl.modules.drbd.SeenReplicas.wish;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hactl.lab.Proves;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Resource files, as they are written and read. */
class ResourceFileTest {
  @Test
  @Proves("S0-18")
  void theFile() {
    DrbdWish wish =
        wish(
            ", fencing: resource-only, net: {verify-alg: crc32c, after-sb-0pri: discard-zero-changes},"
                + " disk_options: {on-io-error: detach}");
    assertEquals(
        """
        # Written by hactl.
        resource sky {
          device /dev/drbd1 minor 1;
          disk /dev/sdb;
          meta-disk internal;
          net {
            verify-alg crc32c;
            after-sb-0pri discard-zero-changes;
            protocol C;
          }
          disk {
            on-io-error detach;
            fencing resource-only;
          }
          handlers {
            fence-peer "/usr/lib/drbd/crm-fence-peer.sh";
            after-resync-target "/usr/lib/drbd/crm-unfence-peer.sh";
          }
          on db1 {
            address ipv4 192.0.2.1:7789;
          }
          on db2 {
            address ipv4 192.0.2.2:7789;
          }
        }
        """,
        ResourceFile.write(
            wish,
            new LinkedHashMap<>(Map.of("db1", "192.0.2.1")) {
              private static final long serialVersionUID = 1L;

              {
                put("db2", "192.0.2.2");
              }
            },
            false,
            Map.of()));
  }

  /** All that the source system's skydata.res says. */
  @Test
  @Proves("S0-18")
  void everyOptionIsWrittenAsItIsGiven() {
    String net =
        "verify-alg crc32c; csums-alg crc32c; max-buffers 10000; max-epoch-size 10000; sndbuf-size"
            + " 0; rcvbuf-size 0; after-sb-0pri discard-zero-changes; after-sb-1pri"
            + " discard-secondary; after-sb-2pri disconnect; protocol C;";
    String disk =
        "al-extents 3389; on-io-error detach; c-plan-ahead 15; c-fill-target 2M; c-min-rate 50M;"
            + " c-max-rate 720M; resync-rate 720M;";
    String given =
        ", net: {%s}, disk_options: {%s}"
            .formatted(
                net.replace(" protocol C;", "").replaceAll("(\\S+) (\\S+);", "$1: $2,"),
                disk.replaceAll("(\\S+) (\\S+);", "$1: $2,"));
    var addresses = new LinkedHashMap<String, String>();
    addresses.put("db1", "192.0.2.1");
    addresses.put("db2", "192.0.2.2");
    String file =
        ResourceFile.write(wish(given), addresses, false, Map.of()).replaceAll("\\s+", " ");
    assertTrue(file.contains("net { " + net + " }"), file);
    assertTrue(file.contains("disk { " + disk + " }"), file);
  }

  @Test
  void otherFilesClaims() {
    var claims =
        ResourceFile.claims(
            """
            # resource none { disk /dev/x; }
            resource "mail" {
              protocol C; device /dev/drbd4 minor 4; meta-disk internal;
              disk { on-io-error detach; }
              on a { disk "/dev/vg0/mail"; address ipv4 192.0.2.1:7790; }
              on b { disk /dev/sdc; address 192.0.2.2:7790; }
            }
            """);
    assertEquals(
        List.of(
            new ResourceFile.Claims(
                "mail",
                List.of("/dev/vg0/mail", "/dev/sdc"),
                List.of(4, 4),
                List.of("192.0.2.1:7790", "192.0.2.2:7790"))),
        claims);
  }
}
