package dev.hactl.modules.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hactl.engine.module.Answer;
import dev.hactl.engine.module.Decision;
import dev.hactl.engine.module.LocalShell;
import dev.hactl.engine.source.SourceException;
import dev.hactl.modules.TaskText;
import dev.hactl.modules.Verdict;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {

  @ParameterizedTest
  @CsvSource({
    "net.ipv4.ip_forward, /proc/sys/net/ipv4/ip_forward",
    "net/ipv4/ip_forward, /proc/sys/net/ipv4/ip_forward",
    "net.ipv4.conf.eth0/1.rp_filter, /proc/sys/net/ipv4/conf/eth0.1/rp_filter",
    "net/ipv4/conf/eth0.1/rp_filter, /proc/sys/net/ipv4/conf/eth0.1/rp_filter",
  })
  void separatorsMeanWhatSysctlSays(String name, String path) {
    assertEquals(path, new SysctlKey(name).path());
  }

  private static List<String> plan(String args, String answer) {
    var module = new Sysctl();
    return Verdict.changes(
            module.plan(
                TaskText.bind(module, "{name: net.ipv4.x, " + args + "}"),
                SysctlState.parse(Answer.of(0, answer))))
        .stream()
        .flatMap(c -> Verdict.diffs(c).stream())
        .toList();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "value: 1                      | key file~1~net.ipv4.x=1~              | ``",
        "value: 1                      | key file~1~-net.ipv4.x = 1~           | ``",
        "value: 1                      | key file~1~net/ipv4/x = 1~            | ``",
        "value: 1                      | key file~0~net.ipv4.x=1~              | live value: 0 -> 1",
        "value: 1                      | key -~1~                              | +net.ipv4.x = 1",
        "value: 1                      | key file~0~# net.ipv4.x=1~            | +net.ipv4.x = 1; live value: 0 -> 1",
        "value: 1                      | key file~1~net.ipv4.x=2~a=b~          | -net.ipv4.x=2; +net.ipv4.x = 1",
        "value: 1                      | key file~1~net.ipv4.x=2~net.ipv4.x=1~ | -net.ipv4.x=2; -net.ipv4.x=1; +net.ipv4.x = 1",
        "value: '1  2'                 | key file~1 2~net.ipv4.x=1\t2~         | ``",
        "value: 1, reload: false       | key file~0~net.ipv4.x=1~              | ``",
        "value: 1, ignoreerrors: true  | - file~~                              | +net.ipv4.x = 1",
        "state: absent                 | key file~0~net.ipv4.x=1~              | -net.ipv4.x=1",
        "state: absent                 | key file~0~~                          | ``",
        "value: 1                      | key -~~                               | +net.ipv4.x = 1; live value:  -> 1",
      })
  void bothTheKernelAndTheFileAreCompared(String args, String answer, String expected) {
    assertEquals(expected, String.join("; ", plan(args, answer.replace('~', '\n'))));
  }

  @Test
  void aSettingThatTheKernelLacksMayBeBrought() {
    var module = new Sysctl();
    var p = TaskText.bind(module, "{name: net.x, value: 1}");
    assertTrue(
        Verdict.of(module.plan(p, SysctlState.parse(Answer.of(0, "- -\n\n"))))
            .getFirst()
            .startsWith("blocked on kernel net.x: this kernel has no setting net.x"));
  }

  @ParameterizedTest
  @EnumSource(LocalShell.class)
  void everyShellReadsSettings(LocalShell shell, @TempDir Path directory) throws Exception {
    Path file = Files.writeString(directory.resolve("a:b.conf"), "x = 1\ny = 2\n");
    var questions =
        List.of(
            new SysctlQuestion("/proc/sys/kernel/ostype", file.toString()),
            new SysctlQuestion("/proc/sys/none", "/none"));
    var result = shell.run(SysctlCollector.INSTANCE.script(questions, "QxK"));
    List<Answer> answers = SysctlCollector.INSTANCE.split(questions, "QxK", result.bytes());
    SysctlState ostype = SysctlState.parse(answers.getFirst());
    assertEquals("Linux", ostype.live(), result.err());
    assertEquals(List.of("x = 1", "y = 2"), ostype.file().lines());
    assertTrue(ostype.exists() && ostype.known());
    SysctlState none = SysctlState.parse(answers.get(1));
    assertTrue(!none.exists() && !none.known());
  }

  private static String cron(String args, String answer) {
    var module = new Cron();
    var decision =
        module.plan(
            TaskText.bind(module, args), Crontab.parse(Answer.of(0, answer.replace('~', '\n'))));
    return decision instanceof Decision.Decided
        ? String.join(
            "; ",
            Verdict.changes(decision).stream().flatMap(c -> Verdict.diffs(c).stream()).toList())
        : Verdict.of(decision).getFirst();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{name: a, job: x}                        | none~                              | +#Ansible: a; +* * * * * x",
        "{name: a, job: x}                        | table~#Ansible: a~* * * * * x~     | ``",
        "{name: a, job: x, hour: 3}               | table~#Ansible: a~* * * * * x~1 * * * * y~ | -* * * * * x; +* 3 * * * x",
        "{name: a, job: x, disabled: true}        | table~#Ansible: a~* * * * * x~     | -* * * * * x; +#* * * * * x",
        "{name: a, job: x, special_time: reboot}  | none~                              | +#Ansible: a; +@reboot x",
        "{name: a, job: x, cron_file: f}          | none~                              | +#Ansible: a; +* * * * * root x",
        "{name: a, job: x, cron_file: f, user: u} | none~                              | +#Ansible: a; +* * * * * u x",
        "{name: a, state: absent}                 | table~1 * * * * y~#Ansible: a~* * * * * x~ | -#Ansible: a; -* * * * * x",
        "{name: a, state: absent}                 | none~                              | ``",
        "{name: A, env: true, value: v}           | table~1 * * * * y~                 | `+A=\"v\"`",
        "{name: A, env: true, value: v}           | table~A=\"w\"~                     | `-A=\"w\"; +A=\"v\"`",
        "{name: A, env: true, state: absent}      | table~A=1~B=2~                     | -A=1",
        "{name: a, job: x}                        | tool~                              | blocked on command crontab: there is no crontab on this host",
        "{name: a, job: x, user: u}               | failed~crontab:  user `u' unknown~ | blocked on user u: there is no user u",
        "{name: a, job: x}                        | failed~no crontab for root~        | +#Ansible: a; +* * * * * x",
        "{name: a, job: x}                        | failed~crontab: can't open 'root': No such file or directory~ | +#Ansible: a; +* * * * * x",
        "{name: a, job: x}                        | failed~You (u) are not allowed to use this program (crontab)~ | impossible: the jobs cannot be read: You (u) are not allowed to use this program (crontab)",
        "{name: a, job: x, cron_file: /srv/no/f}  | directory~                         | blocked on /srv/no: there is no directory /srv/no",
      })
  void jobsAreKnownByTheirMark(String args, String answer, String expected) {
    assertEquals(expected.replace("`", ""), cron(args, answer).replace("`", ""));
  }

  @Test
  void headersThatCronPrintsItselfAreNotPrintedBack() {
    String printed =
        "table\n# DO NOT EDIT THIS FILE - edit the master and reinstall.\n"
            + "# (/tmp/x installed on Mon Jan  1 00:00:00 2024)\n"
            + "# (Cron version V5.0 -- $Id$)\n# mine\n";
    assertEquals(List.of("# mine"), Crontab.parse(Answer.of(0, printed)).lines().lines());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{name: a}",
        "{name: a, job: \"x\\ny\"}",
        "{name: \"a\\nb\", job: x}",
        "{name: a, job: x, minute: '1 2'}",
        "{name: a, job: x, hour: 1, special_time: daily}",
        "{name: a, job: x, special_time: never}",
        "{name: a-b, env: true, value: x}",
        "{name: a, job: x, insertafter: B}",
        "{name: a, job: x, cron_file: ../f}",
      })
  void wrongJobsAreRefused(String args) {
    assertThrows(SourceException.class, () -> TaskText.bind(new Cron(), args));
  }

  @ParameterizedTest
  @EnumSource(LocalShell.class)
  void everyShellLooksForTables(LocalShell shell) {
    for (var probe :
        List.of(Crontab.ofUser(Optional.of("nosuchuser")), Crontab.ofFile("/none/such"))) {
      Crontab table = probe.parser().apply(shell.run((String) probe.question()).answer());
      assertTrue(table.lines().lines().isEmpty());
    }
  }
}
