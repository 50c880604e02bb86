package dev.hactl.modules.contract;

import dev.hactl.modules.cib.Cib;
import dev.hactl.modules.cib.ClusterDoor;
import dev.hactl.modules.cib.Element;
import dev.hactl.modules.cib.OneNodeCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A running Pacemaker of one node, {@code lonely}: its configuration, object by object. What the
 * cluster notes of itself, its status and the numbers of versions, is no part of its state.
 */
final class OneNodeHost implements ContractHost {
  /** In a directory that only the cluster has; all else it shares with the machine. */
  private static final String SPY = "/run/contract-spy-programs";

  /** The program that writes the configuration. */
  private static final String PUSH = "cibadmin --patch";

  private static final String VERSION = "cib version";

  private final OneNodeCluster cluster;
  private final ClusterDoor door;
  private final RootShell shell;
  private final Spy spy;
  private final Cuts cuts;

  private OneNodeHost(
      OneNodeCluster cluster, ClusterDoor door, RootShell shell, Spy spy, Cuts cuts) {
    this.cluster = cluster;
    this.door = door;
    this.shell = shell;
    this.spy = spy;
    this.cuts = cuts;
  }

  /** Starts it; runs are cut off right before and right after they first write. */
  static OneNodeHost start(Path dir) throws IOException, InterruptedException {
    OneNodeCluster cluster = OneNodeCluster.start(Files.createDirectory(dir.resolve("cluster")));
    var shell = new RootShell("lonely", cluster.inside(true, "/bin/sh"));
    Spy spy = Spy.on(shell::sh, SPY);
    Path own = Files.createDirectory(dir.resolve("door"));
    ClusterDoor door = ClusterDoor.of(cluster, own, Spy.path(SPY));
    return new OneNodeHost(
        cluster, door, shell, spy, Cuts.around(PUSH, "cibadmin --query --no-children"));
  }

  /** The same, with runs cut off wherever a step starts a program. */
  OneNodeHost cutEverywhere() {
    return new OneNodeHost(cluster, door, shell, spy, Cuts.everywhere(PUSH));
  }

  @Override
  public String inventory() {
    return door.inventory();
  }

  @Override
  public Spy spy() {
    return spy;
  }

  @Override
  public Cuts cuts() {
    return cuts;
  }

  @Override
  public RootShell.Result run(String text) {
    return shell.run(text);
  }

  @Override
  public Fingerprint look() {
    spy.settle();
    var facts = new TreeMap<>(Fingerprint.parse(shell.sh(FILES)).facts());
    Cib cib = cluster.cib();
    facts.put(VERSION, cib.version().adminEpoch() + "." + cib.version().epoch() + "\t");
    objects(cib).forEach((name, text) -> facts.put("cib " + name, text + "\t"));
    return new Fingerprint(facts);
  }

  /** The folders that are the cluster's own; Pacemaker writes its configuration when it likes. */
  private static final String FILES =
      """
      find /etc/corosync /var/lib/corosync /var/lib/hactl -xdev \
        -type d -printf 'file %p\\t%y %m %u:%g\\t%C@ %T@\\0' -o \
        -printf 'file %p\\t%y %m %u:%g %s %l\\t%C@ %T@\\0'
      """;

  @Override
  public Map<String, String> state() {
    spy.settle();
    return objects(cluster.cib());
  }

  /** Every element right below a section, by its id. */
  private static Map<String, String> objects(Cib cib) {
    var objects = new TreeMap<String, String>();
    for (Element section : cib.configuration().children()) {
      for (Element object : section.children()) {
        objects.put(section.name() + "/" + object.id(), object.toString());
      }
    }
    return objects;
  }

  /** A service may be up or not yet: a task that finds the configuration right says so. */
  @Override
  public boolean seesAll() {
    return false;
  }

  @Override
  public void restore() {
    spy.settle();
    cluster.empty();
  }

  /** Pacemaker itself keeps the passwords of its devices, and logs what is changed. */
  @Override
  public List<String> notes() {
    return List.of("/run", "/var/lib/hactl");
  }

  /** Each task that changes something is one epoch. */
  @Override
  public List<String> miscounted(Fingerprint before, Fingerprint after, long changed) {
    long written = epoch(after) - epoch(before);
    return written == changed
        ? List.of()
        : List.of(changed + " tasks changed something, in " + written + " epochs");
  }

  private static long epoch(Fingerprint seen) {
    String version = seen.facts().getOrDefault(VERSION, "0.0\t").strip();
    return Long.parseLong(version.substring(version.indexOf('.') + 1));
  }

  @Override
  public void close() {
    shell.close();
    cluster.close();
  }
}
