package dev.hactl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A wrong command line is one line on standard error and exit 5. */
@ExtendWith(Connecting.class)
class UsageTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "                           | hactl: which command? apply plan check exec lint show vars inventory vault config convert doc schema completion",
        "aply site.yml              | hactl: unknown command 'aply'; did you mean 'apply'?",
        "frobnicate                 | hactl: unknown command 'frobnicate'",
        "-i inv.yml apply           | hactl: options come after the command: hactl COMMAND -i ...",
        "apply                      | hactl apply: missing required parameter: 'PLAYBOOK'",
        "apply s.yml                | hactl apply: which hosts? add -i INVENTORY",
        "apply s.yml --chekc        | hactl apply: unknown option '--chekc'; did you mean '--check'?",
        "apply s.yml --lmit=db1     | hactl apply: unknown option '--lmit'; did you mean '--limit'?",
        "apply s.yml -l a -l b      | hactl apply: option '--limit' is given twice",
        "apply s.yml -f 0           | hactl apply: --forks wants a whole number of at least 1, not '0'",
        "apply s.yml -f many        | hactl apply: --forks wants a whole number of at least 1, not 'many'",
        "apply s.yml --output jsn   | hactl apply: unknown format 'jsn'; did you mean 'json'?",
        "apply s.yml -e port        | hactl apply: -e wants key=value, a YAML mapping or @FILE, not 'port'",
        "apply s.yml -e @           | hactl apply: -e @ wants the name of a file after the @",
        "apply s.yml -e a='b        | hactl apply: -e has a quote that does not close: a='b",
        "apply s.yml --detailed-exitcode | hactl apply: --detailed-exitcode tells about pending changes; add --check",
        "apply s.yml --check --step | hactl apply: --step asks before each task is done, and --check does none; leave one of them out",
        "plan s.yml --step          | hactl plan: --step asks before each task is done, and plan does none; it is for hactl apply",
        "exec                       | hactl exec: missing required parameter: 'PATTERN'",
        "exec db -a ls              | hactl exec: which hosts? add -i INVENTORY",
        "exec db web -a ls          | hactl exec: one pattern names the hosts: write 'db,web'",
        "exec db -o --output json   | hactl exec: --one-line is a form of text; leave out --output json",
        "exec db --detailed-exitcode | hactl exec: --detailed-exitcode tells about pending changes; add --check",
        "config                     | hactl config: what to do? show",
        "config shwo                | hactl config: there is no 'shwo'; did you mean 'show'?",
        "config show --format jsn   | hactl config show: unknown format 'jsn'; did you mean 'json'?",
        "doc comand                 | hactl doc: no module is named 'comand'; did you mean 'command'?",
        "doc whne                   | hactl doc: no module is named 'whne'; did you mean 'when'?",
        "doc -t keyword whne        | hactl doc: no keyword is named 'whne'; did you mean 'when'?",
        "doc -t keyward when        | hactl doc: there is no type 'keyward'; did you mean 'keyword'?",
        "doc -l stat                | hactl doc: --list lists all of them; leave out 'stat'",
        "doc -M nowhere             | hactl doc: there is no folder 'nowhere'",
        "doc -p nowhere.yml         | hactl doc: there is no playbook 'nowhere.yml'",
        "doc -p a.yml -M b          | hactl doc: --module-path and --playbook both say where modules are; name one",
        "schema playbok             | hactl schema: there is no schema of 'playbok'; did you mean 'playbook'?",
        "completion zhs             | hactl completion: there is no completion for 'zhs'; did you mean 'zsh'?",
        "completion                 | hactl completion: missing required parameter: 'SHELL'",
        "vars db1                   | hactl vars: which hosts? add -i INVENTORY",
        "plan s.yml -l              | hactl plan: missing required parameter for option '--limit' (PATTERN)",
      })
  void isOneLineAndExit5(String line, String message) {
    CommandLineRun run = CommandLineRun.of(line == null ? new String[0] : line.strip().split(" +"));

    assertEquals(message + System.lineSeparator(), run.err());
    assertEquals(ExitCode.USAGE, run.code());
    assertEquals("", run.out());
  }

  @Test
  void helpNamesEveryCommand() {
    CommandLineRun run = CommandLineRun.of("--help");

    assertEquals(ExitCode.OK, run.code());
    Command.words().forEach(word -> assertTrue(run.out().contains("  " + word + " "), word));
  }

  @Test
  void helpOfACommandListsItsOptions() {
    CommandLineRun run = CommandLineRun.of("apply", "--help");

    assertEquals(ExitCode.OK, run.code());
    assertTrue(run.out().contains("--accept-new-host-keys"), run.out());
    assertEquals("", run.err());
  }

  @Test
  void versionIsOneLine() {
    CommandLineRun run = CommandLineRun.of("--version");

    assertEquals(ExitCode.OK, run.code());
    assertTrue(run.out().matches("hactl \\d\\S+, Java 25\\S*\\R"), run.out());
  }
}
