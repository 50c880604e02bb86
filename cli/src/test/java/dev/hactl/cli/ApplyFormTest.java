package dev.hactl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hactl.cli.ApplyOptions.Action;
import dev.hactl.cli.ApplyOptions.Format;
import dev.hactl.cli.ApplyOptions.Login;
import dev.hactl.cli.ApplyOptions.Mode;
import dev.hactl.cli.ApplyOptions.Selection;
import dev.hactl.cli.ApplyOptions.Targets;
import dev.hactl.cli.output.Terminal;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ApplyFormTest {

  @Test
  void readsEveryOption() {
    ApplyOptions options =
        read(
            Command.APPLY,
            "-i one.yml -i two -l db1,!db2 -f 7 -t a,b -t c --skip-tags slow --start-at-task X"
                + " --secret-vars s.yml -e k=v -e @f.yml -C -D --detailed-exitcode --force-handlers --allow"
                + " disruptive --allow r0 -u ops -k -b -K --private-key id --ssh-config cfg"
                + " --known-hosts kh --accept-new-host-keys --vault-id dev@d --vault-password-file p -J"
                + " --output json -vv -v site.yml more.yml");

    assertEquals(
        new ApplyOptions(
            List.of(Path.of("site.yml"), Path.of("more.yml")),
            new Targets(
                List.of(Path.of("one.yml"), Path.of("two")),
                Optional.of("db1,!db2"),
                7,
                Duration.ofMinutes(1)),
            new Selection(List.of("a", "b", "c"), List.of("slow"), Optional.of("X")),
            List.of(
                new ExtraVars.SecretVarsFile(Path.of("s.yml")),
                new ExtraVars.Pair("k", "v"),
                new ExtraVars.VarsFile(Path.of("f.yml"))),
            new Mode(Action.CHECK, true, true, true, false),
            new Login(
                Optional.of("ops"),
                true,
                true,
                true,
                Optional.of(Path.of("id")),
                Optional.of(Path.of("cfg")),
                Optional.of(Path.of("kh")),
                true),
            new VaultForm.Given(List.of("dev@d"), List.of("p"), true),
            Set.of("disruptive", "r0"),
            Format.JSON,
            3),
        options);
  }

  @ParameterizedTest
  @CsvSource({
    "APPLY, s.yml, APPLY",
    "APPLY, s.yml --check, CHECK",
    "PLAN, s.yml, CHECK",
    "CHECK, s.yml, CHECK",
    "APPLY, s.yml --list-hosts, LIST_HOSTS",
    "PLAN, --list-tasks s.yml, LIST_TASKS",
    "APPLY, --list-tags s.yml, LIST_TAGS",
    "APPLY, --syntax-check --list-tasks s.yml, SYNTAX_CHECK",
  })
  void decidesHowFarToGo(Command command, String line, Action action) {
    assertEquals(action, read(command, line).mode().action());
  }

  @ParameterizedTest
  @MethodSource
  void readsExtraVars(String text, List<ExtraVars> expected) {
    ApplyOptions options =
        ApplyForm.read(Command.APPLY, List.of("s.yml", "-e", text), silent()).orElseThrow();
    assertEquals(expected, options.extraVars());
  }

  static List<Arguments> readsExtraVars() {
    return List.of(
        Arguments.of("a=1", List.of(new ExtraVars.Pair("a", "1"))),
        Arguments.of("a=", List.of(new ExtraVars.Pair("a", ""))),
        Arguments.of("a=b=c", List.of(new ExtraVars.Pair("a", "b=c"))),
        Arguments.of("u=http://h:1", List.of(new ExtraVars.Pair("u", "http://h:1"))),
        Arguments.of(
            "a='x y' b=\"it's\"",
            List.of(new ExtraVars.Pair("a", "x y"), new ExtraVars.Pair("b", "it's"))),
        Arguments.of("{\"a\": 1}", List.of(new ExtraVars.Document("{\"a\": 1}"))),
        Arguments.of("a: [1, 2]", List.of(new ExtraVars.Document("a: [1, 2]"))),
        Arguments.of("a:\n  b: c", List.of(new ExtraVars.Document("a:\n  b: c"))),
        Arguments.of("@vars.yml", List.of(new ExtraVars.VarsFile(Path.of("vars.yml")))),
        Arguments.of("a=${b}", List.of(new ExtraVars.Pair("a", "${b}"))));
  }

  private static ApplyOptions read(Command command, String line) {
    return ApplyForm.read(command, List.of(line.split(" ")), silent()).orElseThrow();
  }

  private static Terminal silent() {
    var nowhere = new PrintStream(OutputStream.nullOutputStream());
    return new Terminal(
        nowhere, nowhere, InputStream.nullInputStream(), false, false, Terminal.DEFAULT_WIDTH);
  }
}
