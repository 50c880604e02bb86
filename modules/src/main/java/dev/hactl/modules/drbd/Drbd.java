package dev.hactl.modules.drbd;

import dev.hactl.engine.module.ClusterDecision;
import dev.hactl.engine.module.ClusterModule;
import dev.hactl.engine.module.Diagnosis;
import dev.hactl.engine.module.Form;
import dev.hactl.engine.module.HactlModule;
import dev.hactl.engine.module.Manual;
import dev.hactl.engine.module.Manual.Example;
import dev.hactl.engine.module.Manual.Return;
import dev.hactl.engine.module.Members;
import dev.hactl.engine.module.Probe;
import dev.hactl.engine.value.Value;
import dev.hactl.modules.storage.Size;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A replicated disk on all members of a cluster. */
@HactlModule("drbd")
public final class Drbd implements ClusterModule<DrbdWish, DrbdState> {

  private static final String DESCRIPTION =
      """
      Writes /etc/drbd.d/RESOURCE.res, the same on all members, creates metadata where provably \
      nothing is, brings the resource up, and makes replicas that are all new one: either \
      declared equal, when their disks are empty ('initial_sync: skip'), or copied from one to the \
      others ('full', which needs the consent RESOURCE@SOURCE). What a running resource would do \
      with a changed file is asked of 'drbdadm -d adjust' and shown; options change in use, a new \
      address interrupts the replication and needs 'allow: disruptive', another disk is refused.

      Every member of the cluster is looked at, whatever --limit says, and nothing is changed \
      while one of them cannot be. A disk that bears a file system, another replica's metadata, or \
      data that no tool recognises is refused unless the consent names it. Replicas that were \
      changed apart from each other (split brain), or that never were the same, are refused, \
      whoever consents: hactl never decides whose data is lost. So write 'after-sb-1pri: \
      consensus' rather than 'discard-secondary', which makes DRBD decide that by itself.

      Once the cluster's configuration holds the resource (a primitive ocf:linbit:drbd), as any \
      member knows it, Pacemaker alone brings it up and down and chooses the Primary; hactl then only keeps the \
      file, and the options of what runs. Names of options are those of drbd.conf(5), for the \
      DRBD that is there: 8.4 and 9 differ.

      With DRBD 9 a node keeps the id that a file of the resource gives it, and new metadata has \
      room for as many peers as that of the replica which holds the data, or for 7. Metadata of \
      8.4 is not converted: 'drbdadm create-md' does that. 8.4 is tested on machines, 9 with \
      records of what 9.0 to 9.3 and their tools print. Sources: drbd.conf(5), drbdadm(8), \
      drbdmeta(8), the DRBD User's Guide.\
      """;

  @Override
  public Manual manual() {
    return new Manual(
        "Manage a replicated disk on all members of a cluster",
        DESCRIPTION,
        Manual.Kind.STATE,
        Manual.Scope.CLUSTER,
        Manual.LabLevel.MACHINE,
        List.of(
            Example.of(
                "Two empty disks become one, without copying",
                """
                - drbd:
                    resource: skydata
                    device: /dev/drbd1
                    disk: /dev/vdb
                    address: {db1: 192.0.2.1, db2: 192.0.2.2}
                    net: {verify-alg: crc32c, csums-alg: crc32c}
                    disk_options: {on-io-error: detach}
                    fencing: resource-only
                    initial_sync: skip
                    primary: db1
                  register: skydata
                """),
            Example.of(
                "Addresses by the network, and a first sync from db1",
                """
                - drbd:
                    resource: mail
                    device: 2
                    disk: /dev/vg0/mail
                    address: 198.51.100.0/24
                    port: 7790
                    initial_sync: full
                    source: db1
                  allow: mail@db1
                """)),
        List.of(
            new Return("resource", "its name"),
            new Return("device", "the path of its device"),
            new Return("minor", "the number of its device"),
            new Return("primary", "the member that is Primary; empty when none is"),
            new Return("roles", "the role on each member that was observed"),
            new Return("disks", "the state of each replica"),
            new Return("synced", "whether all replicas are connected and UpToDate"),
            new Return("managed", "whether the cluster's configuration holds it")));
  }

  @Override
  public Form<DrbdWish> form() {
    return DrbdForm.form();
  }

  @Override
  public Probe<DrbdState> probe(DrbdWish wish) {
    return DrbdProbe.probe(wish);
  }

  @Override
  public ClusterDecision<DrbdState> plan(DrbdWish wish, Members<DrbdState> observed) {
    return new DrbdPlan(wish, observed).decide();
  }

  @Override
  public Optional<Diagnosis> diagnose(DrbdWish wish, Members<DrbdState> observed) {
    boolean apart =
        observed.observed().values().stream()
            .anyMatch(s -> s.replica().filter(Replica::standAlone).isPresent());
    return Optional.of(
        Diagnosis.of(
            observed, s -> s.replica().map(Drbd::standing).orElse("the resource is down"), apart));
  }

  private static String standing(Replica replica) {
    return replica.show()
        + (replica.outOfSync() > 0
            ? ", " + new Size(replica.outOfSync() * 1024).show() + " out of sync"
            : "");
  }

  @Override
  public Value.Dict result(DrbdWish wish, Members<DrbdState> observed) {
    var roles = new LinkedHashMap<String, Value>();
    var disks = new LinkedHashMap<String, Value>();
    observed
        .observed()
        .forEach((name, state) ->
            state
                .replica()
                .ifPresent(r -> {
                  roles.put(name, new Value.Text(r.role(), false));
                  disks.put(name, new Value.Text(r.disk(), false));
                }));
    String primary =
        roles.entrySet().stream()
            .filter(e -> e.getValue().equals(new Value.Text("Primary", false)))
            .map(Map.Entry::getKey)
            .findFirst()
            .orElse("");
    boolean synced =
        observed.complete()
            && observed.everywhere(
                s -> s.replica().filter(r -> r.upToDate() && r.connected()).isPresent());
    var result = new LinkedHashMap<String, Value>();
    result.put("resource", new Value.Text(wish.resource(), false));
    result.put("device", new Value.Text(wish.devicePath(), false));
    result.put("minor", Value.number(wish.device()));
    result.put("primary", new Value.Text(primary, false));
    result.put("roles", new Value.Dict(roles));
    result.put("disks", new Value.Dict(disks));
    result.put("synced", new Value.Bool(synced, false));
    result.put(
        "managed",
        new Value.Bool(observed.observed().values().stream().anyMatch(DrbdState::managed), false));
    return new Value.Dict(result);
  }
}
