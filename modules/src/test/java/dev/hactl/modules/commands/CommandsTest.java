package dev.hactl.modules.commands;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hactl.engine.module.Answer;
import dev.hactl.engine.module.Change;
import dev.hactl.engine.module.Collector;
import dev.hactl.engine.module.Content;
import dev.hactl.engine.module.Decision;
import dev.hactl.engine.module.HostModule;
import dev.hactl.engine.module.LocalShell;
import dev.hactl.engine.module.Probe;
import dev.hactl.engine.module.Step;
import dev.hactl.engine.source.SourceException;
import dev.hactl.modules.ByHand;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class CommandsTest {
  private static final Seen NOTHING_SEEN = new Seen(true, true, true, false);

  @TempDir Path directory;

  private static <P> Change<Seen> change(HostModule<P, Seen> module, P params, Seen seen) {
    var decided = assertInstanceOf(Decision.Decided.class, module.plan(params, seen));
    assertEquals(1, decided.changes().size());
    @SuppressWarnings("unchecked")
    var change = (Change<Seen>) decided.changes().getFirst();
    return change;
  }

  private static Step.Script step(Change<Seen> change) {
    return assertInstanceOf(Step.Script.class, change.steps().getFirst());
  }

  private static <P> Step.Script only(HostModule<P, Seen> module, String yaml) {
    return step(change(module, ByHand.bind(module, yaml), NOTHING_SEEN));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      quoteCharacter = '^',
      value = {
        "ls -l '/a b'!exec ls -l '/a b'",
        "cmd: echo $HOME *!exec echo '$HOME' '*'",
        "argv: [printf, '%s|', 'a b', '']!exec printf '%s|' 'a b' ''",
        "[touch, -- , it's]!exec touch -- 'it'\\''s'",
        "{cmd: ls, chdir: /a b}!cd -- '/a b' || exit; exec ls",
        "{cmd: ls, chdir: ~bob/x}!cd -- ~bob/x || exit; exec ls",
      })
  void commandStartsExactlyTheWords(String yaml, String text) {
    assertEquals(text + "\n", only(new Command(), yaml).text());
  }

  @Test
  void inputAndOutputAreAsAsked() {
    Step.Script plain = only(new Command(), "{cmd: cat, stdin: hello}");
    assertEquals("hello\n", ((Content.Inline) plain.stdin().orElseThrow()).text());
    assertTrue(plain.reports());
    assertFalse(plain.keepsEnds());
    assertEquals(Probe.Trust.USER, plain.trust());
    assertEquals(Step.Interruption.INTERRUPTIBLE, plain.interruption());
    Step.Script other =
        only(
            new Shell(),
            "{cmd: cat, stdin: hello, stdin_add_newline: false, strip_empty_ends: no}");
    assertEquals("hello", ((Content.Inline) other.stdin().orElseThrow()).text());
    assertTrue(other.keepsEnds());
  }

  @ParameterizedTest
  @CsvSource({
    "'creates: /x', true, true, true, false, true",
    "'creates: /x', true, false, true, false, false",
    "'removes: /x', true, true, false, false, true",
    "'removes: /x', true, true, true, false, false",
    "'check: ok', true, true, true, true, true",
    "'check: ok', true, true, true, false, false",
    "'{creates: /x, check: ok}', true, false, true, true, true",
    "'{creates: /x, chdir: /d}', false, true, true, false, true",
  })
  void whatSaysThatItIsDone(
      String yaml, boolean dir, boolean created, boolean removable, boolean checked, boolean done) {
    String inner = yaml.startsWith("{") ? yaml.substring(1, yaml.length() - 1) : yaml;
    var params = ByHand.bind(new Shell(), "{cmd: run, " + inner + "}");
    var seen = new Seen(dir, created, removable, checked);
    var decided = assertInstanceOf(Decision.Decided.class, new Shell().plan(params, seen));
    assertEquals(done, decided.changes().isEmpty());
    if (!done) {
      var change = change(new Shell(), params, seen);
      assertFalse(change.converged().test(seen), "what was seen before is no proof afterwards");
      assertTrue(change.converged().test(new Seen(true, true, false, true)));
    }
  }

  @Test
  void aCommandThatNothingSpeaksForIsVerifiedByItsStatus() {
    var params = ByHand.bind(new Command(), "ls");
    assertTrue(new Command().probe(params).needless());
    assertTrue(change(new Command(), params, NOTHING_SEEN).converged().test(NOTHING_SEEN));
  }

  @Test
  void aMissingDirectoryMayStillCome() {
    var params = ByHand.bind(new Command(), "{cmd: ls, chdir: /new}");
    var blocked =
        assertInstanceOf(
            Decision.Blocked.class, new Command().plan(params, new Seen(false, true, true, false)));
    assertEquals("/new", blocked.missing().toString());
  }

  @ParameterizedTest
  @EnumSource
  void theLookIsReadInEveryShell(LocalShell shell) throws Exception {
    Path there = Files.createFile(directory.resolve("there"));
    String missing = directory + "/missing";
    var table =
        List.of(
            List.of("creates: " + there, new Seen(true, true, true, false)),
            List.of("removes: " + missing, new Seen(true, true, false, false)),
            List.of(
                "{chdir: %s, creates: th*e}".formatted(directory),
                new Seen(true, true, true, false)),
            List.of(
                "{chdir: %s, removes: nix}".formatted(missing),
                new Seen(false, true, false, false)),
            List.of("check: exit 0", new Seen(true, true, true, true)),
            List.of("check: no-such-command", new Seen(true, true, true, false)),
            List.of(
                "{chdir: %s, check: test -e there}".formatted(directory),
                new Seen(true, true, true, true)),
            List.of(
                "{creates: %s, check: 'echo 1; exit 0'}".formatted(missing),
                new Seen(true, false, true, true)),
            List.of(
                "{creates: %s, check: touch %s}".formatted(there, missing),
                new Seen(true, true, true, false)));
    for (List<Object> row : table) {
      String yaml = (String) row.getFirst();
      String inner = yaml.startsWith("{") ? yaml.substring(1, yaml.length() - 1) : yaml;
      var params = ByHand.bind(new Shell(), "{cmd: run, " + inner + "}");
      Probe<Seen> probe = new Shell().probe(params);
      assertEquals(
          yaml.contains("check") ? Probe.Trust.USER : Probe.Trust.BUILT_IN, probe.trust(), yaml);
      assertEquals(row.getLast(), observe(shell, probe), yaml);
    }
    assertFalse(Files.exists(Path.of(missing)), "a check is not run when the paths decide");
  }

  @SuppressWarnings("unchecked")
  private static Seen observe(LocalShell shell, Probe<Seen> probe) {
    var collector = (Collector<Object>) probe.collector();
    var result = shell.run(collector.script(List.of(probe.question()), "nonce"));
    List<Answer> answers = collector.split(List.of(probe.question()), "nonce", result.bytes());
    return probe.parser().apply(answers.getFirst());
  }

  @Test
  void shellTextIsTakenAsItIs() {
    assertEquals("echo $x | tr a b\n", only(new Shell(), "echo $x | tr a b").text());
    assertEquals(
        "cd -- /tmp || exit; # a comment\nls\n",
        only(new Shell(), "{chdir: /tmp, cmd: \"# a comment\\nls\"}").text());
  }

  @ParameterizedTest
  @EnumSource
  void anotherInterpreterGetsTheTextOnADescriptor(LocalShell shell) {
    Step.Script step =
        only(
            new Shell(),
            """
            chdir: /
            executable: /bin/bash
            cmd: |
              a=(one "t'w o")
              cat; echo "${a[1]}" "$PWD"
              tr '\\0' ' ' < /proc/$$/cmdline; exit 7
            """);
    var result = shell.run(step.text());
    assertEquals("t'w o /\n/bin/bash /dev/fd/3 ", result.out(), result.err());
    assertEquals(7, result.status());
  }

  @ParameterizedTest
  @EnumSource
  void aScriptRunsFromAPrivateCopyAndLeavesNothing(LocalShell shell) throws Exception {
    Script module = new Script();
    String body = "#!/bin/sh -e\necho \"$# $1 $2 ${0##*/} $PWD\"\nread x || echo empty\nexit 3\n";
    var params = ByHand.withFile(module, "{cmd: \"'my files/x.sh' 'a  b' $c\", chdir: /}", body);
    Change<Seen> change = change(module, params, NOTHING_SEEN);
    assertEquals("run my files/x.sh 'a  b' '$c'", change.what());
    Step.Script step = step(change);
    String content = ((Content.Inline) step.stdin().orElseThrow()).text();
    Path stdin = Files.writeString(directory.resolve("stdin"), content);
    Path tmp = Files.createDirectory(directory.resolve("tmp"));
    var result =
        shell.run("TMPDIR=" + tmp + "; export TMPDIR; exec < " + stdin + "\n" + step.text());
    assertEquals("2 a  b $c x.sh /\nempty\n", result.out(), result.err());
    assertEquals(3, result.status());
    try (var left = Files.list(tmp)) {
      assertEquals(List.of(), left.toList());
    }
  }

  @Test
  void secretsAreNotShown() {
    var params = ByHand.secretly(new Command(), "{cmd: login hunter2, stdin: x}");
    var change = change(new Command(), params, NOTHING_SEEN);
    assertEquals("run <secret>", change.what());
    assertTrue(step(change).stdin().orElseThrow().secret());
    assertEquals("{cmd: [<secret>, <secret>]}", new Command().result(params, NOTHING_SEEN).show());
    var text = ByHand.secretly(new Shell(), "login hunter2");
    assertEquals("run <secret>", change(new Shell(), text, NOTHING_SEEN).what());
    assertEquals("{cmd: <secret>}", new Shell().result(text, NOTHING_SEEN).show());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      quoteCharacter = '^',
      value = {
        "ls > /x!'>' would be an argument",
        "{cmd: ls, argv: [ls]}!only one of cmd, argv",
        "{chdir: /}!needs one of cmd, argv",
        "{cmd: ls, chdir: x}!absolute path is wanted",
        "{cmd: ''}!command is empty",
        "{cmd: ls, crates: /x}!no parameter 'crates'",
      })
  void badParametersAreRefusedWithTheirPlace(String yaml, String message) {
    SourceException e = assertThrows(SourceException.class, () -> ByHand.bind(new Command(), yaml));
    assertTrue(e.getMessage().contains(message), e.getMessage());
    assertTrue(e.getMessage().startsWith("task.yml:1:"), e.getMessage());
  }

  @Test
  void anOldStyleParameterAtTheEndOfAShellTextIsRefused() {
    var e =
        assertThrows(SourceException.class, () -> ByHand.bind(new Shell(), "make x creates=/x"));
    assertTrue(e.getMessage().contains("'creates=' inside the command"), e.getMessage());
    ByHand.bind(new Shell(), "chdir=/tmp; cd $chdir");
  }
}
