package dev.hactl.modules.services;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hactl.engine.module.Answer;
import dev.hactl.engine.module.Change;
import dev.hactl.engine.source.SourceException;
import dev.hactl.modules.TaskText;
import dev.hactl.modules.Verdict;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UnitPlanTest {
  private static final String RUNNING =
      "Id=web.service\nLoadState=loaded\nActiveState=active\nSubState=running\n"
          + "UnitFileState=enabled\nNeedDaemonReload=no\nMainPID=7\nCanReload=yes\nNRestarts=0\n"
          + "InactiveExitTimestampMonotonic=100\nActiveEnterTimestampMonotonic=100\nUptime=50.5\n";

  private static ServiceState state(String properties) {
    return ServiceState.parse("web.service", Answer.of(0, "Manager=systemd\n" + properties));
  }

  /** RUNNING with some properties replaced, as {@code A=b,C=d}. */
  private static ServiceState with(String changes) {
    String text = RUNNING;
    for (String change : changes.isEmpty() ? List.<String>of() : List.of(changes.split(",", -1))) {
      String key = change.substring(0, change.indexOf('=') + 1);
      text = text.replaceAll("(?m)^" + key + ".*\n", "") + change + "\n";
    }
    return state(text);
  }

  private static List<String> plan(String args, ServiceState state) {
    Wish wish = TaskText.bind(new SystemdUnit(), "{name: web, " + args + "}");
    return Verdict.of(new SystemdUnit().plan(wish, state));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "state: started              |                                          | ``",
        "state: started              | ActiveState=inactive                     | start web.service",
        "state: started              | ActiveState=failed                       | start web.service",
        "state: started              | ActiveState=activating,SubState=start    | start web.service",
        "state: started              | ActiveState=reloading                    | ``",
        "state: stopped              |                                          | stop web.service !stops web.service",
        "state: stopped              | ActiveState=inactive                     | ``",
        "state: stopped              | ActiveState=failed                       | ``",
        "state: stopped              | ActiveState=activating                   | stop web.service",
        "state: restarted            |                                          | restart web.service !restarts web.service",
        "state: restarted            | ActiveState=inactive                     | start web.service",
        "state: reloaded             |                                          | reload web.service !reloads web.service",
        "state: reloaded             | ActiveState=inactive,CanReload=no        | start web.service",
        "state: reloaded             | CanReload=no                             | blocked on unit web.service: web.service knows no reload (no ExecReload= in its unit file); use 'restarted'",
        "enabled: true               |                                          | ``",
        "enabled: true               | UnitFileState=disabled                   | enable web.service",
        "enabled: true               | UnitFileState=enabled-runtime            | enable web.service",
        "enabled: true               | UnitFileState=static                     | ``",
        "enabled: false              |                                          | disable web.service",
        "enabled: false              | UnitFileState=static                     | ``",
        "enabled: true               | UnitFileState=generated,InitScript=no    | enable web.service",
        "enabled: false              | UnitFileState=generated,InitScript=yes   | disable web.service",
        "masked: true                |                                          | mask web.service",
        "masked: true                | LoadState=masked,UnitFileState=masked    | ``",
        "masked: false               | LoadState=masked,UnitFileState=masked    | unmask web.service",
        "masked: true                | FragmentPath=/etc/systemd/system/web.service | impossible: /etc/systemd/system/web.service is a file, so that the unit cannot be masked; remove the file or disable the unit",
        "state: started              | LoadState=masked,UnitFileState=masked    | blocked on unit web.service: web.service is masked; say 'masked: false' to allow it",
        "state: stopped              | LoadState=not-found,ActiveState=inactive | blocked on unit web.service: there is no unit web.service on this host",
        "masked: true                | LoadState=not-found,ActiveState=inactive | mask web.service",
        "daemon_reload: true         |                                          | ``",
        "daemon_reload: true         | NeedDaemonReload=yes                     | let systemd read the changed files of web.service",
        "state: started              | NeedDaemonReload=yes                     | ``",
      })
  void eachStateLeadsToItsChange(String args, String changes, String expected) {
    assertEquals(expected, String.join("; ", plan(args, with(changes == null ? "" : changes))));
  }

  @Test
  void changedFilesAreReadBeforeARestart() {
    assertEquals(
        List.of(
            "let systemd read the changed files of web.service",
            "restart web.service !restarts web.service"),
        plan("state: restarted", with("NeedDaemonReload=yes")));
  }

  @Test
  void aUnitIsBroughtEnabledAndStartedInThisOrder() {
    assertEquals(
        List.of(
            "create /etc/systemd/system/web.service", "enable web.service", "start web.service"),
        plan(
            "content: '[Service]', state: started, enabled: true",
            state("Id=web.service\nLoadState=not-found\nActiveState=inactive\n")));
  }

  @Test
  void aFileWithTheWantedBytesStaysAsItIs() {
    Wish wish = TaskText.bind(new SystemdUnit(), "{name: web, content: '[Service]'}");
    String sum = wish.content().orElseThrow().sha256();
    String file = "File=-rw-r--r-- 1 0 0 9 Jan 1 00:00 /etc/systemd/system/web.service";
    assertEquals(List.of(), plan("content: '[Service]'", with(file + ",Sum=" + sum)));
    assertEquals(
        List.of("ask cat -- /etc/systemd/system/web.service"),
        plan("content: '[Service]'", with(file + ",Sum=" + "0".repeat(64))));
    assertEquals(
        List.of("ask cat -- /etc/systemd/system/web.service"),
        plan("content: '[Service]'", with(file.replace("rw-r--r--", "rw-rw-rw-") + ",Sum=" + sum)));
    String link =
        "File=lrwxrwxrwx 1 0 0 9 Jan 1 00:00 /etc/systemd/system/web.service -> /srv/web.service";
    assertEquals(
        List.of(
            "impossible: /etc/systemd/system/web.service is a symbolic link; the unit is managed where it points to"),
        plan("content: '[Service]'", with(link)));
  }

  @Test
  void aRestartHasHappenedOnlyWhenTheUnitWasStartedAgain() {
    Wish wish = TaskText.bind(new Service(), "{name: web, state: restarted}");
    ServiceState before = with("");
    Change<ServiceState> restart = Verdict.only(new Service().plan(wish, before));
    assertFalse(restart.converged().test(before));
    assertTrue(restart.converged().test(with("MainPID=9,InactiveExitTimestampMonotonic=49000000")));
    assertFalse(
        restart
            .converged()
            .test(
                with(
                    "MainPID=9,InactiveExitTimestampMonotonic=49000000,"
                        + "ActiveEnterTimestampMonotonic=49000000,NRestarts=3")),
        "systemd has just restarted it, it may be dying again and again");
    assertTrue(
        restart
            .converged()
            .test(
                with(
                    "MainPID=9,InactiveExitTimestampMonotonic=44000000,"
                        + "ActiveEnterTimestampMonotonic=44000000,NRestarts=3")),
        "restarted once but up for more than five seconds");
  }

  @Test
  void aFailedUnitIsForgivenBeforeItIsStartedAndExplainedWhenItFailsAgain() {
    Wish wish = TaskText.bind(new Service(), "{name: web, state: started}");
    String step =
        Verdict.steps(Verdict.only(new Service().plan(wish, with("ActiveState=failed"))))
            .getFirst();
    assertTrue(step.startsWith("systemctl reset-failed -- web.service\n"), step);
    assertTrue(
        step.contains("systemctl status --no-pager --full --lines=20 -- web.service >&2"), step);
  }

  @Test
  void anInitScriptIsManagedWithoutSystemd() {
    ServiceState stopped =
        ServiceState.parse(
            "web.service", Answer.of(0, "Manager=scripts\nweb.service script no 3\n"));
    Wish wish = TaskText.bind(new Service(), "{name: web, state: started, enabled: true}");
    assertEquals(List.of("enable web", "start web"), Verdict.of(new Service().plan(wish, stopped)));
    ServiceState running =
        ServiceState.parse(
            "web.service", Answer.of(0, "Manager=scripts\nweb.service script yes 0\n"));
    assertEquals(List.of(), Verdict.of(new Service().plan(wish, running)));
    ServiceState missing =
        ServiceState.parse(
            "web.service", Answer.of(0, "Manager=scripts\nweb.service missing no -\n"));
    assertEquals(
        List.of(
            "blocked on unit web.service: there is no service web on this host (no /etc/init.d/web)"),
        Verdict.of(new Service().plan(wish, missing)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{name: a b, state: started}",
        "{name: 'web*', state: started}",
        "{name: /dev/sda, state: started}",
        "{name: web}",
        "{state: started}",
        "{name: web, state: running}",
        "{name: web, masked: true, state: started}",
        "{name: web, masked: true, enabled: true}",
        "{name: web, content: x, src: y}",
        "{name: web, state: started, scope: user}",
        "{name: web, state: started, unknown: 1}",
      })
  void wrongArgumentsAreRefused(String args) {
    assertThrows(SourceException.class, () -> TaskText.bind(new SystemdUnit(), args));
  }
}
