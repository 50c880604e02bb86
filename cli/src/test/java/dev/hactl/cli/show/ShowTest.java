package dev.hactl.cli.show;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hactl.engine.run.Survey;
import dev.hactl.lab.Proves;
import dev.hactl.modules.drbd.Replica;
import dev.hactl.modules.show.ClusterStatus;
import dev.hactl.modules.show.Configured;
import dev.hactl.modules.show.NodeView;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** One screen and one JSON object. */
class ShowTest {
  private static PairView view() {
    var nodes = new LinkedHashMap<String, ClusterStatus.Node>();
    nodes.put(
        "db1",
        new ClusterStatus.Node("db1", "online", new LinkedHashMap<>(Map.of("master-r0", "10000"))));
    nodes.put("db2", new ClusterStatus.Node("db2", "offline", new LinkedHashMap<>()));
    var status =
        new ClusterStatus(
            "db1",
            true,
            false,
            true,
            nodes,
            List.of(
                new ClusterStatus.Resource(
                    "vip", "web", "ocf:heartbeat:IPaddr2", "Started", List.of("db1"), List.of()),
                new ClusterStatus.Resource(
                    "fence", "fence", "stonith:f", "Stopped", List.of(), List.of())),
            List.of(new ClusterStatus.FailCount("vip", "db1", "2")),
            List.of());
    var node =
        new NodeView(
            "db1",
            Optional.of(status),
            new Configured(true, List.of("10.0.0.9"), List.of()),
            List.of(
                new Replica(
                    "r0",
                    "Primary",
                    "UpToDate",
                    List.of(0),
                    List.of(
                        new Replica.Link(
                            "db2", "Connecting", "Unknown", "DUnknown", "Off", 0, false)))),
            List.of("10.0.0.1", "10.0.0.9"),
            List.of(new NodeView.Space("/", "/dev/vda", 6146912, 809144)),
            List.of(new NodeView.Image("/data/r0.img", "/dev/loop9", 104857600)),
            List.of("/srv *"));
    var answers = new LinkedHashMap<String, Survey.Answer<NodeView>>();
    answers.put("db1", new Survey.Answer.Told<>(node));
    answers.put("db2", new Survey.Answer.Unreachable<>("db2: no route to host"));
    return new PairView("pair", answers);
  }

  @Test
  @Proves("S0-35")
  void theScreen() {
    assertEquals(
        """
        Cluster pair: 1 of 2 nodes online, quorum, fencing on, coordinator db1

                             db1                                       db2
        node                 online                                    ?
        virtual address      10.0.0.9                                  ?
        DRBD r0              Primary, UpToDate, Connecting  NOT IN SYNC  ?
        space /              14% of 5.9 GiB                            ?
        image /data/r0.img   100 MiB on /dev/loop9                     ?
        export /srv *        offered                                   ?
        attribute master-r0  10000                                     ?

        resource  state           members
        web       Started on db1  vip
        fence     Stopped

        Problems:
          db2: no route to host
          node db2 is offline
          resource vip failed on db1: fail count 2
          db1: DRBD r0 is Primary, UpToDate, Connecting
        """
            .replaceAll(" {2,}", "  "),
        String.join("\n", ShowText.lines(view())).replaceAll(" {2,}", "  ") + "\n");
  }

  @Test
  @Proves("S0-35")
  void theObject() {
    assertEquals(
        """
        {"cluster":"pair","pacemaker":{"coordinator":"db1","quorum":true,"maintenance":false,"fencing":true,\
        "nodes":{"db1":{"state":"online","attributes":{"master-r0":"10000"}},"db2":{"state":"offline","attributes":{}}},\
        "resources":[{"id":"vip","in":"web","agent":"ocf:heartbeat:IPaddr2","role":"Started","nodes":["db1"],"flags":[]},\
        {"id":"fence","in":"fence","agent":"stonith:f","role":"Stopped","nodes":[],"flags":[]}],\
        "fail_counts":[{"resource":"vip","node":"db1","count":"2"}],"failures":[]},\
        "nodes":{"db1":{"observed":true,"name":"db1","virtual_addresses":["10.0.0.9"],\
        "drbd":[{"resource":"r0","role":"Primary","disk":"UpToDate","in_sync":false,"links":[{"peer":"db2",\
        "connection":"Connecting","peer_role":"Unknown","peer_disk":"DUnknown","replication":"Off","out_of_sync_kib":0}]}],\
        "space":[{"mount_point":"/","device":"/dev/vda","size_kib":6146912,"used_kib":809144,"percent":14}],\
        "images":[{"file":"/data/r0.img","device":"/dev/loop9","bytes":104857600}],"exports":["/srv *"]},\
        "db2":{"observed":false,"why":"db2: no route to host"}},\
        "problems":["db2: no route to host","node db2 is offline","resource vip failed on db1: fail count 2",\
        "db1: DRBD r0 is Primary, UpToDate, Connecting"]}\
        """,
        ShowJson.text(view()));
  }
}
