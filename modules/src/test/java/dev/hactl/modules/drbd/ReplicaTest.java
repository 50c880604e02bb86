package dev.hactl.modules.drbd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What runs, in the words of drbdsetup. */
class ReplicaTest {
  /** {@code drbdsetup events2 --now --statistics} with DRBD 8.4.11 and drbd-utils 9.22. */
  @Test
  void of84() {
    List<Replica> all =
        Replica.parse(
            """
            exists resource name:r0 role:Secondary suspended:no write-ordering:flush
            exists connection name:r0 peer-node-id:0 conn-name:peer connection:Connecting role:Unknown congested:no
            exists device name:r0 volume:0 minor:1 disk:Inconsistent size:1048508 read:0 written:0 al-writes:8
            exists peer-device name:r0 peer-node-id:0 conn-name:peer volume:0 replication:Off peer-disk:DUnknown resync-suspended:no received:0 sent:0 out-of-sync:1048508 pending:0 unacked:0
            exists -
            """);
    Replica r0 = Replica.of("r0", all).orElseThrow();
    assertEquals("Secondary, Inconsistent, Connecting", r0.show());
    assertEquals(List.of(1), r0.minors());
    assertEquals(1048508, r0.outOfSync());
    assertFalse(r0.connected() || r0.upToDate() || r0.syncing() || r0.standAlone());
  }

  /** The words of DRBD 9 for three nodes, after drbdsetup-9.0(8), events2, and LINSTOR's tests. */
  @Test
  void of9() {
    List<Replica> all =
        Replica.parse(
            """
            exists resource name:sky role:Primary suspended:no may_promote:no promotion_score:10102
            exists connection name:sky peer-node-id:1 conn-name:db2 connection:Connected role:Secondary
            exists connection name:sky peer-node-id:2 conn-name:db3 connection:Connected role:Secondary
            exists device name:sky volume:0 minor:1000 disk:UpToDate client:no quorum:yes
            exists peer-device name:sky peer-node-id:1 conn-name:db2 volume:0 replication:Established peer-disk:UpToDate peer-client:no resync-suspended:no
            exists peer-device name:sky peer-node-id:2 conn-name:db3 volume:0 replication:SyncSource peer-disk:Inconsistent peer-client:no resync-suspended:no out-of-sync:4096
            exists -
            """);
    Replica sky = Replica.of("sky", all).orElseThrow();
    assertTrue(sky.primary() && sky.upToDate() && sky.connected() && sky.syncing());
    assertEquals(
        "Primary, UpToDate, Established to UpToDate, SyncSource to Inconsistent", sky.show());
    assertEquals(4096, sky.outOfSync());
  }

  @Test
  void nothingRuns() {
    assertEquals(List.of(), Replica.parse("exists -\n"));
  }
}
