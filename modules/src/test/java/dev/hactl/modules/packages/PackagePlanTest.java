package dev.hactl.modules.packages;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hactl.engine.module.Answer;
import dev.hactl.engine.module.Change;
import dev.hactl.engine.module.Decision;
import dev.hactl.engine.module.LocalShell;
import dev.hactl.engine.module.Step;
import dev.hactl.modules.TaskText;
import dev.hactl.modules.Verdict;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Plans of package tasks over recorded simulations, and the scripts in the shells of real hosts.
 */
class PackagePlanTest {
  private static final String NONCE = "zq81x";
  private static final String DPKG = "ii |dpkg|amd64|1.21.23||\n";

  private final Apt apt = new Apt();

  private static String section(String name, String body) {
    return "\n" + NONCE + " " + name + "\n" + body;
  }

  private Observed observed(PackageTask task, String dpkg, String more) {
    String output =
        section("note", "")
            + section("tools", " APT=apt-get\n")
            + section("dpkg", DPKG + dpkg.replace("/", "\n"))
            + section("journal", "")
            + more
            + section("end", "");
    List<Answer> answers =
        PackageCollector.INSTANCE.split(
            List.of(task.query()), NONCE, output.getBytes(StandardCharsets.UTF_8));
    return Observed.of(task.query(), answers.getFirst());
  }

  private List<String> plan(String yaml, String dpkg, String more, String simulation) {
    PackageTask task = TaskText.bind(apt, yaml);
    Decision<Observed> decision = apt.plan(task, observed(task, dpkg, more));
    if (decision instanceof Decision.Ask<Observed, ?>) {
      decision =
          answered(
              decision, simulation.isEmpty() ? "" : ToolOutputTest.recorded(simulation + ".txt"));
    }
    if (decision instanceof Decision.Ask<Observed, ?>) {
      decision = answered(decision, "gone leaf.service\n");
    }
    return Verdict.of(decision);
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " | ",
      nullValues = "-",
      value = {
        // wanted | in the database | recorded simulation | verdict
        "{name: tiny} | ii |tiny|all|1.0|| | '' | []",
        "{name: tiny} | hi |tiny|all|1.0|| | '' | []",
        "{name: tiny} | ii |tiny|i386|1.0|| | apt-upgrade | [upgrade tiny 2.0 !stops leaf.service]",
        "{name: 'tiny:i386'} | ii |tiny|i386|1.0|| | '' | []",
        "{name: lab-mta} | ii |mta-b|all|1.0|lab-mta (= 5), x| | '' | []",
        "{name: lab-mta} | rc |mta-b|all|1.0|lab-mta| | apt-virtual |"
            + " ['blocked on package lists: apt-get cannot do it: Package lab-mta is a virtual"
            + " package provided by: mta-b, mta-a; name one of them; Package ''lab-mta'' has no"
            + " installation candidate']",
        "{name: tinydep} | rc |tinydep|all|1.0|| | apt-install | [install leaf 1.0, tinydep 1.0]",
        "{name: tiny=1.*} | ii |tiny|all|1.3|| | '' | []",
        "{name: tiny>=1.2} | ii |tiny|all|1.10|| | '' | []",
        "{name: tiny=1.0} | ii |tiny|all|2.0|| | apt-downgrade | [refused: an older version would"
            + " replace a newer one: tiny from 2.0 to 1.0; allow_downgrade: true permits it]",
        "{name: tiny=1.0} | hi |tiny|all|2.0|| | apt-held | [refused: tiny is held;"
            + " allow_change_held_packages: true permits the change]",
        "{name: leaf, state: absent} | rc |leaf|all|1.0|| | '' | []",
        "{name: leaf, state: absent} | ii |leaf|all|1.0|| | apt-remove | [remove tinydep, leaf !!"
            + " removes packages that are not named: tinydep, stops leaf.service"
            + " (remove-packages:tinydep)]",
        "{name: [leaf, tinydep], state: absent} | ii |leaf|all|1.0||/ii |tinydep|all|1.0|| |"
            + " apt-remove | [remove tinydep, leaf !stops leaf.service]",
        "{name: tinydep, state: absent, purge: true} | rc |tinydep|all|1.0|| | apt-purge |"
            + " [purge tinydep !stops leaf.service]",
        "{name: lab-mta, state: absent} | ii |mta-a|all|1.0|lab-mta| | '' | [impossible: nothing is"
            + " removed that is not named: lab-mta is provided by mta-a]",
        "{name: nosuch} | '' | apt-unknown | [blocked on package lists: no repository known to this"
            + " host offers nosuch]",
        "{name: tiny, only_upgrade: true} | '' | '' | []",
        "{name: bash} | iF |bad|all|1||/ii |bash|amd64|5|| | '' | []",
        "{name: bad} | iF |bad|all|1|| | '' | [finish an interrupted package transaction: bad,"
            + " install bad (after what comes before)]",
        "{name: bad, state: absent} | iF |bad|all|1|| | apt-remove | [remove tinydep, leaf !!"
            + " removes packages that are not named: tinydep, leaf, stops leaf.service"
            + " (remove-packages:tinydep,leaf)]",
      })
  void plans(String yaml, String dpkg, String simulation, String verdict) {
    String expected = verdict.replace("''", "'");
    String wanted =
        expected.startsWith("['")
            ? "[" + expected.substring(2, expected.length() - 2) + "]"
            : expected;
    assertEquals(wanted, plan(yaml, dpkg, "", simulation).toString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " | ",
      value = {
        "{update_cache: true} | stale\\n100 90\\n | [refresh the package lists]",
        "{update_cache: true} | 100 90\\n | []",
        "{cache_valid_time: 5} | 100 90\\n | [refresh the package lists]",
        "{name: bash, update_cache: true} | stale\\n | []",
        "{name: bash, state: latest, update_cache: true} | stale\\n | [refresh the package lists,"
            + " bring to the newest version bash (as the refreshed lists will say)]",
      })
  void lists(String yaml, String cache, String verdict) {
    String more = section("cache apt-get", cache.replace("\\n", "\n"));
    assertEquals(verdict, plan(yaml, "ii |bash|amd64|5||", more, "").toString());
  }

  @Test
  void aNoteOfAnInterruptedTransactionIsAlwaysFinishedFirst() {
    PackageTask task = TaskText.bind(apt, "{name: bash}");
    String output =
        section("tools", "APT=apt-get\n")
            + section("note", "left\nbash\nleaf\n")
            + section("dpkg", DPKG + "ii |bash|amd64|5||\n")
            + section("end", "");
    Answer answer =
        PackageCollector.INSTANCE.split(List.of(task.query()), NONCE, output.getBytes()).getFirst();
    Change<Observed> change = Verdict.only(apt.plan(task, Observed.of(task.query(), answer)));
    assertEquals("finish an interrupted package transaction: bash, leaf", change.what());
    assertFalse(change.converged().test(Observed.of(task.query(), answer)));
    assertTrue(change.converged().test(observed(task, "ii |bash|amd64|5||", "")));
    assertEquals(
        Step.Interruption.PROTECTED, ((Step.Script) change.steps().getFirst()).interruption());
  }

  @Test
  void aHostWithoutPackageManagerIsToldSo() {
    PackageTask task = TaskText.bind(apt, "{name: bash}");
    String output = section("tools", " APT=\n") + section("end", "");
    Answer answer =
        PackageCollector.INSTANCE.split(List.of(task.query()), NONCE, output.getBytes()).getFirst();
    assertEquals(
        List.of("impossible: this host has no package manager (apt-get)"),
        Verdict.of(apt.plan(task, Observed.of(task.query(), answer))));
  }

  @ParameterizedTest
  @EnumSource(LocalShell.class)
  void scriptsAreWellFormedInEveryShell(LocalShell shell) {
    PackageTask task =
        TaskText.bind(apt, "{name: tinydep, state: absent, purge: true, autoremove: true}");
    Decision<Observed> decision = apt.plan(task, observed(task, "ii |tinydep|all|1.0||", ""));
    var ask = assertInstanceOf(Decision.Ask.class, decision);
    var second =
        assertInstanceOf(
            Decision.Ask.class, answered(decision, ToolOutputTest.recorded("apt-purge.txt")));
    Decision<Observed> decided =
        answered(answered(decision, ToolOutputTest.recorded("apt-purge.txt")), "");
    Change<Observed> change = Verdict.only(decided);
    for (String text :
        List.of(
            (String) ask.probe().question(),
            (String) second.probe().question(),
            change.guards().getFirst().text(),
            ((Step.Script) change.steps().getFirst()).text())) {
      LocalShell.Result result = shell.run("if false; then\n" + text + "\nfi\necho read");
      assertEquals("read\n", result.out(), result.err());
    }
  }

  @ParameterizedTest
  @EnumSource(LocalShell.class)
  void fiftyTasksCostOneLookAtTheDatabase(LocalShell shell, @TempDir Path dir) throws IOException {
    stub(dir, "apt-get", "exit 9");
    stub(dir, "dnf", "exit 9");
    stub(
        dir,
        "dpkg-query",
        "echo x >> "
            + dir
            + "/dpkg.count; printf '%s\\n' 'ii |dpkg|amd64|1||' 'ii |p7|all|1.0||'"
            + " 'ii |p70|all|1.0||' 'iF |odd|all|1||' 'ii |prov|all|1|p8 (= 1), p9|'");
    stub(
        dir,
        "rpm",
        "echo x >> "
            + dir
            + "/rpm.count; for a; do case $a in hactl-end) echo \"no package provides $a\";;"
            + " p7) echo 'p7|(none)|1.0|2|noarch';; esac; done");
    var tasks = new ArrayList<PackageTask>();
    for (int i = 0; i < 25; i++) {
      tasks.add(TaskText.bind(apt, "{name: p" + i + "}"));
      tasks.add(TaskText.bind(new Dnf(), "{name: p" + i + "}"));
    }
    List<Query> queries = tasks.stream().map(PackageTask::query).toList();
    LocalShell.Result result =
        shell.run("PATH=" + dir + ":$PATH\n" + PackageCollector.INSTANCE.script(queries, NONCE));
    List<Answer> answers = PackageCollector.INSTANCE.split(queries, NONCE, result.bytes());
    var installed = new ArrayList<String>();
    for (int i = 0; i < tasks.size(); i++) {
      Observed o = Observed.of(queries.get(i), answers.get(i));
      if (new Wish(tasks.get(i), o, o.tool().orElseThrow()).fulfilled()) {
        installed.add(tasks.get(i).choice() + " " + tasks.get(i).wanted().getFirst().name());
      }
      if (tasks.get(i).choice() == Choice.APT) {
        assertTrue(o.packages().stream().anyMatch(Installed::unfinished));
      }
    }
    assertEquals(List.of("APT p7", "DNF p7", "APT p8", "APT p9"), installed);
    assertEquals("x\n", Files.readString(dir.resolve("dpkg.count")));
    assertEquals("x\n", Files.readString(dir.resolve("rpm.count")));
  }

  private static Decision<Observed> answered(Decision<Observed> decision, String text) {
    if (!(decision instanceof Decision.Ask<Observed, ?> ask)) {
      throw new AssertionError("asks nothing: " + decision);
    }
    return ask.answered(ask.probe().parser().apply(Answer.of(0, text)));
  }

  private static void stub(Path dir, String name, String text) throws IOException {
    Path file = dir.resolve(name);
    Files.writeString(file, "#!/bin/sh\n" + text + "\n");
    assertTrue(file.toFile().setExecutable(true));
  }
}
