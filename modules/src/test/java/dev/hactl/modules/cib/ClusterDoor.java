package dev.hactl.modules.cib;

import dev.hactl.lab.LabSshd;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A way into a cluster of one node by SSH, as hactl goes: an sshd on 127.0.0.1 of the machine whose
 * sessions are led into the cluster's network. It ends with the cluster.
 */
public record ClusterDoor(LabSshd sshd) {

  /**
   * Opens it.
   *
   * @param wishes more lines of its configuration
   */
  public static ClusterDoor of(OneNodeCluster cluster, Path dir, String... wishes)
      throws IOException {
    var lines = new ArrayList<>(List.of(wishes));
    lines.add(
        "ForceCommand exec nsenter --net=/proc/1/ns/net /bin/sh -c"
            + " \"${SSH_ORIGINAL_COMMAND:-/bin/sh}\"");
    LabSshd sshd = LabSshd.in(dir, lines);
    var command = new ArrayList<>(sshd.command());
    command.add("-D");
    var _ =
        new ProcessBuilder(cluster.inside(false, command.toArray(String[]::new)))
            .redirectErrorStream(true)
            .redirectOutput(dir.resolve("sshd.out").toFile())
            .start();
    sshd.await();
    return new ClusterDoor(sshd);
  }

  /** An inventory with a cluster of this one node. */
  public String inventory() {
    return "lonely:\n  cluster: lonely\n  hosts:\n" + sshd.inventory("lonely").indent(4);
  }
}
