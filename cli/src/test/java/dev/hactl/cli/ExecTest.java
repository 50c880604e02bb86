package dev.hactl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One module call without a playbook, on this machine: it goes the way of every task. */
class ExecTest {
  @TempDir Path folder;

  private CommandLineRun exec(String... words) {
    var all = new ArrayList<>(List.of("exec"));
    all.addAll(List.of(words));
    all.addAll(List.of("-i", "a,", "-e", "ansible_connection=local"));
    all.replaceAll(w -> w.replace("DIR", folder.toString()));
    return CommandLineRun.alone(all.toArray(String[]::new));
  }

  /** The words before the arguments, the arguments, the exit code, and what is printed. */
  @ParameterizedTest
  @CsvSource(
      delimiterString = " ## ",
      quoteCharacter = '`',
      value = {
        "`` ## echo one  two ## 0 ## changed: [a] => rc=0|    one two",
        "-m shell ## echo $((1+1)); echo bad >&2 ## 0 ## changed: [a] => rc=0|    2|    stderr:|        bad",
        "-o -m shell ## echo a; echo b; echo c >&2 ## 0 ## a | CHANGED | rc=0 | (stdout) a\\nb | (stderr) c",
        "-C ## echo one ## 0 ## changed: [a]",
        "-C --detailed-exitcode ## echo one ## 10 ## changed: [a]",
        "`` ## echo one creates=/etc/passwd ## 0 ## ok: [a]",
        "-m debug ## msg='hello you' ## 0 ## ok: [a] => {|    \"msg\": \"hello you\"|}",
        "-o -m debug ## msg=hello ## 0 ## a | SAID | {\"msg\":\"hello\"}",
        "-m ansible.builtin.command ## cmd=true ## 0 ## changed: [a] => rc=0",
        "-e word=there ## echo ${word} ## 0 ## changed: [a] => rc=0|    there",
        "`` ## false ## 2 ## fatal: [a]: FAILED! => ended with status 1|    exit status 1",
        "-o ## false ## 2 ## a | FAILED | ended with status 1 | rc=1",
        "-l !a ## true ## 6 ## ``",
      })
  void printsWhatItCameTo(String words, String arguments, int exit, String out) {
    var all = new ArrayList<String>();
    all.add("all");
    all.addAll(List.of(words.isEmpty() ? new String[0] : words.split(" ")));
    all.addAll(List.of("-a", arguments));
    CommandLineRun run = exec(all.toArray(String[]::new));
    assertEquals(out, String.join("|", run.out().lines().toList()), run.err());
    assertEquals(exit, run.code().number(), run.err());
  }

  @Test
  void aFileIsForetoldWrittenAndThenAsWanted() throws IOException {
    String[] words = {"a", "-m", "copy", "-a", "dest=DIR/f content='a b\\n' mode=0640"};
    assertEquals(0, exec(with(words, "-C", "-D")).code().number());
    assertFalse(Files.exists(folder.resolve("f")));
    assertTrue(exec(with(words, "-D")).out().contains("+a b\n"));
    assertEquals("a b\n", Files.readString(folder.resolve("f")));
    assertTrue(exec(words).out().startsWith("ok: [a]\n"));
  }

  private static String[] with(String[] words, String... more) {
    var all = new ArrayList<>(List.of(words));
    all.addAll(List.of(more));
    return all.toArray(String[]::new);
  }

  @Test
  void jsonHoldsTheResult() throws IOException {
    CommandLineRun run = exec("a", "-a", "echo one", "--output", "json");
    for (String line : run.out().lines().toList()) {
      Map<String, Object> event = JSON.std.mapFrom(line);
      if ("task_ended".equals(event.get("event"))) {
        assertEquals(
            "one", event.get("result") instanceof Map<?, ?> r ? r.get("stdout") : "", run.out());
        return;
      }
    }
    throw new AssertionError(run.out() + run.err());
  }

  @Test
  void hostsAreListedWithoutArguments() {
    CommandLineRun run = exec("all", "--list-hosts");
    assertEquals("", run.err());
    assertTrue(run.out().contains("    hosts (1):\n      a\n"), run.out());
  }

  @Test
  void aSecretIsShownNowhere() throws IOException {
    Path secrets = Files.writeString(folder.resolve("s.yml"), "word: hush-hush\n");
    CommandLineRun run =
        exec(
            "a",
            "-m",
            "shell",
            "-a",
            "printf %s \"$W\" ${word}",
            "--secret-vars",
            secrets.toString());
    assertFalse((run.out() + run.err()).contains("hush-hush"), run.out() + run.err());
  }

  @Test
  void modulesBesideTheWorkingFolderAreKnownByName() {
    CommandLineRun run = exec("a", "-m", "nothing_like_it", "-a", "x=1");
    assertEquals(6, run.code().number());
    assertTrue(
        run.err().startsWith("-m:1:1: error: there is no module 'nothing_like_it'"), run.err());
  }

  /** A host that is not there keeps the others untouched, unless any will do. */
  @ParameterizedTest
  @CsvSource({"'',4,false", "'--needs any',4,true"})
  void needs(String words, int exit, boolean ran) throws IOException {
    Path inventory = folder.resolve("hosts");
    Files.writeString(
        inventory, "a ansible_connection=local\nb ansible_host=127.0.0.1 ansible_port=1\n");
    var line = new ArrayList<>(List.of("exec", "all", "-i", inventory.toString()));
    line.addAll(List.of(words.isEmpty() ? new String[0] : words.split(" ")));
    line.addAll(List.of("-a", "touch " + folder + "/ran"));
    CommandLineRun run = CommandLineRun.alone(line.toArray(String[]::new));
    assertEquals(exit, run.code().number(), run.out() + run.err());
    assertEquals(ran, Files.exists(folder.resolve("ran")), run.out());
  }
}
