package dev.hactl.modules.system;

import dev.hactl.engine.module.Answer;
import dev.hactl.engine.module.Probe;
import dev.hactl.engine.module.Sh;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.regex.Pattern;

/** Where cluster software on a host knows a node by its name. */
final class ClusterNames {
  private ClusterNames() {}

  private static final String FILES =
      "/etc/corosync/corosync.conf /etc/cluster/cluster.conf /etc/drbd.conf /etc/drbd.d/*.res"
          + " /etc/drbd.d/*.conf /etc/ha.d/ha.cf /etc/ha.d/haresources"
          + " /var/lib/pacemaker/cib/cib.xml /var/lib/heartbeat/crm/cib.xml";

  /** The files in which a line that is no comment holds the name as a whole word. */
  static Probe<List<String>> probe(String name) {
    return Probe.sh(
        "grep -sF -- " + Sh.quote(name) + " /dev/null " + FILES + "\ntrue\n", a -> files(name, a));
  }

  static List<String> files(String name, Answer answer) {
    // Dots and dashes belong to names: db1 is not db1-old and not db1.example.com.
    Pattern word =
        Pattern.compile(
            "(?<![A-Za-z0-9.-])" + Pattern.quote(name) + "(?![A-Za-z0-9-]|\\.[A-Za-z0-9])");
    var files = new LinkedHashSet<String>();
    answer
        .raw()
        .lines()
        .forEach(line -> {
          int colon = line.indexOf(':');
          String rest = line.substring(colon + 1);
          if (colon > 0 && !rest.stripLeading().startsWith("#") && word.matcher(rest).find()) {
            files.add(line.substring(0, colon));
          }
        });
    return List.copyOf(files);
  }
}
