package dev.hactl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is encrypted is shown to nobody: by no run, by no command that looks, in no mistake. */
class VaultHiddenTest extends VaultPlays {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "--check --diff -vvv",
        "--diff -vvv",
        "--diff --output json -vvv",
        "--check --diff --output json",
        "--syntax-check",
        "--list-tasks",
        "--list-hosts",
        "--list-tags"
      })
  void noRunShowsASecret(String words) throws IOException {
    CommandLineRun run = apply(words);
    succeeds(run);
    hidesAll(run);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "vars n1 -i DIR/inventory.yml",
        "vars n1 -i DIR/inventory.yml --explain db_password",
        "vars n1 -i DIR/inventory.yml --explain url",
        "inventory -i DIR/inventory.yml"
      })
  void noCommandThatLooksShowsASecret(String words) throws IOException {
    write("host_vars/n1.yml", "token: " + inline("prod", PROD, "inline-tok-77") + "\n");
    CommandLineRun run = hactl(words + " --vault-password-file DIR/dev");
    succeeds(run);
    hidesAll(run);
    assertTrue(!words.contains("vars") || run.out().contains("<secret>"), run.out());
  }

  /** Mistakes with secrets in them, told before or during the run. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "file: {path: '${url}', state: touch}",
        "file: {path: /tmp/x, state: '${token}'}",
        "copy: {content: x, dest: /tmp/x, mode: '${token}'}",
        "copy: {content: x, dest: /tmp/x, backup: '${token}'}",
        "copy: {src: '${token}', dest: /tmp/x}",
        "template: {src: '${token}.ftl', dest: /tmp/x}",
        "debug: {msg: '${token?number}'}",
        "debug: {msg: '${token.name}'}",
        "debug: {msg: '${url?date}'}",
        "debug: {msg: '${db_port.name}'}",
        "assert: {that: ['token']}",
        "fail: {msg: 'it is ${token}'}",
        "shell: 'echo ${url}; exit ${db_port?number - 48122}'",
        "command: {argv: [ls, '/none/${token}']}"
      })
  void noMistakeShowsASecret(String task) throws IOException {
    play("  tasks:\n    - " + task + "\n");
    CommandLineRun run = apply("--diff -vvv");
    assertTrue(run.code() == ExitCode.INVALID_INPUT || run.code() == ExitCode.FAILED, run.out());
    hidesAll(run);
  }

  @ParameterizedTest
  @ValueSource(strings = {"when: token", "loop: '${token}'", "become_user: '${token}'"})
  void noKeywordShowsASecret(String keyword) throws IOException {
    play("  tasks:\n    - debug: {msg: x}\n      " + keyword + "\n");
    hidesAll(apply(""));
  }

  /** What is wrong in an encrypted text is told without the text, quotes in it or not. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{{ x | default('hunter2-grünes') }}",
        "{{ 'hunter2-grünes' }} a",
        "{% if x == 'hunter2-grünes' %}",
        "{% set fixed-secret-55",
        "${x or 'hunter2-grünes'}",
        "${x | default({'a': 'hunter2-grünes'})}",
        "${x!{'a': 'hunter2-grünes'} or y}",
        "<#if x and 'hunter2-grünes'>a</#if>",
        "${b64decode('hunter2-grünes', 2)}",
        "${'hunter2-grünes'?number}",
        "${from_json('hunter2-grünes')}"
      })
  void noMistakeInAnEncryptedTextShowsIt(String text) throws IOException {
    seal("group_vars/all.yml", "default", DEV, "x: z\nodd: |-\n  " + text + "\n");
    seal("templates/secret.ftl", "prod", PROD, text + "\n");
    play(
        "  tasks:\n    - debug: {msg: \"${odd}\"}\n"
            + "    - template: {src: secret.ftl, dest: DIR/x}\n"
            + "    - template: {src: outer.ftl, dest: DIR/x}\n");
    CommandLineRun run = apply("");
    assertEquals(ExitCode.INVALID_INPUT, run.code(), run.out());
    hidesAll(run);
  }
}
