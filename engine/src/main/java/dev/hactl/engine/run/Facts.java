package dev.hactl.engine.run;

import dev.hactl.engine.module.Answer;
import dev.hactl.engine.module.Probe;
import dev.hactl.engine.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What hactl tells about a host without being asked. Three probes with a deadline each, so that one
 * that hangs costs only its own facts; none touches a network mount (mounts are read from
 * /proc/self/mountinfo).
 */
final class Facts {
  private Facts() {}

  /** Names that only facts define; connection variables are set by the inventory. */
  private static final Pattern NAMED =
      Pattern.compile(
          "ansible_(facts|hostname|fqdn|nodename|distribution\\w*|os_family|kernel|architecture|machine|processor_\\w+"
              + "|mem\\w+|default_ipv4|all_ipv4_addresses|interfaces|mounts|service_mgr|pkg_mgr|selinux|virtualization_\\w+)");

  /** Whether a text refers to a fact. */
  static boolean named(String text) {
    return text.contains("ansible_") && NAMED.matcher(text).find();
  }

  /** The probes; each gives some facts. */
  static List<Probe<Map<String, Value>>> probes() {
    return List.of(system(), network(), mounts());
  }

  private static Probe<Map<String, Value>> system() {
    return Probe.sh(
        """
        uname -n; uname -r; uname -m
        for C in apt-get dnf yum zypper apk; do command -v $C >/dev/null 2>&1 && { echo "$C"; break; }; done
        echo @
        if [ -d /run/systemd/system ]; then echo systemd; else echo sysvinit; fi
        grep -c ^processor /proc/cpuinfo
        while read -r K V U; do case $K in MemTotal:|MemFree:|SwapTotal:) echo "$K $V";; esac; done < /proc/meminfo
        echo @
        cat /etc/os-release 2>/dev/null
        """,
        Facts::systemFacts);
  }

  private static Map<String, Value> systemFacts(Answer answer) {
    String[] parts = answer.raw().split("(?m)^@\n", 3);
    var facts = new LinkedHashMap<String, Value>();
    List<String> first = parts[0].lines().toList();
    facts.put("ansible_nodename", Value.text(line(first, 0)));
    facts.put("ansible_hostname", Value.text(line(first, 0).split("\\.", 2)[0]));
    facts.put("ansible_fqdn", Value.text(line(first, 0)));
    facts.put("ansible_kernel", Value.text(line(first, 1)));
    facts.put("ansible_architecture", Value.text(line(first, 2)));
    facts.put("ansible_machine", Value.text(line(first, 2)));
    String manager = line(first, 3);
    facts.put(
        "ansible_pkg_mgr",
        Value.text(manager.equals("apt-get") ? "apt" : manager.isEmpty() ? "unknown" : manager));
    if (parts.length > 1) {
      List<String> second = parts[1].lines().toList();
      facts.put("ansible_service_mgr", Value.text(line(second, 0)));
      facts.put("ansible_processor_vcpus", number(line(second, 1)));
      for (String l : second) {
        if (l.startsWith("MemTotal:")) {
          facts.put("ansible_memtotal_mb", megabytes(l));
        } else if (l.startsWith("MemFree:")) {
          facts.put("ansible_memfree_mb", megabytes(l));
        } else if (l.startsWith("SwapTotal:")) {
          facts.put("ansible_swaptotal_mb", megabytes(l));
        }
      }
    }
    if (parts.length > 2) {
      facts.putAll(release(parts[2]));
    }
    return facts;
  }

  private static Map<String, Value> release(String text) {
    var found = new LinkedHashMap<String, String>();
    text.lines()
        .filter(l -> l.contains("="))
        .forEach(l ->
            found.put(
                l.substring(0, l.indexOf('=')),
                l.substring(l.indexOf('=') + 1).replaceAll("^\"|\"$", "")));
    String id = found.getOrDefault("ID", "linux");
    String like = " " + id + " " + found.getOrDefault("ID_LIKE", "") + " ";
    String family =
        like.contains(" debian ") || like.contains(" ubuntu ")
            ? "Debian"
            : like.contains(" rhel ") || like.contains(" fedora ") || like.contains(" centos ")
                ? "RedHat"
                : like.contains(" suse ") ? "Suse" : capital(id);
    var facts = new LinkedHashMap<String, Value>();
    String version = found.getOrDefault("VERSION_ID", "");
    facts.put("ansible_distribution", Value.text(capital(id)));
    facts.put("ansible_distribution_version", Value.text(version));
    facts.put("ansible_distribution_major_version", Value.text(version.split("\\.", 2)[0]));
    facts.put(
        "ansible_distribution_release", Value.text(found.getOrDefault("VERSION_CODENAME", "")));
    facts.put("ansible_os_family", Value.text(family));
    return facts;
  }

  private static Probe<Map<String, Value>> network() {
    return Probe.sh(
        "PATH=$PATH:/sbin:/usr/sbin; ip -o -4 addr show 2>/dev/null; echo @; ip -4 route show default 2>/dev/null",
        Facts::networkFacts);
  }

  private static Map<String, Value> networkFacts(Answer answer) {
    String[] parts = answer.raw().split("(?m)^@\n", 2);
    var addresses = new ArrayList<String>();
    var byInterface = new LinkedHashMap<String, String>();
    for (String l : parts[0].lines().toList()) {
      String[] w = l.strip().split("\\s+");
      if (w.length > 3 && w[2].equals("inet")) {
        String address = w[3].split("/", 2)[0];
        byInterface.putIfAbsent(w[1], address);
        if (!w[1].equals("lo")) {
          addresses.add(address);
        }
      }
    }
    var facts = new LinkedHashMap<String, Value>();
    facts.put("ansible_all_ipv4_addresses", Value.texts(addresses));
    facts.put("ansible_interfaces", Value.texts(List.copyOf(byInterface.keySet())));
    var route = new LinkedHashMap<String, Value>();
    String[] w = parts.length > 1 ? parts[1].strip().split("\\s+") : new String[0];
    for (int i = 0; i + 1 < w.length; i++) {
      if (w[i].equals("via")) {
        route.put("gateway", Value.text(w[i + 1]));
      } else if (w[i].equals("dev")) {
        route.put("interface", Value.text(w[i + 1]));
        String address = byInterface.get(w[i + 1]);
        if (address != null) {
          route.put("address", Value.text(address));
        }
      }
    }
    facts.put("ansible_default_ipv4", Value.dict(route));
    return facts;
  }

  private static Probe<Map<String, Value>> mounts() {
    return Probe.sh("cat /proc/self/mountinfo", Facts::mountFacts);
  }

  private static Map<String, Value> mountFacts(Answer answer) {
    var mounts = new ArrayList<Value>();
    for (String l : answer.raw().lines().toList()) {
      String[] halves = l.split(" - ", 2);
      String[] left = halves[0].split(" ");
      String[] right = halves.length > 1 ? halves[1].split(" ") : new String[0];
      if (left.length > 4 && right.length > 1 && right[1].startsWith("/")) {
        mounts.add(
            Value.dict(
                Map.of(
                    "mount",
                    Value.text(left[4]),
                    "device",
                    Value.text(right[1]),
                    "fstype",
                    Value.text(right[0]))));
      }
    }
    return Map.of("ansible_mounts", new Value.Items(mounts));
  }

  /** All facts also under {@code ansible_facts}, without their prefix. */
  static Map<String, Value> complete(Map<String, Value> facts) {
    var all = new LinkedHashMap<>(facts);
    var plain = new LinkedHashMap<String, Value>();
    facts.forEach((k, v) -> plain.put(k.substring("ansible_".length()), v));
    all.put("ansible_facts", new Value.Dict(plain));
    return all;
  }

  private static String line(List<String> lines, int index) {
    return index < lines.size() ? lines.get(index).strip() : "";
  }

  private static Value number(String text) {
    return text.matches("[0-9]{1,9}") ? Value.number(Long.parseLong(text)) : Value.number(0);
  }

  private static Value megabytes(String line) {
    String[] words = line.split("\\s+");
    return words.length > 1 && words[1].matches("[0-9]+")
        ? Value.number(Long.parseLong(words[1]) / 1024)
        : Value.number(0);
  }

  private static String capital(String id) {
    return id.isEmpty() ? id : id.substring(0, 1).toUpperCase(Locale.ROOT) + id.substring(1);
  }
}
