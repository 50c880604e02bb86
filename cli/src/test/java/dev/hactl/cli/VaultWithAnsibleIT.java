package dev.hactl.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hactl.lab.LabPackages;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What hactl encrypts, the real ansible-vault of this machine opens, and the other way round. */
class VaultWithAnsibleIT extends VaultRuns {

  @BeforeAll
  static void ansible() {
    LabPackages.need(Path.of("/usr/bin/ansible-vault"), "ansible-core");
  }

  /** What a program of Ansible prints. */
  private byte[] run(String words) throws Exception {
    var all = new ArrayList<String>();
    Stream.of(words.split(" ")).map(w -> w.replace("DIR", folder.toString())).forEach(all::add);
    var builder = new ProcessBuilder(all).directory(folder.toFile());
    builder.environment().put("LC_ALL", "C.UTF-8");
    builder.environment().put("ANSIBLE_NOCOLOR", "1");
    builder.redirectError(folder.resolve("err").toFile());
    Process process = builder.start();
    process.getOutputStream().close();
    byte[] out = process.getInputStream().readAllBytes();
    assertEquals(0, process.waitFor(), words + ": " + Files.readString(folder.resolve("err")));
    return out;
  }

  private static byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--vault-password-file DIR/dev",
        "--vault-password-file DIR/prod",
        "--vault-id prod@DIR/prod"
      })
  void filesGoBothWays(String password) throws Exception {
    for (int length : new int[] {0, 16, 5000}) {
      byte[] plain = bytes(length);
      Files.write(folder.resolve("ours"), plain);
      succeeds(hactl("vault encrypt DIR/ours " + password));
      assertArrayEquals(plain, run("ansible-vault decrypt --output - " + password + " ours"));
    }
    byte[] plain = bytes(100);
    Files.write(folder.resolve("theirs"), plain);
    run("ansible-vault encrypt " + password + " theirs");
    succeeds(hactl("vault decrypt DIR/theirs " + password));
    assertArrayEquals(plain, Files.readAllBytes(folder.resolve("theirs")));
  }

  @Test
  void singleValuesGoBothWays() throws Exception {
    CommandLineRun made =
        CommandLineRun.typing(
            "grün ${x} {{ y }}",
            "vault",
            "encrypt-string",
            "-n",
            "token",
            "--vault-id",
            "prod@" + folder + "/prod");
    succeeds(made);
    write("vars.yml", made.out());
    String shown =
        new String(
            run(
                "ansible localhost -c local -m debug -a var=token -e @DIR/vars.yml --vault-id"
                    + " prod@DIR/prod"),
            StandardCharsets.UTF_8);
    assertTrue(shown.contains("\"token\": \"grün ${x} {{ y }}\""), shown);

    String theirs =
        new String(
            run("ansible-vault encrypt_string --vault-id prod@DIR/prod --name token inline-tok-77"),
            StandardCharsets.UTF_8);
    write("vars.yml", theirs);
    write(
        "site.yml",
        "- hosts: n1\n  gather_facts: false\n  tasks: [{copy: {content: '${token}', dest: "
            + folder
            + "/out}}]\n");
    CommandLineRun run = apply("-e @DIR/vars.yml -vvv");
    succeeds(run);
    hidesAll(run);
    assertEquals("inline-tok-77", read("out"));
  }

  @Test
  void whatHactlEditsAndRekeysAnsibleReads() throws Exception {
    write("a", "first");
    run("ansible-vault encrypt --vault-id prod@DIR/prod a");
    succeeds(hactl("vault rekey DIR/a --vault-id prod@DIR/prod --new-vault-id dev@DIR/dev"));
    assertEquals(
        "first",
        new String(run("ansible-vault view --vault-id dev@DIR/dev a"), StandardCharsets.UTF_8)
            .strip());
    assertEquals(List.of("$ANSIBLE_VAULT;1.2;AES256;dev"), read("a").lines().limit(1).toList());
  }
}
