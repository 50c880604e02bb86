package dev.hactl.campaign;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * What can be taken away from a host that {@code playbooks/quickstart.yml} has set up, so that the
 * next run has something to do. Each script works on a host in any state.
 */
final class Alterations {
  private static final Map<String, String> OF_DEBIAN =
      Map.of(
          "repository",
          "rm -f /etc/apt/sources.list.d/hactl-lab*",
          "hello",
          "dpkg --purge hactl-hello",
          "tick",
          "dpkg --purge hactl-tick");

  private static final Map<String, String> OF_DNF =
      Map.of(
          "repository",
          "rm -f /etc/yum.repos.d/hactl-lab.repo",
          "hello",
          "! rpm -q hactl-hello || rpm -e hactl-hello",
          "tick",
          "! rpm -q hactl-tick || rpm -e hactl-tick; rm -f /etc/hactl-tick.conf*");

  /** Packages go last: what is done to the service needs them. */
  private static final Map<String, String> OF_BOTH = new LinkedHashMap<>();

  static {
    OF_BOTH.put("ada", "! id ada || userdel -r ada");
    OF_BOTH.put("grace", "! id grace || userdel -r grace");
    OF_BOTH.put("group", "! getent group operators || groupdel operators");
    OF_BOTH.put("keys", "rm -rf /home/ada/.ssh /home/grace/.ssh");
    OF_BOTH.put("sudoers", "rm -f /etc/sudoers.d/operators");
    OF_BOTH.put("motd", "echo hello > /etc/motd; chmod 600 /etc/motd");
    OF_BOTH.put(
        "configuration",
        "[ ! -x /usr/sbin/hactl-tick ] ||"
            + " { printf 'GREETING=old\\nINTERVAL=1\\n' > /etc/hactl-tick.conf;"
            + " systemctl restart hactl-tick; }");
    OF_BOTH.put("service", "[ ! -x /usr/sbin/hactl-tick ] || systemctl disable --now hactl-tick");
    OF_BOTH.put(
        "sysctl",
        "echo 0 > /proc/sys/net/ipv4/ip_nonlocal_bind; rm -f /etc/sysctl.d/60-hactl-tick.conf");
    OF_BOTH.put("cron", "crontab -r || :");
    OF_BOTH.put("hosts", "sed -i '/\\.lab$/d' /etc/hosts");
  }

  private Alterations() {}

  /** Everything there is to alter on a host. */
  static List<String> all() {
    var names = new ArrayList<>(OF_BOTH.keySet());
    names.addAll(List.of("hello", "tick", "repository"));
    return names;
  }

  /** About two thirds of them, always a package: a run then takes some seconds. */
  static List<String> some(RandomGenerator random) {
    var names = new ArrayList<>(all().stream().filter(n -> random.nextInt(3) > 0).toList());
    if (!names.contains("hello") && !names.contains("tick")) {
      names.add("hello");
    }
    return names;
  }

  /** Makes them. */
  static void make(Machine machine, List<String> names) {
    Map<String, String> own = machine.debian() ? OF_DEBIAN : OF_DNF;
    var script = new StringBuilder("set -e\nexec 2>&1\nsystemctl reset-failed\n");
    for (String name : names) {
      script.append(own.getOrDefault(name, OF_BOTH.getOrDefault(name, ""))).append('\n');
    }
    machine.sh(script.toString());
  }
}
