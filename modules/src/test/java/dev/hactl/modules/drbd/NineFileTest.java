package dev.hactl.modules.drbd;

import static dev.hactl.modules.drbd.NineReplicas.file;
import static dev.hactl.modules.drbd.NineReplicas.verdict;
import static dev.hactl.modules.drbd.SeenReplicas.wish;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hactl.modules.look.Look;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Resource files of DRBD 9, as they are written and read. */
class NineFileTest {
  /** The resource file as the DRBD 9 User's Guide has its options: fencing in net, unfence-peer. */
  @Test
  void theFileOfTwoNodes() {
    assertEquals(
        """
        # Written by hactl.
        resource sky {
          device /dev/drbd1 minor 1;
          disk /dev/sdb;
          meta-disk internal;
          net {
            verify-alg crc32c;
            fencing resource-and-stonith;
            protocol C;
          }
          disk {
            on-io-error detach;
          }
          options {
            quorum majority;
          }
          handlers {
            fence-peer "/usr/lib/drbd/crm-fence-peer.9.sh";
            unfence-peer "/usr/lib/drbd/crm-unfence-peer.9.sh";
          }
          on db1 {
            node-id 0;
            address ipv4 192.0.2.1:7789;
          }
          on db2 {
            node-id 1;
            address ipv4 192.0.2.2:7789;
          }
        }
        """,
        file(
            wish(
                ", fencing: resource-and-stonith, net: {verify-alg: crc32c}, disk_options:"
                    + " {on-io-error: detach}, options: {quorum: majority}")));
    assertFalse(file(wish("")).contains("handlers"));
    assertFalse(file(wish("")).contains("connection-mesh"));
  }

  /**
   * Who has an id keeps it. Record of what happens otherwise: hwameistor/hwameistor issue 289,
   * "ambiguous node id: meta-data: 2, config: 1" when the disk is attached.
   */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''                    | db1 db2     | db1=0 db2=1",
        "''                    | db2 db1     | db1=1 db2=0",
        "db1=0 db2=1           | db2 db1     | db1=0 db2=1",
        "db1=0 db2=1           | db0 db1 db2 | db0=2 db1=0 db2=1",
        "db1=1 db2=2 db3=3     | db1 db2 db3 | db1=1 db2=2 db3=3",
        "db1=0 db2=1           | db1 db9     | db1=0 db9=1",
        "db1=4 db2=4           | db1 db2     | db1=4 db2=0",
      })
  void nodeIds(String before, String nodes, String after) {
    var old = new StringBuilder("resource sky {\n");
    for (String pair : before.isEmpty() ? new String[0] : before.split(" ", -1)) {
      String[] words = pair.split("=", -1);
      old.append("on \"").append(words[0]).append("\" { node-id ").append(words[1]).append("; }\n");
    }
    var addresses = new LinkedHashMap<String, String>();
    for (String node : nodes.split(" ", -1)) {
      addresses.put(node, "192.0.2." + node.substring(2));
    }
    String text =
        ResourceFile.write(
            wish(""), addresses, true, ResourceFile.nodeIds(old.append('}').toString()));
    var ids = new StringBuilder();
    ResourceFile.nodeIds(text).entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(e -> ids.append(e.getKey()).append('=').append(e.getValue()).append(' '));
    assertEquals(after, ids.toString().strip());
    assertEquals(
        addresses.size() > 2,
        text.contains("  connection-mesh {\n    hosts " + nodes + ";\n  }\n"));
  }

  /**
   * A file that drbdmanage wrote, as LINSTOR does after it: LINBIT/drbd-utils 9.34,
   * tests/v9/release_9_1_1.res, shortened. LINSTOR's lie in /var/lib/linstor.d:
   * LINBIT/linstor-client issue 19.
   */
  @Test
  void whatAnotherToolsFileClaimsIsTaken() {
    String file =
        """
        resource r0 {
           net { allow-two-primaries yes; }
           connection-mesh { hosts undertest pve3; }
            on undertest {
                node-id 1;
                address ipv4 10.1.1.1:7006;
                volume 0 {
                    device minor 143;
                    disk /dev/drbdpool/vm-105-disk-1_00;
                    disk { size 4194304k; }
                    meta-disk internal;
                }
            }
            on pve3 {
                node-id 2;
                address ipv4 10.1.1.3:7006;
                volume 0 { device minor 143; disk none; }
            }
        }
        """;
    assertEquals(
        List.of(
            new ResourceFile.Claims(
                "r0",
                List.of("/dev/drbdpool/vm-105-disk-1_00"),
                List.of(143, 143),
                List.of("10.1.1.1:7006", "10.1.1.3:7006"))),
        ResourceFile.claims(file));
    assertEquals(Map.of("undertest", 1, "pve3", 2), ResourceFile.nodeIds(file));
    DrbdWish wish = wish("");
    assertEquals(
        "refused: /dev/drbd1 on db2 belongs to the resource r0",
        verdict(wish, Map.of(), Map.of("others", file.replace("143", "1"))));
    String asked =
        Objects.requireNonNull(((Look) DrbdProbe.probe(wish).question()).parts().get("others"));
    assertTrue(asked.contains(" /var/lib/linstor.d/*.res;"), asked);
  }
}
