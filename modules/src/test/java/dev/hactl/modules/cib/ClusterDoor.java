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
record ClusterDoor(LabSshd sshd) {

  /** Opens it. */
  static ClusterDoor of(OneNodeCluster cluster, Path dir) throws IOException {
    LabSshd sshd =
        LabSshd.in(
            dir,
            List.of(
                "ForceCommand exec nsenter --net=/proc/1/ns/net /bin/sh -c"
                    + " \"${SSH_ORIGINAL_COMMAND:-/bin/sh}\""));
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
  String inventory() {
    return "lonely:\n  cluster: lonely\n  hosts:\n" + sshd.inventory("lonely").indent(4);
  }
}
