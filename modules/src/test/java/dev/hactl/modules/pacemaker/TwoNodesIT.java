package dev.hactl.modules.pacemaker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.hactl.engine.module.LocalShell;
import dev.hactl.lab.Proves;
import dev.hactl.modules.cib.CandidateCheck;
import dev.hactl.modules.cib.Cib;
import dev.hactl.modules.cib.CibEdit;
import dev.hactl.modules.cib.ClusterAction;
import dev.hactl.modules.cib.Edited;
import dev.hactl.modules.cib.PacemakerPackages;
import dev.hactl.modules.cib.WorkingCopy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;

/**
 * What Pacemaker makes of declared resources on two nodes, master and slave: its own tools look for
 * mistakes and schedule, on a configuration in a file. No cluster runs.
 */
class TwoNodesIT {
  /** What is declared, and what Pacemaker would do. */
  static final List<Arguments> DECLARED =
      List.of(
          row(
              "a clone of a service runs on every node",
              List.of("resource {name: proxy, agent: 'systemd:haproxy', clone: yes}"),
              "Start proxy:0 (master)",
              "Start proxy:1 (slave)"),
          row(
              "fewer instances than nodes run where they are preferred",
              List.of(
                  dummy("web", "clone: {clone-max: 1}"),
                  "constraint {kind: location, resource: web-clone, node: slave, score: 50}"),
              "Start web:0 (slave)"),
          row(
              "several instances on a node",
              List.of(
                  dummy("web", "clone: {clone-max: 4, clone-node-max: 2, globally-unique: true}")),
              "Start web:0 (master)",
              "Start web:1 (slave)",
              "Start web:2 (master)",
              "Start web:3 (slave)"),
          row(
              "a clone of a group",
              List.of(
                  dummy("a", "group: g"),
                  dummy("b", "group: g"),
                  "resource {name: g, members: [a, b], clone: {interleave: true}}"),
              "Start a:0 (master)",
              "Start b:0 (master)",
              "Start a:1 (slave)",
              "Start b:1 (slave)"),
          row(
              "a member that is not to run keeps only the later ones from it",
              List.of(
                  dummy("a", "group: g"),
                  dummy("b", "group: g, meta: {target-role: Stopped}"),
                  dummy("c", "group: g")),
              "Start a (master)"),
          row(
              "what a group is told holds for its members",
              List.of(
                  dummy("a", "group: g"),
                  dummy("b", "group: g"),
                  "resource {name: g, members: [a, b], meta: {target-role: Stopped}}")),
          row(
              "one of a promotable clone is promoted, and what goes with it follows",
              List.of(
                  "resource {name: data, agent: 'ocf:pacemaker:Stateful', promotable: {promoted-max:"
                      + " 1, clone-max: 2, notify: true}}",
                  dummy("web", "group: g"),
                  "constraint {kind: location, resource: data-clone, role: Promoted, node: slave,"
                      + " score: 10}",
                  "constraint {kind: colocation, resource: g, with: Promoted data-clone}",
                  "constraint {kind: order, first: promote data-clone, then: start g}"),
              "Start data:0 (master)",
              "Promote data:1 (Stopped -> Promoted slave)",
              "Start web (slave)"),
          row(
              "a negative score keeps apart, an infinite one away",
              List.of(
                  dummy("one", "meta: {priority: 2}"),
                  dummy("other", "meta: {priority: 1}"),
                  "constraint {kind: location, resource: one, node: slave, score: -INFINITY}",
                  "constraint {kind: colocation, resource: other, with: one, score: -INFINITY}"),
              "Start one (master)",
              "Start other (slave)"),
          row(
              "two addresses in front of a cloned proxy",
              List.of(
                  "resource {name: proxy, agent: 'systemd:haproxy', clone: {interleave: true}}",
                  address("vip-one", "192.0.2.21"),
                  address("vip-two", "192.0.2.22"),
                  "constraint {kind: colocation, resource: vip-one, with: proxy-clone}",
                  "constraint {kind: colocation, resource: vip-two, with: proxy-clone}",
                  "constraint {kind: colocation, resource: vip-two, with: vip-one, score: -100}",
                  "constraint {kind: order, first: proxy-clone, then: vip-one}",
                  "constraint {kind: order, first: proxy-clone, then: vip-two}"),
              "Start proxy:0 (master)",
              "Start proxy:1 (slave)",
              "Start vip-one (master)",
              "Start vip-two (slave)"),
          row(
              "an NFS cluster",
              List.of(
                  "resource {name: disk, agent: 'ocf:heartbeat:Filesystem', options: {device:"
                      + " /dev/vg0/nfs, directory: /nfs, fstype: ext4}, group: nfs}",
                  "resource {name: server, agent: 'ocf:heartbeat:nfsserver', options:"
                      + " {nfs_shared_infodir: /nfs/info}, group: nfs}",
                  "resource {name: export, agent: 'ocf:heartbeat:exportfs', options: {directory:"
                      + " /nfs/export, clientspec: '192.0.2.0/24', options: rw, fsid: 0}, group: nfs}",
                  address("vip", "192.0.2.23, cidr_netmask: 24").replace("}}", "}, group: nfs}"),
                  "resource {name: notify, agent: 'ocf:heartbeat:nfsnotify', options: {source_host:"
                      + " 192.0.2.23}, group: nfs}"),
              "Start disk (master)",
              "Start server (master)",
              "Start export (master)",
              "Start vip (master)",
              "Start notify (master)"));

  @TempDir Path dir;

  @BeforeAll
  static void tools() throws Exception {
    PacemakerPackages.need();
  }

  private static Arguments row(String what, List<String> tasks, String... actions) {
    return Arguments.of(what, tasks, List.of(actions));
  }

  private static String dummy(String name, String more) {
    return "resource {name: " + name + ", agent: 'ocf:pacemaker:Dummy', " + more + "}";
  }

  private static String address(String name, String ip) {
    return "resource {name: "
        + name
        + ", agent: 'ocf:heartbeat:IPaddr2', options: {ip: "
        + ip
        + "}}";
  }

  private static CibEdit edit(String task) {
    int blank = task.indexOf(' ');
    String yaml = task.substring(blank + 1);
    return switch (task.substring(0, blank)) {
      case "resource" -> CibTask.edit(new PcsResource(), yaml);
      case "constraint" -> CibTask.edit(new PcsConstraint(), yaml);
      default -> throw new IllegalArgumentException(task);
    };
  }

  /** What the cluster would do, a line each; a mistake that Pacemaker finds ends the test. */
  private List<String> scheduled(Cib base, Cib candidate) throws IOException {
    Path live = Files.writeString(dir.resolve("cib.xml"), base.text());
    LocalShell.Result ran =
        LocalShell.DASH.run("export CIB_file=" + live + "\n" + CandidateCheck.script(candidate));
    CandidateCheck check = CandidateCheck.read(ran.answer());
    assertEquals(List.of(), check.mistakes());
    assertEquals(List.of(), check.unsaid(), ran.err());
    return check.actions().stream().map(ClusterAction::toString).toList();
  }

  @ParameterizedTest(name = "{0}")
  @FieldSource("DECLARED")
  @Proves({"S3-01", "S3-02", "S3-03", "S3-04", "S3-05", "S3-06", "S3-07", "S3-09", "S3-11"})
  void pacemakerSchedulesWhatIsDeclared(String what, List<String> tasks, List<String> actions)
      throws IOException {
    Cib base = off(CibTask.sample("fresh"));
    WorkingCopy copy = WorkingCopy.of(base);
    for (String task : tasks) {
      CibEdit edit = edit(task);
      copy =
          copy.after(edit, assertInstanceOf(Edited.Done.class, copy.apply(edit), task::toString));
    }
    assertEquals(actions, scheduled(base, copy.candidate()));
  }

  /** Without a device to fence with, Pacemaker starts nothing unless fencing is off. */
  private static Cib off(Cib cib) {
    return CibTask.after(new PcsProperty(), cib, "{name: stonith-enabled, value: false}");
  }

  @Test
  @Proves({"S0-23", "S0-25", "S0-26", "S0-27", "S0-28", "S0-29", "S0-30", "S0-31"})
  void aReplicatedPairStartsInItsOrder() throws IOException {
    Cib base = CibTask.sample("fresh");
    assertEquals(
        List.of(
            "Promote skydata:0 (Stopped -> Promoted master)",
            "Start skydata:1 (slave)",
            "Start skyfs (master)",
            "Start vip-master (master)",
            "Start postgres (master)",
            "Start redis (master)",
            "Start bstkd (master)",
            "Start main (master)",
            "Start nfs-daemon (master)",
            "Start nfs-root (master)",
            "Start nfs-notify (master)"),
        scheduled(base, ReplicatedPair.applied(base).candidate()));
  }
}
