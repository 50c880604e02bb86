package dev.hactl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hactl.lab.LabContainers;
import dev.hactl.lab.LabHost;
import dev.hactl.lab.LabPackages;
import dev.hactl.lab.OnHost;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Five playbooks as people write them for a pair are applied by Ansible to two fresh hosts, and,
 * converted, by hactl to two others: what they leave is the same, and a second run of hactl changes
 * nothing.
 */
@ExtendWith(LabContainers.class)
class ConvertWithAnsibleIT {
  private static final List<String> PLAYBOOKS =
      List.of("base.yml", "nfs.yml", "cluster.yml", "operations.yml", "web.yml");

  /** Everything of a host that a playbook may leave behind, a line each. */
  private static final String LOOK =
      """
      cd /
      find etc usr/local root home srv opt var -xdev \\( -path var/log/journal -o -path var/lib/systemd \\
        -o -path var/lib/private -o -path var/cache -o -path var/lib/hactl -o -path root/.ansible \\
        -o -path var/lib/dpkg/lock -o -path var/lib/dpkg/triggers -o -path var/tmp/systemd-private\\* \\
        -o -path var/lib/apt/lists \\) -prune \\
        -o -printf '%y %m %u:%g /%p %l\\n' | grep -vE '/etc/(passwd|group|shadow|gshadow|subuid|subgid)-|/etc/.pwd.lock|/var/log/(wtmp|btmp|lastlog|auth.log|apt|dpkg.log|alternatives.log)'
      find etc usr/local root home srv opt var/log/pair-steps var/spool var/tmp/pair-try -xdev -path root/.ansible -prune -o -type f -print 2>/dev/null \\
        | grep -vE '^etc/(passwd|group|shadow|gshadow|subuid|subgid)-|^etc/.pwd.lock' | sort | xargs -d '\\n' sha256sum
      dpkg-query -W -f 'package ${Package} ${Version} ${Status}\\n'
      systemctl list-unit-files --no-legend --plain | grep -v ' transient ' | sed 's/^/unit /; s/ \\+/ /g'
      systemctl list-units --type=service --state=running,failed --no-legend --plain \\
        | grep -vE '^(ssh@|systemd-|user@|session)' | cut -d' ' -f1 | sed 's/^/running /'
      getent passwd | sed 's/^/account /'
      getent shadow | sed 's/^/shadow /'
      getent group | sed 's/^/group /'
      cut -d' ' -f5 /proc/self/mountinfo | sed 's/^/mount /'
      cat /proc/sys/net/ipv4/ip_nonlocal_bind /proc/sys/net/ipv4/ip_forward | sed 's/^/kernel /'
      """;

  @TempDir Path folder;

  @Test
  void bothLeaveTheSame(
      @OnHost(name = "ansible-one") LabHost ansibleOne,
      @OnHost(name = "ansible-two") LabHost ansibleTwo,
      @OnHost(name = "hactl-one") LabHost hactlOne,
      @OnHost(name = "hactl-two") LabHost hactlTwo)
      throws Exception {
    LabPackages.need(Path.of("/usr/bin/ansible-playbook"), "ansible-core");
    List<LabHost> ansible = List.of(ansibleOne, ansibleTwo);
    List<LabHost> hactl = List.of(hactlOne, hactlTwo);
    for (LabHost host : List.of(ansibleOne, ansibleTwo, hactlOne, hactlTwo)) {
      givePython(host); // to all, so that none differs by it
    }
    List<Set<String>> before = looks(ansible, hactl);

    Path source =
        Path.of(Objects.requireNonNull(getClass().getResource("/ansible/base.yml")).toURI())
            .getParent();
    Path converted = folder.resolve("converted");
    var words = new ArrayList<String>(List.of("convert", "ansible", "-o", converted.toString()));
    PLAYBOOKS.forEach(p -> words.add(source.resolve(p).toString()));
    CommandLineRun conversion = CommandLineRun.of(words.toArray(String[]::new));
    assertEquals(ExitCode.OK, conversion.code(), conversion::err);
    assertEquals("", conversion.err());

    Path ansibles = inventory("ansible.yml", ansible);
    String hactls = inventory("hactl.yml", hactl).toString();
    for (String playbook : PLAYBOOKS) {
      runAnsible(source.resolve(playbook), ansibles);
      CommandLineRun run = apply(converted.resolve(playbook), hactls);
      assertEquals(ExitCode.OK, run.code(), () -> playbook + "\n" + run.out() + run.err());
    }

    List<Set<String>> after = looks(ansible, hactl);
    for (int host = 0; host < ansible.size(); host++) {
      String theirs = change(before.get(host), after.get(host));
      String ours = change(before.get(host + 2), after.get(host + 2));
      assertTrue(theirs.lines().count() > 60, theirs);
      assertEquals(theirs, ours, "what changed on node " + (host + 1));
    }

    for (String playbook : PLAYBOOKS) {
      ToldEvents again =
          ToldEvents.of(
              CommandLineRun.of(
                  "apply",
                  converted.resolve(playbook).toString(),
                  "-i",
                  hactls,
                  "--allow",
                  "disruptive",
                  "--output",
                  "json"));
      assertEquals(List.of(0, 0), again.changes(), () -> playbook + ": " + again);
    }
  }

  private static CommandLineRun apply(Path playbook, String inventory) {
    return CommandLineRun.of(
        "apply", playbook.toString(), "-i", inventory, "--allow", "disruptive");
  }

  private List<Set<String>> looks(List<LabHost> ansible, List<LabHost> hactl) {
    var all = new ArrayList<Set<String>>();
    for (List<LabHost> pair : List.of(ansible, hactl)) {
      for (LabHost host : pair) {
        all.add(new TreeSet<>(host.sh(LOOK).lines().toList()));
      }
    }
    return all;
  }

  /** What came and what went, of a host. */
  private static String change(Set<String> before, Set<String> after) {
    var gone = new TreeSet<>(before);
    gone.removeAll(after);
    var come = new TreeSet<>(after);
    come.removeAll(before);
    // Files of accounts hold what the lines of accounts say; files that are replaced are told once.
    return come.stream().map(l -> "+ " + l + "\n").collect(Collectors.joining())
        + gone.stream().map(l -> "- " + l + "\n").collect(Collectors.joining());
  }

  private Path inventory(String name, List<LabHost> pair) throws IOException {
    var text = new StringBuilder("all:\n  children:\n    pair:\n      hosts:\n");
    for (int i = 0; i < pair.size(); i++) {
      LabHost host = pair.get(i);
      text.append(
          """
                  n%d:
                    ansible_host: %s
                    ansible_port: %d
                    ansible_user: root
                    ansible_ssh_private_key_file: %s
                    ansible_ssh_known_hosts_file: %s
                    cluster_ip: 10.0.0.%d
          """
              .formatted(i + 1, host.address(), host.port(), host.key(), host.knownHosts(), i + 1));
      text.append(i == 1 ? "          cluster_ip2: 10.9.0.2\n" : "");
    }
    return Files.writeString(folder.resolve(name), text);
  }

  private void runAnsible(Path playbook, Path inventory) throws Exception {
    Path known = folder.resolve("known_hosts");
    var keys = new StringBuilder();
    for (String line : Files.readAllLines(inventory)) {
      if (line.strip().startsWith("ansible_ssh_known_hosts_file: ")) {
        keys.append(Files.readString(Path.of(line.strip().split(": ")[1])));
      }
    }
    Files.writeString(known, keys);
    var builder =
        new ProcessBuilder(
                "/usr/bin/ansible-playbook",
                "-i",
                inventory.toString(),
                "--ssh-common-args",
                "-o UserKnownHostsFile=" + known,
                playbook.toString())
            .redirectErrorStream(true);
    builder.environment().put("ANSIBLE_NOCOLOR", "1");
    builder.environment().put("ANSIBLE_PYTHON_INTERPRETER", "/usr/bin/python3.11");
    builder.environment().put("LC_ALL", "C.UTF-8");
    Process process = builder.start();
    process.getOutputStream().close();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), () -> playbook + "\n" + out);
  }

  /** Hosts of the lab have no Python; they get this machine's, with the libraries it needs. */
  private static void givePython(LabHost host) throws Exception {
    String script =
        """
        set -e
        cd /
        P=$(readlink -f /usr/bin/python3)
        V=${P##*/}
        { echo "${P#/}"; find usr/lib/$V -name __pycache__ -prune -o -name test -prune -o -type f -print
          { ldd "$P" usr/lib/$V/lib-dynload/*.so; } 2> /dev/null | sed -n 's/.*=> \\(\\/[^ ]*\\) .*/\\1/p' | sort -u \\
            | grep -vE '/(libc|libm|libpthread|libdl|ld-linux[^/]*)\\.so' | while read -r l; do readlink -f "$l"; echo "$l"; done | sed 's,^/,,; s,^lib/,usr/lib/,' | sort -u
        } | tar -c --no-recursion -T - \\
          | ssh -o BatchMode=yes -o UserKnownHostsFile=KNOWN -i KEY -p PORT root@127.0.0.1 \\
            'tar -x --skip-old-files -C / && ln -sf python3.11 /usr/bin/python3 && python3 -c "import json, hashlib, ctypes"'
        """
            .replace("KNOWN", host.knownHosts().toString())
            .replace("KEY", host.key().toString())
            .replace("PORT", "" + host.port());
    Process process = new ProcessBuilder("sh", "-c", script).redirectErrorStream(true).start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), out);
  }
}
