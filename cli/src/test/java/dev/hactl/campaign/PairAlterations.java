package dev.hactl.campaign;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** What can be taken away from a pair while it serves, so that the next run has something to do. */
final class PairAlterations {
  /** On both nodes. */
  private static final List<String> FILES =
      List.of(
          "sed -i '/ dbmaster$/d; / node2$/d' /etc/hosts",
          "rm -f /etc/modules-load.d/hactl-drbd.conf",
          "sed -i 's/max-buffers .*/max-buffers 9000;/' /etc/drbd.d/skydata.res && drbdadm adjust skydata",
          "sed -i 's/token: .*/token: 9000/' /etc/corosync/corosync.conf && corosync-cfgtool -R",
          "systemctl disable -q docker rpcbind",
          "chmod 700 /data; rm -f /etc/systemd/system/*.wants/hactl-loop-*.service");

  /** In the cluster's configuration, by its own tools. */
  private static final List<String> OBJECTS =
      List.of(
          "crm_attribute --name priority-fencing-delay --delete",
          "crm_attribute --type rsc_defaults --name migration-threshold --update 7",
          "cibadmin --delete --xpath \"//rsc_location[@rsc='drbd-cluster']\"",
          "cibadmin --delete --xpath \"//rsc_order\"");

  private PairAlterations() {}

  /** Makes some, at least one. */
  static void make(List<Machine> machines, Machine active, RandomGenerator random) {
    List<String> files = some(FILES, random);
    List<String> objects = some(OBJECTS, random);
    machines.forEach(m -> m.sh("exec 2>&1\n" + String.join("\n", files) + "\nexit 0"));
    active.sh("exec 2>&1\n" + String.join("\n", objects) + "\nexit 0");
  }

  private static List<String> some(List<String> all, RandomGenerator random) {
    var chosen = new ArrayList<>(all.stream().filter(a -> random.nextInt(3) > 0).toList());
    if (chosen.isEmpty()) {
      chosen.add(all.get(random.nextInt(all.size())));
    }
    return chosen;
  }
}
