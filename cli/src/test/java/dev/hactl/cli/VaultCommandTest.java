package dev.hactl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code hactl vault}: what it makes of files and values, and what it refuses. */
class VaultCommandTest extends VaultActions {
  @Test
  void encryptsAndDecryptsInPlaceAndKeepsTheMode() throws IOException {
    Path file = write("a.yml", "a: 1\n");
    Path other = write("b", "");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));

    CommandLineRun done = vault("encrypt DIR/a.yml DIR/b" + WITH_DEV);
    says(
        ExitCode.OK, "", "hactl: " + file + ": encrypted\nhactl: " + other + ": encrypted\n", done);
    assertTrue(read("a.yml").startsWith("$ANSIBLE_VAULT;1.1;AES256\n"), read("a.yml"));
    assertEquals("rw-r-----", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    says(ExitCode.OK, "a: 1\n", "", vault("view DIR/a.yml DIR/b" + WITH_DEV));

    says(
        ExitCode.OK, "", "hactl: " + file + ": decrypted\n", vault("decrypt DIR/a.yml" + WITH_DEV));
    assertEquals("a: 1\n", read("a.yml"));
    assertEquals("rw-r-----", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
  }

  @Test
  void passesTextsThroughStandardInputAndOutput() throws IOException {
    CommandLineRun sealed =
        vaultTyping(
            "secret",
            "encrypt --vault-id prod@DIR/prod --vault-id dev@DIR/dev" + " --encrypt-vault-id prod");
    succeeds(sealed);
    assertTrue(sealed.out().startsWith("$ANSIBLE_VAULT;1.2;AES256;prod\n"), sealed.out());
    says(
        ExitCode.OK, "secret", "", vaultTyping(sealed.out(), "decrypt - --vault-id prod@DIR/prod"));

    Path file = seal("x", "default", DEV, "inside");
    says(ExitCode.OK, "inside", "", vault("decrypt DIR/x --output -" + WITH_DEV));
    says(
        ExitCode.OK,
        "",
        "hactl: " + folder + "/y: decrypted\n",
        vault("decrypt DIR/x --output DIR/y" + WITH_DEV));
    assertEquals("inside", read("y"));
    assertEquals(
        "rw-------",
        PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("y"))));
    assertTrue(Files.readString(file).startsWith("$ANSIBLE_VAULT"));
  }

  @Test
  void aLinkStaysAndTheFileItPointsToIsReplaced() throws IOException {
    write("real/a", "text");
    Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("real/a"));
    succeeds(vault("encrypt DIR/link" + WITH_DEV));
    assertTrue(Files.isSymbolicLink(link));
    assertTrue(read("real/a").startsWith("$ANSIBLE_VAULT"));
  }

  @Test
  void rekeysAllFilesOrNone() throws IOException {
    seal("a", "default", DEV, "first");
    seal("b", "prod", PROD, "second");
    String before = read("a");
    refuses(
        "b",
        ":1:1: error: this is encrypted for vault id 'prod', and the password does not open it\n"
            + "    it was encrypted with another password, or changed since; tried: default",
        vault("rekey DIR/a DIR/b --new-vault-id next@DIR/prod" + WITH_DEV));
    assertEquals(before, read("a"));

    succeeds(
        vault(
            "rekey DIR/a DIR/b --new-vault-id next@DIR/prod --vault-id prod@DIR/prod" + WITH_DEV));
    assertTrue(read("a").startsWith("$ANSIBLE_VAULT;1.2;AES256;next\n"));
    says(ExitCode.OK, "firstsecond", "", vault("view DIR/a DIR/b --vault-id next@DIR/prod"));

    succeeds(vaultTyping("later\nlater\n", "rekey DIR/a --vault-id next@DIR/prod"));
    says(ExitCode.OK, "first", "", vaultTyping("later\n", "view DIR/a --ask-vault-password"));
    // Without any word about passwords it asks, as Ansible does.
    says(ExitCode.OK, "first", "", vaultTyping("later\n", "view DIR/a"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          encrypt-string -n a                         | one  | a    | 'hactl: note: the value ends'
          encrypt-string --stdin-name b -             | one  | b    | 'hactl: note: the value ends'
          encrypt-string one                          | ''   | ''   | 'hactl: warning: a secret in the words'
          encrypt-string -n c one                     | ''   | c    | 'hactl: warning: a secret in the words'
          encrypt-string --prompt -n d                | one  | d    | ''
          """)
  void encryptsSingleValues(String words, String typed, String name, String told)
      throws IOException {
    CommandLineRun run =
        vaultTyping(typed.isEmpty() ? "" : typed + "\n", words + " --vault-id prod@DIR/prod");
    succeeds(run);
    assertTrue(run.err().startsWith(told), run.err());
    assertEquals(told.isEmpty(), run.err().isEmpty(), run.err());
    assertFalse(run.err().contains("one\n"), run.err());
    String head = (name.isEmpty() ? "" : name + ": ") + "!vault |\n          $ANSIBLE_VAULT;1.2;";
    assertTrue(run.out().startsWith(head), run.out());

    write("inventory.yml", "all:\n  hosts: {n1: {ansible_connection: local}}\n");
    write(
        "site.yml",
        "- hosts: n1\n  gather_facts: false\n  tasks:\n    - copy:\n        dest: "
            + folder
            + "/out\n        content: "
            + run.out().substring(name.isEmpty() ? 0 : name.length() + 2));
    succeeds(apply(""));
    assertEquals(told.contains("note") ? "one\n" : "one", read("out"));
  }

  /** Words, what is typed, and what is said; all of it the command line's fault. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          frobnicate                                  | hactl vault: there is no 'frobnicate'
          encrpt x                                    | hactl vault: there is no 'encrpt'; did you mean 'encrypt'?
          --output x                                  | hactl vault: what to do? create edit view encrypt decrypt rekey encrypt-string
          view                                        | hactl vault view: missing required parameter: 'FILE'
          create DIR/dev --vault-password-file DIR/dev | hactl vault create: 'DIR/dev' exists; hactl vault edit opens it
          encrypt DIR/dev --vault-password-file DIR/no | hactl: --vault-password-file DIR/no: there is no file 'DIR/no'
          encrypt DIR/dev --vault-id dev@             | hactl: --vault-id wants ID@FILE or ID@prompt, not 'dev@'
          encrypt DIR/dev --vault-id a;b@DIR/dev      | hactl: --vault-id wants ID@FILE or ID@prompt, not 'a;b@DIR/dev'
          encrypt DIR/dev --vault-id a@DIR/dev --vault-id b@DIR/dev | hactl vault encrypt: which password? add --encrypt-vault-id with one of a, b
          encrypt DIR/dev --vault-id prod@DIR/dev --encrypt-vault-id prd | hactl vault encrypt: no password of vault id 'prd' is given; did you mean 'prod'?
          encrypt                                     | hactl vault encrypt: standard input holds the text, so the password must come from --vault-password-file or --vault-id ID@FILE
          encrypt - DIR/dev --vault-password-file DIR/dev | hactl vault encrypt: with standard input or --output, one text at a time
          encrypt-string -n a -n b c --vault-password-file DIR/dev | hactl vault encrypt-string: 2 names for 1 texts
          encrypt-string -n 9a c --vault-password-file DIR/dev | hactl vault encrypt-string: '9a' cannot be the name of a variable
          encrypt-string --prompt - --vault-password-file DIR/dev | hactl vault encrypt-string: either --prompt or standard input
          encrypt-string --vault-password-file DIR/dev | hactl vault encrypt-string: there is no value: standard input is empty
          encrypt DIR/dev -J                          | hactl: the vault password is empty
          """)
  void refusesWhatIsWrongOnTheCommandLine(String words, String said) {
    says(ExitCode.USAGE, "", said.replace("DIR", folder.toString()) + "\n", vault(words));
  }

  @Test
  void refusesFilesThatDoNotFitAllOfThemAtOnce() throws IOException {
    seal("sealed", "default", DEV, "x");
    write("broken", "$ANSIBLE_VAULT;1.1;AES256\n6162\n");
    refuses("none", ": error: no such file", vault("view DIR/none" + WITH_DEV));
    refuses(
        "dev",
        ": error: this is not encrypted\n"
            + folder
            + "/broken:1:1: error: this is a broken text of Ansible Vault: it does not hold salt,"
            + " HMAC and content\n"
            + "    copy the whole text, from $ANSIBLE_VAULT to its last line",
        vault("decrypt DIR/dev DIR/sealed DIR/broken" + WITH_DEV));
    assertTrue(read("sealed").startsWith("$ANSIBLE_VAULT"), "none is written");
    refuses(
        "sealed",
        ": error: this is encrypted already\n    hactl vault rekey gives it another password",
        vault("encrypt DIR/dev DIR/sealed" + WITH_DEV));
    assertEquals(DEV + "\n", read("dev"), "none is written");
    refuses(
        "no/new",
        ": error: there is no folder " + folder + "/no\n    make it first",
        vault("create DIR/no/new" + WITH_DEV));
  }

  @Test
  void listsItsActions() {
    CommandLineRun run = vault("--help");
    succeeds(run);
    assertTrue(run.out().contains("  encrypt-string  encrypt a single value"), run.out());
    succeeds(vault("rekey --help"));
  }
}
