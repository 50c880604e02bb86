package dev.hactl.modules.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hactl.engine.module.Answer;
import dev.hactl.engine.module.LocalShell;
import dev.hactl.engine.source.SourceException;
import dev.hactl.modules.TaskText;
import dev.hactl.modules.Verdict;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Observations recorded from firewalld 1.3.3 on Debian 12, whose package is the public source
 * (packages.debian.org/bookworm/firewalld); the form of the output is that of firewall-cmd(1),
 * {@code --list-all-zones}.
 */
class FirewalldTest {
  private static final String M = "\nhactl-zones ";

  private static final String PUBLIC =
      """
      public (active)
        target: default
        icmp-block-inversion: no
        interfaces: eth0
        sources:\s
        services: dhcpv6-client ssh
        ports: 8080-8090/tcp
        protocols:\s
        forward: yes
        masquerade: no
        forward-ports:\s
      \tport=80:proto=tcp:toport=8080:toaddr=
        source-ports: 99/udp
        icmp-blocks: echo-request
        rich rules:\s
      \trule family="ipv4" source address="10.0.0.0/24" port port="5432" protocol="tcp" log prefix="pg x" level="info" limit value="1/m" accept

      trusted
        target: ACCEPT
        icmp-block-inversion: no
        interfaces:\s
        sources: 10.1.0.0/16
        services:\s
        ports:\s
        forward: yes
        masquerade: yes
        rich rules:\s

      """;

  private static String answer(String runtime, String permanent) {
    return M
        + "default\npublic\n"
        + (runtime.isEmpty() ? "" : M + "runtime\n" + runtime)
        + M
        + "permanent\n"
        + permanent
        + M
        + "end\n";
  }

  private static List<String> plan(String args, String answer) {
    var module = new Firewalld();
    return Verdict.of(module.plan(TaskText.bind(module, args), Zones.parse(Answer.of(0, answer))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{service: ssh, state: enabled}           | ``",
        "{service: http, state: enabled}          | add service http to zone public (permanent); add service http to zone public (running)",
        "{service: http, state: enabled, permanent: true}  | add service http to zone public (permanent)",
        "{service: http, state: enabled, immediate: true}  | add service http to zone public (running)",
        "{service: http, state: enabled, permanent: true, immediate: true} | add service http to zone public (permanent); add service http to zone public (running)",
        "{service: ssh, state: disabled}          | remove service ssh from zone public (permanent); remove service ssh from zone public (running) !may cut connections: zone public, service ssh",
        "{port: 8080-8090/tcp, state: enabled}    | ``",
        "{port: 8080/tcp, state: disabled}        | ``",
        "{icmp_block: echo-request, state: enabled} | ``",
        "{masquerade: true, state: enabled}       | add masquerade to zone public (permanent); add masquerade to zone public (running)",
        "{masquerade: false, state: enabled}      | ``",
        "{zone: trusted, masquerade: true, state: enabled} | ``",
        "{zone: trusted, source: 10.1.0.0/16, state: enabled} | ``",
        "{interface: eth0, state: enabled}        | ``",
        "{port_forward: [{port: 80, proto: tcp, toport: 8080}], state: enabled} | ``",
        "{rich_rule: 'rule family=ipv4 source address=10.0.0.0/24 port protocol=tcp port=5432 log level=info prefix=\"pg x\" limit value=1/m accept', state: enabled} | ``",
        "{rich_rule: 'rule family=ipv4 source address=10.0.0.0/24 drop', state: enabled, immediate: true} | add rich rule rule family=ipv4 source address=10.0.0.0/24 drop to zone public (running) !may cut connections: zone public, rich rule rule family=ipv4 source address=10.0.0.0/24 drop",
        "{zone: trusted, target: ACCEPT, state: enabled} | ``",
        "{target: DROP, state: enabled}           | add target DROP to zone public (permanent)",
        "{zone: lab, state: present}              | make zone lab",
        "{zone: trusted, state: absent}           | delete zone trusted",
        "{zone: lab, service: ssh, state: enabled} | blocked on firewalld zone lab: there is no zone lab in the configuration of firewalld",
      })
  void runtimeAndConfigurationAreBothCompared(String args, String expected) {
    assertEquals(expected, String.join("; ", plan(args, answer(PUBLIC, PUBLIC))));
  }

  @Test
  void whatOnlyRunsIsKeptToo() {
    String without = PUBLIC.replace("dhcpv6-client ssh", "dhcpv6-client");
    assertEquals(
        List.of("add service ssh to zone public (permanent)"),
        plan("{service: ssh, state: enabled}", answer(PUBLIC, without)));
  }

  @Test
  void aFirewallThatDoesNotRunIsManagedOffline() {
    String stopped = answer("", PUBLIC);
    assertTrue(
        plan("{service: http, state: enabled}", stopped)
            .getFirst()
            .startsWith("blocked on unit firewalld.service: firewalld does not run"));
    var module = new Firewalld();
    var kept =
        Verdict.only(
            module.plan(
                TaskText.bind(module, "{service: http, state: enabled, offline: true}"),
                Zones.parse(Answer.of(0, stopped))));
    assertEquals(
        List.of("firewall-offline-cmd --zone=public --add-service=http </dev/null"),
        Verdict.steps(kept));
  }

  @Test
  void hostsWithoutFirewalldAreToldSo() {
    assertEquals(
        List.of(
            "blocked on command firewall-cmd: there is no firewalld on this host (firewall-cmd is missing)"),
        plan("{service: ssh, state: enabled}", ""));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{service: ssh}",
        "{service: ssh, port: 1/tcp, state: enabled}",
        "{port: 80, state: enabled}",
        "{zone: public, state: enabled}",
        "{state: present}",
        "{port_forward: [{port: 80}], state: enabled}",
        "{target: reject, state: enabled}",
      })
  void wrongArgumentsAreRefused(String args) {
    assertThrows(SourceException.class, () -> TaskText.bind(new Firewalld(), args));
  }

  @ParameterizedTest
  @EnumSource(LocalShell.class)
  void everyShellAsks(LocalShell shell) {
    String fake =
        "sed() { echo public; }\n"
            + "firewall_cmd() { case $* in *--permanent*) echo 'kept'; echo '  ports: 1/tcp' ;; *) echo 'run'; echo '  ports: 2/tcp' ;; esac; }\n";
    String text =
        ((String) Zones.probe().question())
            .replace("command -v firewall-cmd >/dev/null 2>&1 || exit 0\n", "")
            .replace("firewall-cmd", "firewall_cmd");
    Zones zones = Zones.parse(shell.run(fake + text).answer());
    assertTrue(zones.running());
    assertEquals(List.of("2/tcp"), zones.runtime().get("run").values("ports"));
    assertEquals(List.of("1/tcp"), zones.permanent().get("kept").values("ports"));
  }
}
