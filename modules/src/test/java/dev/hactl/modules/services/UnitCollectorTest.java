package dev.hactl.modules.services;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hactl.engine.module.Answer;
import dev.hactl.engine.module.LocalShell;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class UnitCollectorTest {
  private static final String NONCE = "QxK";

  private static UnitQuestion unit(String name) {
    return new UnitQuestion(name, false);
  }

  private static List<Answer> split(List<UnitQuestion> questions, String output) {
    return UnitCollector.INSTANCE.split(questions, NONCE, output.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void anyNumberOfUnitsCostsOneShow() {
    var questions = List.of(unit("a.service"), unit("b.socket"), unit("a.service"));
    String script = UnitCollector.INSTANCE.script(questions, NONCE);
    assertEquals(1, script.split("systemctl show", -1).length - 1);
    assertTrue(script.contains(" -- a.service b.socket </dev/null"), script);
  }

  @Test
  void blocksBelongToUnitsInTheOrderOfTheArguments() {
    // Recorded from systemd 252 (Debian 12): an alias prints the unit's own Id.
    String output =
        """

        QxK systemd
        3100.25

        QxK show
        Type=notify
        MainPID=59
        NRestarts=0
        Id=ssh.service
        LoadState=loaded
        ActiveState=active
        SubState=running
        UnitFileState=enabled

        Id=dbus.socket
        LoadState=loaded
        ActiveState=active
        UnitFileState=static

        Id=nope.service
        LoadState=not-found
        ActiveState=inactive
        UnitFileState=

        QxK why nope.service
        x nope.service

        QxK legacy
        nope yes

        QxK end
        """;
    var questions = List.of(unit("nope.service"), unit("sshd.service"), unit("dbus.socket"));
    var asked = List.of(unit("sshd.service"), unit("dbus.socket"), unit("nope.service"));
    List<Answer> answers = split(asked, output);
    var ssh = (UnitState) ServiceState.parse("sshd.service", answers.getFirst());
    assertEquals("ssh.service", ssh.id());
    assertEquals(59, ssh.mainPid());
    assertEquals(3_100_250_000L, ssh.uptime());
    var nope = (UnitState) ServiceState.parse("nope.service", answers.get(2));
    assertEquals("x nope.service", nope.why());
    assertEquals(List.of(true), nope.initScript().stream().toList());
    assertEquals(3, split(questions, output).size());
  }

  @Test
  void anOutputThatEndsEarlyTellsNothing() {
    assertTrue(
        split(List.of(unit("a.service")), "\nQxK systemd\n1.0\n\nQxK show\nId=a.service\n")
            .getFirst()
            .isMissing());
    assertTrue(split(List.of(unit("a.service")), "").getFirst().isMissing());
  }

  @Test
  void templatesAreAskedForTheirFilesAlone() {
    String output =
        "\nQxK systemd\n1.0\n\nQxK template getty@.service\nenabled\n\nQxK legacy\n\nQxK end\n";
    var getty =
        (UnitState)
            ServiceState.parse(
                "getty@.service", split(List.of(unit("getty@.service")), output).getFirst());
    assertTrue(getty.exists());
    assertTrue(getty.enabled());
  }

  @Test
  void staleUnitsAreListed() {
    String output =
        "\nQxK systemd\n1.0\n\nQxK stale\nId=a.service\nNeedDaemonReload=no\n\n"
            + "Id=b.service\nNeedDaemonReload=yes\n\nQxK legacy\n\nQxK end\n";
    assertEquals(
        new ServiceState.Manager(List.of("b.service")),
        ServiceState.parse("", split(List.of(UnitQuestion.MANAGER), output).getFirst()));
  }

  @ParameterizedTest
  @EnumSource(LocalShell.class)
  void everyShellRunsTheScript(LocalShell shell) {
    var questions =
        List.of(
            unit("hactl-none.service"),
            new UnitQuestion("hactl-other.service", true),
            unit("hactl@.service"));
    LocalShell.Result result = shell.run(UnitCollector.INSTANCE.script(questions, NONCE));
    assertTrue(result.out().endsWith("\n" + NONCE + " end\n"), result.out() + result.err());
  }
}
