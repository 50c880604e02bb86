package dev.hactl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

/** What is encrypted reaches the hosts, and is opened before the first connection. */
class VaultRunTest extends VaultPlays {
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
