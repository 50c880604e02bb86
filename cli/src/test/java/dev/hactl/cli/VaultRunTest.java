package dev.hactl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Encrypted values and files reach the hosts, and nobody else. */
class VaultRunTest extends VaultRuns {

  @BeforeEach
  void project() throws IOException {
    seal(
        "group_vars/all.yml",
        "default",
        DEV,
        "db_password: hunter2-grünes\ndb_port: 48123\nurl: pg://${db_password}@db\n");
    seal("files/key.pem", "default", DEV, "KEY-MATERIAL-99\nsecond\n");
    seal("templates/secret.ftl", "prod", PROD, "pw=${db_password}\nfixed-secret-55\n");
    write("templates/outer.ftl", "begin\n<#include \"secret.ftl\">");
    seal("files/setup.sh", "default", DEV, "#!/bin/sh\necho KEY-MATERIAL-99\n");
    play(
        """
          tasks:
            - name: text
              copy: {content: "${token} ${url}\\n", dest: DIR/text, mode: '0600'}
            - name: key
              copy: {src: key.pem, dest: DIR/key, mode: '0600'}
            - name: template
              template: {src: secret.ftl, dest: DIR/template, mode: '0600'}
            - name: included
              template: {src: outer.ftl, dest: DIR/included, mode: '0600'}
            - name: shell
              shell: cat DIR/key; echo inline-tok-77 ${db_port}; cat DIR/template
              register: said
            - name: innocent
              shell: cat DIR/key DIR/text DIR/included
              register: read
            - name: script
              script: setup.sh
              register: printed
            - debug: {var: said}
            - debug: {var: read}
            - debug: {var: printed}
            - debug: {msg: "${token} ${url} ${db_port} ${token?upper_case?lower_case}"}
            - set_fact: {again: "${token}"}
            - debug: {msg: "${again} ${hostvars.n1.db_password}"}
            - name: fails with ${token}
              shell: cat DIR/key >&2; exit 3
              ignore_errors: true
            - assert: {that: ["token == 'x'"], fail_msg: "it is ${token}"}
              ignore_errors: true
        """);
  }

  private void play(String body) throws IOException {
    write(
        "site.yml",
        ("- hosts: n1\n  gather_facts: false\n  vars:\n    token: "
                + inline("prod", PROD, "inline-tok-77")
                + "\n"
                + body)
            .replace("DIR", folder.toString()));
  }

  @Test
  void whatIsEncryptedArrivesDecrypted() throws IOException {
    succeeds(apply(""));
    assertEquals("inline-tok-77 pg://hunter2-grünes@db\n", read("text"));
    assertEquals("KEY-MATERIAL-99\nsecond\n", read("key"));
    assertEquals("pw=hunter2-grünes\nfixed-secret-55\n", read("template"));
    assertEquals("begin\npw=hunter2-grünes\nfixed-secret-55\n", read("included"));
    CommandLineRun again = apply("--check");
    assertTrue(again.out().contains("changed=4 "), again.out()); // what only runs, would run
  }

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

  @Test
  void anEncryptedValueIsDataAndNeverRendered() throws IOException {
    write(
        "site.yml",
        "- hosts: n1\n  gather_facts: false\n  vars:\n    odd: "
            + inline("default", DEV, "a${b}{{ c }}<#d>")
            + "\n  tasks:\n    - copy: {content: '${odd}', dest: "
            + folder
            + "/odd}\n");
    succeeds(apply(""));
    assertEquals("a${b}{{ c }}<#d>", read("odd"));
  }

  @Test
  void valuesMayStandAnywhere() throws IOException {
    String token = inline("prod", PROD, "inline-tok-77");
    write(
        "site.yml",
        """
        - hosts: n1
          gather_facts: false
          tasks:
            - copy:
                dest: DIR/argument
                content: TOKEN
            - shell: printf %s "$T" > DIR/environment
              environment:
                T: TOKEN
            - shell: printf %s "$V" > DIR/vars
              environment: {V: "${list[0].deep}"}
              vars:
                list:
                  - deep: TOKEN
        """
            .replace("DIR", folder.toString())
            .replace("TOKEN", token.replace("\n", "\n          ")));
    CommandLineRun run = apply("-vvv --diff");
    succeeds(run);
    hidesAll(run);
    for (String file : new String[] {"argument", "environment", "vars"}) {
      assertEquals("inline-tok-77", read(file), file);
    }
  }

  @Test
  void wholeFilesOfEveryKind() throws IOException {
    Files.delete(folder.resolve("group_vars/all.yml"));
    seal(
        "inventory.yml",
        "prod",
        PROD,
        "all: {hosts: {n1: {ansible_connection: local, own: inline-tok-77}}}\n");
    seal("more.yml", "default", DEV, "db_password: hunter2-grünes\n");
    seal("extra.yml", "default", DEV, "db_port: 48123\n");
    seal("files/tree/a/key", "default", DEV, "KEY-MATERIAL-99");
    write("files/tree/plain", "plain");
    seal("files/large", "default", DEV, "fixed-secret-55\n" + "x".repeat(400_000));
    write(
        "site.yml",
        """
        - hosts: all
          gather_facts: false
          vars_files: [more.yml]
          tasks:
            - copy: {content: "${own} ${db_password} ${db_port + 1}", dest: DIR/text}
            - copy: {src: tree, dest: DIR/to/}
            - copy: {src: large, dest: DIR/large}
        """
            .replace("DIR", folder.toString()));
    CommandLineRun run = apply("-vvv --diff -e @DIR/extra.yml");
    succeeds(run);
    hidesAll(run);
    assertEquals("inline-tok-77 hunter2-grünes 48124", read("text"));
    assertEquals("KEY-MATERIAL-99", read("to/tree/a/key"));
    assertEquals("plain", read("to/tree/plain"));
    assertEquals(400_016, Files.size(folder.resolve("large")));
  }

  @Test
  void anExpressionReadsAnEncryptedFile() throws IOException {
    write(
        "site.yml",
        """
        - hosts: n1
          gather_facts: false
          tasks:
            - copy: {content: "${file('key.pem')?lower_case}", dest: DIR/read}
            - copy: {content: "${template('outer.ftl')}", dest: DIR/rendered}
              vars: {db_password: hunter2-grünes}
            - debug: {msg: "${file('key.pem')} ${template('secret.ftl')}"}
            - shell: cat DIR/files/key.pem; echo KEY-MATERIAL-99
              register: said
            - debug: {var: said}
        """
            .replace("DIR", folder.toString()));
    CommandLineRun run = apply("-vvv --diff");
    succeeds(run);
    hidesAll(run);
    assertEquals("key-material-99\nsecond", read("read"));
    assertEquals("begin\npw=hunter2-grünes\nfixed-secret-55\n", read("rendered"));
  }

  @Test
  void anExpressionCannotReadAnEncryptedFileWithoutItsPassword() throws IOException {
    seal("files/other.pem", "another", "x", "KEY-MATERIAL-99\n");
    play("  tasks:\n    - debug: {msg: \"${file('other.pem')}\"}\n");
    CommandLineRun run = apply("");
    assertEquals(ExitCode.INVALID_INPUT, run.code(), run.out());
    assertTrue(
        run.err()
            .contains(
                "error: the file 'other.pem' is encrypted for vault id 'another', and the"
                    + " password does not open it"),
        run.err());
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

  @Test
  void nobodyNeedsThePasswordsOfHostsThatAreLeftAlone() throws IOException {
    seal("group_vars/elsewhere.yml", "prod", PROD, "x: y\n");
    write("host_vars/p1.yml", "z: " + inline("prod", PROD, "inline-tok-77") + "\n");
    write("site.yml", "- hosts: n1\n  gather_facts: false\n  tasks: [{debug: {msg: hello}}]\n");
    String dev = " DIR/site.yml -i DIR/inventory.yml --vault-id dev@DIR/dev";
    seal("group_vars/all.yml", "dev", DEV, "db_password: hunter2-grünes\n");
    succeeds(hactl("apply" + dev));
    succeeds(hactl("inventory -i DIR/inventory.yml"));

    write("site.yml", "- hosts: all\n  gather_facts: false\n  tasks: [{debug: {msg: hello}}]\n");
    succeeds(hactl("apply" + dev + " --limit n1"));
    CommandLineRun all = hactl("apply" + dev);
    assertEquals(ExitCode.INVALID_INPUT, all.code());
    assertTrue(
        all.err()
            .contains(
                "group_vars/elsewhere.yml:1:1: error: this file is encrypted for vault id 'prod',"
                    + " and no password is given for that id (host p1)\n"
                    + "    add --vault-id prod@FILE; given: dev\n"),
        all.err());
    assertEquals(
        ExitCode.INVALID_INPUT,
        hactl("vars p1 -i DIR/inventory.yml --vault-id dev@DIR/dev").code());
  }

  @Test
  void aValueBehindAConditionThatIsNotKnownIsOpenedBeforeTheFirstConnection() throws IOException {
    write(
        "site.yml",
        """
        - hosts: n1
          gather_facts: false
          vars:
            indirect: ${token}
            token: TOKEN
          tasks:
            - shell: touch DIR/touched
              register: r
            - debug: {msg: "${r.stdout} ${indirect}"}
              when: r.rc == 1
        """
            .replace("DIR", folder.toString())
            .replace("TOKEN", inline("prod", "another", "x")));
    CommandLineRun run = apply("");
    assertEquals(ExitCode.INVALID_INPUT, run.code(), run.out());
    assertTrue(run.err().contains("site.yml:5:12: error: this value is encrypted for"), run.err());
    assertTrue(Files.notExists(folder.resolve("touched")));
  }
}
