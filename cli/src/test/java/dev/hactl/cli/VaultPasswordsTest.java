package dev.hactl.cli;

import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where {@code hactl vault} gets its passwords from. */
class VaultPasswordsTest extends VaultActions {
  /** A program, how it ends, and what is said when it gives no password. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          pass          | printf '%s\\n' "dev password"                         | ''
          pass-client   | [ "$*" = "--vault-id dev" ] && echo "dev password"    | ''
          pass-client.sh| [ "$*" = "--vault-id dev" ] && echo "dev password"    | ''
          pass.sh       | [ $# = 0 ] && echo "dev password"                     | ''
          pass          | exit 3                                                | ended with status 3
          pass-client   | exit 2                                                | has no password for vault id 'dev'
          pass          | true                                                  | printed nothing
          """)
  void aProgramMayPrintThePassword(String name, String text, String wrong) throws IOException {
    seal("x", "dev", DEV, "inside");
    Path program = write(name, "#!/bin/sh\n" + text + "\n");
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
    CommandLineRun run = vault("view DIR/x --vault-id dev@DIR/" + name);
    if (wrong.isEmpty()) {
      says(ExitCode.OK, "inside", "", run);
    } else {
      refuses(
          "x",
          ":1:1: error: this is encrypted for vault id 'dev', and the password cannot be read: "
              + program
              + " "
              + wrong,
          run);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"HACTL_VAULT_PASSWORD_FILE", "ANSIBLE_VAULT_PASSWORD_FILE"})
  void theEnvironmentMayNameAFile(String variable) throws IOException {
    seal("x", "default", DEV, "inside");
    environment.put(variable, folder + "/dev");
    says(ExitCode.OK, "inside", "", vault("view DIR/x"));
    environment.put("HACTL_VAULT_PASSWORD_FILE", folder + "/none");
    says(
        ExitCode.USAGE,
        "",
        "hactl: HACTL_VAULT_PASSWORD_FILE: there is no file '" + folder + "/none'\n",
        vault("view DIR/x"));
  }

  @Test
  void aPasswordProgramIsNotRunWhereNothingIsEncrypted() throws IOException {
    Path program = write("pass", "#!/bin/sh\ntouch " + folder + "/ran\necho x\n");
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
    write("site.yml", "- hosts: n1\n  gather_facts: false\n  tasks: [{debug: {msg: hello}}]\n");
    succeeds(hactl("apply DIR/site.yml -i DIR/inventory.yml --vault-password-file DIR/pass"));
    assertFalse(Files.exists(folder.resolve("ran")));
  }

  @Test
  void twoNewPasswordsThatDifferAreRefused() {
    CommandLineRun run = vaultTyping("one\ntwo\n", "encrypt DIR/dev");
    says(ExitCode.USAGE, "", "hactl: the two vault passwords differ\n", run);
  }
}
