package dev.hactl.modules.user;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hactl.engine.module.Change;
import dev.hactl.engine.module.Decision;
import dev.hactl.engine.module.Diff;
import dev.hactl.engine.module.Impact;
import dev.hactl.engine.module.IndexedModules;
import dev.hactl.engine.module.LocalShell;
import dev.hactl.engine.module.Modules;
import dev.hactl.engine.module.Probe;
import dev.hactl.engine.module.Step;
import dev.hactl.engine.source.Problem;
import dev.hactl.engine.source.Problems;
import dev.hactl.engine.source.SourceException;
import dev.hactl.modules.ByHand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class UserModulesTest {
  private static final Modules BUILT_IN = IndexedModules.of(UserModulesTest.class.getClassLoader());

  private static final String GREETING =
      """
      summary: A file with greetings
      parameters:
        path: {type: path, required: true, description: Where.}
        names: {type: list, default: [world]}
        loud: {type: boolean, default: no}
        sign:
      probe: |
        echo "size=$(wc -c < "$path" 2>/dev/null)"
        echo "${sign+signed}"
        set -f; IFS='
        '
        for n in $names; do
          grep -qxF -e "hello $n$sign" "$path" 2>/dev/null || exit 1
        done
      apply: |
        printf '%s\\n' "$names" | while read -r n; do
          printf 'hello %s%s\\n' "$n" "$sign"
        done > "$path"
      returns:
        size: How large it is.
      """;

  @TempDir Path directory;

  private Modules read(String name, String yaml, Problems problems) throws IOException {
    Files.writeString(directory.resolve(name), yaml);
    return UserModules.read(directory, "modules", BUILT_IN, problems);
  }

  private UserModule module(String name, String yaml) throws IOException {
    var problems = new Problems();
    Modules modules = read(name + ".yml", yaml, problems);
    assertEquals(List.of(), problems.all());
    return assertInstanceOf(UserModule.class, modules.find(name).orElseThrow());
  }

  @ParameterizedTest
  @EnumSource
  void aRunInEveryShell(LocalShell shell) throws IOException {
    UserModule module = module("greeting", GREETING);
    Path file = directory.resolve("it's a $(file)");
    for (String names : List.of("x", "[\"two words\", \"it's\", '$(id)', '*', '-e']")) {
      var params = ByHand.bind(module, "{path: \"%s\", names: %s}".formatted(file, names));
      Probe<UserModule.Observed> probe = module.probe(params);
      assertEquals(Probe.Trust.USER, probe.trust());
      Change<UserModule.Observed> change = change(module.plan(params, look(shell, probe)));
      Step.Script step = (Step.Script) change.steps().getFirst();
      assertEquals(Step.Interruption.INTERRUPTIBLE, step.interruption());
      assertFalse(change.converged().test(look(shell, probe)));
      var applied = shell.run(step.text());
      assertEquals(0, applied.status(), applied.err());
      UserModule.Observed after = look(shell, probe);
      assertTrue(change.converged().test(after), Files.readString(file));
      var done = assertInstanceOf(Decision.Decided.class, module.plan(params, after));
      assertEquals(List.of(), done.changes());
      assertTrue(module.result(params, after).get("size").isPresent());
    }
    var signed = ByHand.bind(module, "{path: \"%s\", sign: ''}".formatted(file));
    assertTrue(look(shell, module.probe(signed)).output().contains("signed"));
  }

  @Test
  void planSaysWhatTheProbeSaw() throws IOException {
    UserModule module = module("greeting", GREETING);
    var params = ByHand.bind(module, "{path: /x, sign: '!'}");
    var change = change(module.plan(params, new UserModule.Observed(1, "size=3")));
    assertEquals("greeting path=/x names=[world] loud=false sign=!", change.what());
    assertEquals(
        List.of(Diff.of("greeting", new Diff.Property("observed", "size=3", "as wanted"))),
        change.diffs());
    assertTrue(change.footprint().anything());
    var broken = module.plan(params, new UserModule.Observed(127, "sh: nope: not found"));
    assertEquals(
        "the probe of greeting ended with status 127, which is neither 0 (as wanted) nor 1 (change"
            + " needed): sh: nope: not found",
        assertInstanceOf(Decision.Impossible.class, broken).message());
  }

  @Test
  void secretsAreNotShown() throws IOException {
    UserModule module = module("key", "parameters: {key: {secret: yes}}\nprobe: a\napply: b\n");
    var params = ByHand.bind(module, "{key: hunter2}");
    var observed = new UserModule.Observed(1, "hunter2 is missing");
    var change = change(module.plan(params, observed));
    assertEquals("key key=<secret>", change.what());
    assertFalse(change.diffs().toString().contains("hunter2"));
    assertEquals("{observed: <secret>}", module.result(params, observed).show());
  }

  @Test
  void impactTimeoutAndInterruption() throws IOException {
    UserModule module =
        module(
            "wipe",
            """
            parameters: {device: {type: path, required: true}}
            probe: exit 1
            apply: mkfs "$device"
            impact: {destructive: {what: everything on the device, token: device}}
            interruptible: no
            timeout: 3600
            """);
    var change =
        change(
            module.plan(ByHand.bind(module, "{device: /dev/x}"), new UserModule.Observed(1, "")));
    assertEquals(new Impact.Destructive("/dev/x", "everything on the device"), change.impact());
    Step.Script step = (Step.Script) change.steps().getFirst();
    assertEquals(Step.Interruption.PROTECTED, step.interruption());
    assertEquals(Duration.ofHours(1), step.deadline());
    assertEquals("wipe device=/dev/x", change.intent().orElseThrow());
  }

  @Test
  void parametersAreChecked() throws IOException {
    UserModule module =
        module(
            "typed",
            """
            parameters:
              mode: {type: mode, required: true}
              kind: {choices: [a, b], default: a}
              many: {type: list, choices: [x, y]}
            probe: exit 0
            apply: exit 0
            """);
    for (String[] row :
        new String[][] {
          {"{}", "needs the parameter 'mode'"},
          {"{mode: 0644}", "unquoted mode"},
          {"{mode: '0644', kind: c}", "'c' is not one of a, b"},
          {"{mode: '0644', many: [x, z]}", "'z' is not one of x, y"},
          {"{mode: '0644', many: [\"a\\nb\"]}", "one item a line"},
          {"{mode: '0644', knd: a}", "no parameter 'knd'"}
        }) {
      var e = assertThrows(SourceException.class, () -> ByHand.bind(module, row[0]));
      assertTrue(e.getMessage().contains(row[1]), e.getMessage());
    }
  }

  static List<String[]> mistakes() {
    return List.of(
        new String[] {"- x", "1:1: error: a module is a mapping, this is a list"},
        new String[] {"probe: x", "1:1: error: a module needs 'apply'"},
        new String[] {"probe: ''\napply: x", "1:8: error: a module needs 'probe'"},
        new String[] {"probe: x\naply: x\napply: y", "2:1: error: a module has no 'aply'"},
        new String[] {"parameters: {PATH: {}}", "1:14: error: 'PATH' cannot be the name"},
        new String[] {"parameters: {a: {typ: text}}", "1:18: error: a parameter has no 'typ'"},
        new String[] {"parameters: {a: {type: txt}}", "1:24: error: type: 'txt' is not one of"},
        new String[] {
          "parameters: {a: {type: integer, default: x}}", "1:42: error: default: a whole number"
        },
        new String[] {
          "parameters: {a: {required: yes, default: x}}", "1:42: error: a required parameter has"
        },
        new String[] {"impact: huge", "1:9: error: 'huge' is no impact"},
        new String[] {
          "impact: {destructive: {what: x, token: y}}", "1:23: error: token: there is no required"
        },
        new String[] {"timeout: soon", "1:10: error: timeout: a number of seconds"});
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void mistakesInAFileAreReportedWithTheirPlace(String yaml, String message) throws IOException {
    var problems = new Problems();
    Modules modules = read("bad.yml", yaml + "\n", problems);
    String all = problems.all().stream().map(Problem::render).collect(Collectors.joining("\n"));
    assertTrue(all.contains("modules/bad.yml:" + message), all);
    assertTrue(modules.find("bad").isEmpty());
  }

  @Test
  void builtInModulesAreStillThere() throws IOException {
    assertEquals(
        BUILT_IN, UserModules.read(directory.resolve("no"), "no", BUILT_IN, new Problems()));
    var problems = new Problems();
    Files.writeString(directory.resolve("README.md"), "not a module");
    Files.writeString(directory.resolve("Bad-Name.yml"), "probe: x\napply: x\n");
    Modules modules = read("debug.yml", "probe: exit 0\napply: exit 0\n", problems);
    assertInstanceOf(UserModule.class, modules.find("debug").orElseThrow());
    assertEquals(BUILT_IN.find("command"), modules.find("command"));
    assertTrue(modules.names().containsAll(List.of("command", "debug")));
    String all = problems.all().stream().map(Problem::render).collect(Collectors.joining("\n"));
    assertTrue(all.contains("warning: this module takes the place of the built-in"), all);
    assertTrue(all.contains("error: 'Bad-Name' cannot be the name of a module"), all);
  }

  private static UserModule.Observed look(LocalShell shell, Probe<UserModule.Observed> probe) {
    return probe.parser().apply(shell.run((String) probe.question()).answer());
  }

  @SuppressWarnings("unchecked")
  private static Change<UserModule.Observed> change(Decision<UserModule.Observed> decision) {
    var decided = assertInstanceOf(Decision.Decided.class, decision);
    return (Change<UserModule.Observed>) decided.changes().getFirst();
  }
}
