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
 * Words of getenforce(8) as documented in "SELinux States and Modes" (Red Hat Enterprise Linux 6,
 * Security-Enhanced Linux, 2.4) and the keys of selinux_config(5) as in "Main Configuration File"
 * (Fedora 20 Security Guide, 10.4.3).
 */
class SelinuxTest {
  private static String answer(String mode, String configured) {
    return mode
        + "\nconfig\n# SELINUX= takes one of three values\nSELINUX="
        + configured
        + "\n# and a policy\nSELINUXTYPE=targeted\n";
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "enforcing  | Enforcing  | enforcing  | ``",
        "enforcing  | Permissive | enforcing  | let SELinux be enforcing !denies what the policy does not allow to running services",
        "permissive | Enforcing  | enforcing  | set SELinux to permissive in /etc/selinux/config; let SELinux be permissive",
        "enforcing  | Disabled   | disabled   | set SELinux to enforcing in /etc/selinux/config (takes effect after a reboot with a relabel)",
        "enforcing  | Disabled   | enforcing  | ``",
        "disabled   | Enforcing  | enforcing  | set SELinux to disabled in /etc/selinux/config (takes effect after a reboot)",
        "disabled   | Enforcing  | disabled   | ``",
      })
  void theKernelAndTheConfigurationAreCompared(
      String wanted, String running, String configured, String expected) {
    var module = new Selinux();
    var p = TaskText.bind(module, "{policy: targeted, state: " + wanted + "}");
    var observed = Selinux.parse(Answer.of(0, answer(running, configured)));
    assertEquals(expected, String.join("; ", Verdict.of(module.plan(p, observed))));
  }

  @Test
  void aRebootThatIsNeededIsReported() {
    var module = new Selinux();
    var p = TaskText.bind(module, "{policy: targeted, state: enforcing}");
    var after = Selinux.parse(Answer.of(0, answer("Disabled", "enforcing")));
    assertEquals(
        "{state: disabled, policy: targeted, configfile: /etc/selinux/config, reboot_required: true}",
        module.result(p, after).show());
  }

  @Test
  void onlyTheKeysChange() {
    var module = new Selinux();
    var p = TaskText.bind(module, "{policy: mls, state: permissive}");
    var change =
        Verdict.changes(
                module.plan(p, Selinux.parse(Answer.of(0, answer("Enforcing", "enforcing")))))
            .getFirst();
    assertEquals(
        List.of(
            "-SELINUX=enforcing",
            "-SELINUXTYPE=targeted",
            "+SELINUX=permissive",
            "+SELINUXTYPE=mls"),
        Verdict.diffs(change));
  }

  @Test
  void hostsWithoutSelinuxAreToldSo() {
    var module = new Selinux();
    var p = TaskText.bind(module, "{state: disabled}");
    assertEquals(
        List.of(
            "blocked on command getenforce: there is no SELinux on this host (getenforce is missing)"),
        Verdict.of(module.plan(p, Selinux.parse(Answer.of(0, "none\nnone\n")))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{state: enforcing}",
        "{policy: targeted}",
        "{state: on, policy: x}",
        "{state: enforcing, policy: 'a b'}"
      })
  void wrongArgumentsAreRefused(String args) {
    assertThrows(SourceException.class, () -> TaskText.bind(new Selinux(), args));
  }

  @ParameterizedTest
  @EnumSource(LocalShell.class)
  void everyShellAsks(LocalShell shell) {
    var module = new Selinux();
    var probe = module.probe(TaskText.bind(module, "{state: disabled, configfile: /none}"));
    var observed =
        probe
            .parser()
            .apply(shell.run("getenforce() { echo Permissive; }\n" + probe.question()).answer());
    assertTrue(observed.running().filter(m -> m == Selinux.Mode.PERMISSIVE).isPresent());
    assertTrue(!observed.exists());
  }
}
