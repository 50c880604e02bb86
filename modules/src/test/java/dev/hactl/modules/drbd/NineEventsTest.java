package dev.hactl.modules.drbd;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** {@code drbdsetup events2 --now} of DRBD 9, as others recorded it. */
class NineEventsTest {
  /**
   * What was printed of one resource.
   *
   * @param source where it is recorded
   * @param shown as an operator reads it
   * @param truths what holds: Primary, upToDate, connected, syncing, inSync, standAlone
   * @param outOfSync KiB
   * @param events with lines joined that the source breaks
   */
  record Seen(
      String source,
      String shown,
      String truths,
      List<Integer> minors,
      long outOfSync,
      String events) {
    @Override
    public String toString() {
      return shown + ", " + source;
    }
  }

  static final List<Seen> ALL =
      List.of(
          new Seen(
              "LINBIT/linstor-server, DrbdEventsMonitorTest.java at 77e770f3",
              "Secondary, UpToDate, Established to UpToDate",
              "upToDate connected inSync",
              List.of(1000),
              0,
              """
              exists resource name:rsc0 role:Secondary suspended:no may_promote:no promotion_score:10102
              exists connection name:rsc0 peer-node-id:1 conn-name:node-b connection:Connected role:Secondary
              exists device name:rsc0 volume:0 minor:1000 disk:UpToDate client:no quorum:yes
              exists peer-device name:rsc0 peer-node-id:1 conn-name:node-b volume:0 replication:Established peer-disk:UpToDate peer-client:no resync-suspended:no
              exists -
              """),
          new Seen(
              "centreon/centreon-plugins, src/apps/drbd/local/mode/resources.pm at 3d67f085",
              "Secondary, UpToDate, Established to UpToDate, Established to UpToDate",
              "upToDate connected inSync",
              List.of(1),
              0,
              """
              exists resource name:drbd1 role:Secondary suspended:no write-ordering:flush
              exists connection name:drbd1 peer-node-id:0 conn-name:central-2004 connection:Connected role:Primary congested:no ap-in-flight:0 rs-in-flight:0
              exists connection name:drbd1 peer-node-id:1 conn-name:poller-2004-1 connection:Connected role:Secondary congested:no ap-in-flight:0 rs-in-flight:0
              exists device name:drbd1 volume:0 minor:1 disk:UpToDate client:no quorum:yes size:765868 read:0 written:765868 al-writes:0 bm-writes:0 upper-pending:0 lower-pending:0 al-suspended:no blocked:no
              exists peer-device name:drbd1 peer-node-id:0 conn-name:central-2004 volume:0 replication:Established peer-disk:UpToDate peer-client:no resync-suspended:no received:765868 sent:0 out-of-sync:0 pending:0 unacked:0
              exists peer-device name:drbd1 peer-node-id:1 conn-name:poller-2004-1 volume:0 replication:Established peer-disk:UpToDate peer-client:no resync-suspended:no received:0 sent:0 out-of-sync:0 pending:0 unacked:0
              exists -
              """),
          new Seen(
              "LINBIT/linbit-documentation, UG9/en/drbd-administration-manual.adoc at 9a13cb5e",
              "Secondary, UpToDate, Established to UpToDate",
              "upToDate connected inSync",
              List.of(7, 8),
              0,
              """
              exists resource name:r0 role:Secondary suspended:no write-ordering:drain
              exists connection name:r0 peer-node-id:1 conn-name:remote-host connection:Connected role:Secondary congested:no
              exists device name:r0 volume:0 minor:7 disk:UpToDate size:6291228 read:6397188 written:131844 al-writes:34 bm-writes:0 upper-pending:0 lower-pending:0 al-suspended:no blocked:no
              exists device name:r0 volume:1 minor:8 disk:UpToDate size:104854364 read:5910680 written:6634548 al-writes:417 bm-writes:0 upper-pending:0 lower-pending:0 al-suspended:no blocked:no
              exists peer-device name:r0 peer-node-id:1 conn-name:remote-host volume:0 replication:Established peer-disk:UpToDate resync-suspended:no received:0 sent:131844 out-of-sync:0 pending:0 unacked:0
              exists peer-device name:r0 peer-node-id:1 conn-name:remote-host volume:1 replication:Established peer-disk:UpToDate resync-suspended:no received:0 sent:6634548 out-of-sync:0 pending:0 unacked:0
              exists -
              """),
          new Seen(
              "the same, with one volume behind as tests/v9/events2-sync.test of drbd-utils 9.34"
                  + " has it",
              "Secondary, UpToDate, SyncSource to Inconsistent",
              "upToDate connected syncing",
              List.of(7, 8),
              2500,
              """
              exists resource name:r0 role:Secondary suspended:no write-ordering:drain
              exists connection name:r0 peer-node-id:1 conn-name:remote-host connection:Connected role:Secondary congested:no
              exists device name:r0 volume:0 minor:7 disk:UpToDate
              exists device name:r0 volume:1 minor:8 disk:UpToDate
              exists peer-device name:r0 peer-node-id:1 conn-name:remote-host volume:0 replication:Established peer-disk:UpToDate resync-suspended:no received:0 sent:131844 out-of-sync:0 pending:0 unacked:0
              exists peer-device name:r0 peer-node-id:1 conn-name:remote-host volume:1 replication:SyncSource peer-disk:Inconsistent peer-client:no done:37.50 received:5 sent:10 out-of-sync:2500 pending:30 unacked:40 dbdt1:0.24 eta:10
              exists -
              """),
          new Seen(
              "tests/v9/events2-all-create-change.test of drbd-utils 9.34, 'create' as 'exists'",
              "Secondary, Diskless, StandAlone",
              "standAlone",
              List.of(1000),
              0,
              """
              exists resource name:some-resource role:Secondary suspended:no force-io-failures:no write-ordering:none may_promote:no promotion_score:0
              exists device name:some-resource volume:0 minor:1000 backing_dev:none disk:Diskless client:no open:no quorum:yes size:5 read:10 written:15 al-writes:40 bm-writes:50 upper-pending:60 lower-pending:70 al-suspended:no blocked:no
              exists connection name:some-resource peer-node-id:1 conn-name:some-peer connection:StandAlone role:Unknown congested:no ap-in-flight:10 rs-in-flight:20
              exists peer-device name:some-resource peer-node-id:1 conn-name:some-peer volume:0 replication:Off peer-disk:DUnknown peer-client:no resync-suspended:no received:5 sent:10 out-of-sync:0 pending:30 unacked:40
              exists path name:some-resource peer-node-id:1 conn-name:some-peer local:ipv4:1.2.3.4:7789 peer:ipv4:5.6.7.8:7790 established:no
              exists -
              """),
          new Seen(
              "LINBIT/drbdtop issue 7 (drbdsetup status), in the words of events2",
              "Secondary, UpToDate, Established to UpToDate, Established to Diskless",
              "upToDate connected inSync",
              List.of(1004),
              0,
              """
              exists resource name:myres-0 role:Secondary suspended:no write-ordering:flush
              exists connection name:myres-0 peer-node-id:0 conn-name:m7c7 connection:Connected role:Secondary congested:no
              exists connection name:myres-0 peer-node-id:2 conn-name:m8c27 connection:Connected role:Primary congested:no
              exists device name:myres-0 volume:0 minor:1004 disk:UpToDate client:no quorum:yes
              exists peer-device name:myres-0 peer-node-id:0 conn-name:m7c7 volume:0 replication:Established peer-disk:UpToDate resync-suspended:no out-of-sync:0
              exists peer-device name:myres-0 peer-node-id:2 conn-name:m8c27 volume:0 replication:Established peer-disk:Diskless peer-client:yes resync-suspended:no
              exists -
              """),
          new Seen(
              "LINBIT/drbd issue 30 (9.0.23, drbdsetup status), in the words of events2",
              "Primary, UpToDate, Established to UpToDate",
              "Primary upToDate connected inSync",
              List.of(8),
              12,
              """
              exists resource name:r008 role:Primary suspended:no write-ordering:flush
              exists connection name:r008 peer-node-id:1 conn-name:fs100 connection:Connected role:Secondary congested:no
              exists device name:r008 volume:0 minor:8 disk:UpToDate quorum:yes size:109757124
              exists peer-device name:r008 peer-node-id:1 conn-name:fs100 volume:0 replication:Established peer-disk:UpToDate resync-suspended:no received:0 sent:105028 out-of-sync:12 pending:0 unacked:0
              exists -
              """),
          new Seen(
              "LINBIT/drbd-reactor issue 1 (9.0.28, drbdadm status), in the words of events2",
              "Secondary, UpToDate, Connecting, Connecting",
              "upToDate",
              List.of(1000),
              0,
              """
              exists resource name:linstor_db role:Secondary suspended:no
              exists connection name:linstor_db peer-node-id:1 conn-name:colo-srv-1 connection:Connecting role:Unknown
              exists connection name:linstor_db peer-node-id:2 conn-name:colo-srv-2 connection:Connecting role:Unknown
              exists device name:linstor_db volume:0 minor:1000 disk:UpToDate client:no quorum:no
              exists peer-device name:linstor_db peer-node-id:1 conn-name:colo-srv-1 volume:0 replication:Off peer-disk:DUnknown peer-client:no resync-suspended:no
              exists peer-device name:linstor_db peer-node-id:2 conn-name:colo-srv-2 volume:0 replication:Off peer-disk:DUnknown peer-client:no resync-suspended:no
              exists -
              """));

  private static String truths(Replica replica) {
    return (replica.primary() ? "Primary " : "")
        + (replica.upToDate() ? "upToDate " : "")
        + (replica.connected() ? "connected " : "")
        + (replica.syncing() ? "syncing " : "")
        + (replica.inSync() ? "inSync " : "")
        + (replica.standAlone() ? "standAlone " : "");
  }

  @ParameterizedTest
  @FieldSource("ALL")
  void events(Seen seen) {
    List<Replica> all = Replica.parse(seen.events());
    assertEquals(1, all.size());
    Replica replica = all.getFirst();
    assertEquals(seen.shown(), replica.show());
    assertEquals(seen.truths(), truths(replica).strip());
    assertEquals(seen.minors(), replica.minors());
    assertEquals(seen.outOfSync(), replica.outOfSync());
  }
}
