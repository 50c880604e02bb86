package dev.hactl.engine.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hactl.engine.vault.Keyring;
import dev.hactl.engine.vault.VaultPassword;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EncryptedSourcesTest {
  private static final VaultPassword PASSWORD =
      new VaultPassword("default", () -> "prödpass".getBytes(StandardCharsets.UTF_8));

  @TempDir Path folder;

  private static Path record(String name) throws Exception {
    return Path.of(
        Objects.requireNonNull(EncryptedSourcesTest.class.getResource("/vault/" + name)).toURI());
  }

  private static Problems withPassword() {
    return new Problems(new Keyring(List.of(PASSWORD)));
  }

  private Path encrypted(String text) throws IOException, VaultPassword.NoPassword {
    return Files.writeString(
        folder.resolve("secret.yml"),
        Keyring.seal(text.getBytes(StandardCharsets.UTF_8), PASSWORD));
  }

  @Test
  void anInlineValueStaysClosedUntilItIsAskedFor() throws Exception {
    var problems = withPassword();
    var told = new ArrayList<String>();
    problems.keyring().tell(told::add);
    var mapping =
        (Node.Mapping) YamlReader.read(record("inline.yml"), "inline.yml", problems).orElseThrow();
    var value = (Node.Scalar) mapping.get("db_password").orElseThrow();

    assertTrue(problems.vaulted());
    assertTrue(value.vaulted() && value.secret());
    assertEquals("<secret>", value.shown());
    assertFalse(value.text().contains("rendered"));
    assertEquals(List.of(), told);
    assertEquals("inline ${not_rendered}", value.reveal());
    assertEquals(List.of("inline ${not_rendered}"), told);
    assertEquals("inline.yml:1:14", value.place().toString());
  }

  @Test
  void everyValueOfAnEncryptedFileIsSecretAndItsLinesAreNotQuoted() throws Exception {
    var problems = withPassword();
    Path file = encrypted("name: hunter2\nlist: [4711]\n");
    var mapping =
        (Node.Mapping) YamlReader.readVariables(file, "secret.yml", problems).orElseThrow();
    var value = (Node.Scalar) mapping.get("name").orElseThrow();

    assertEquals("hunter2", value.reveal());
    assertEquals("<secret>", value.shown());
    assertTrue(value.secret() && !value.vaulted());
    Problem problem =
        Problem.error(value.place(), "'hunter2' is no 'name' of 'anybody'", "not \"hunter2\"");
    assertEquals(
        "secret.yml:1:7: error: '<secret>' is no 'name' of 'anybody'\n    not <secret>"
            .replace("'<secret>'", "<secret>"),
        problem.render());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a: hunter2\na: hunter3\n",
        "a: 'hunter2\n",
        "a: %hunter2\n",
        "hunter2: hunter2: hunter2\n",
        "- hunter2\nhunter3\n",
        "a: *hunter2\n",
        "a: {{ hunter2 }}\n",
        "<<: hunter2\n"
      })
  void mistakesInAnEncryptedFileShowNothingOfIt(String text) throws Exception {
    var problems = withPassword();
    Optional<Node> ignored = YamlReader.readVariables(encrypted(text), "secret.yml", problems);
    assertTrue(problems.hasErrors());
    problems
        .all()
        .forEach(p ->
            assertFalse(
                p.render().replace("'hunter2' stands", "").matches("(?s).*hunter[23].*"),
                p.render()));
  }

  @Test
  void whoMayBeEncryptedAndWhoMayNot() throws Exception {
    Path file = encrypted("- hosts: all\n");
    var refusing = withPassword();
    assertTrue(YamlReader.read(file, "site.yml", refusing).isEmpty());
    assertTrue(
        refusing.all().getFirst().render().contains("site.yml:1:1: error: this file is encrypted"));

    var without = new Problems();
    assertTrue(YamlReader.readVariables(file, "vars.yml", without).isEmpty());
    assertEquals(
        "vars.yml:1:1: error: this file is encrypted, and no vault password is given\n"
            + "    add --vault-password-file FILE or --ask-vault-password",
        without.all().getFirst().render());

    var perhaps = new Problems();
    Node locked = YamlReader.readVariablesIfPossible(file, "vars.yml", perhaps).orElseThrow();
    assertFalse(perhaps.hasErrors());
    assertEquals(without.all(), List.of(locked.place().file().opening().locked().orElseThrow()));
  }

  @Test
  void whatCannotBeAnEncryptedValueIsToldWhenItIsRead() {
    var problems = new Problems();
    Optional<Node> ignored =
        YamlReader.parse(
            new SourceFile(
                "x.yml",
                """
                a: !vault hello
                b: !vault [1]
                c: |
                  $ANSIBLE_VAULT;1.1;AES256
                  6162
                """),
            problems);
    assertEquals(
        """
        x.yml:1:4: this value is no text of Ansible Vault: it does not begin with \
        $ANSIBLE_VAULT | copy the whole text, from $ANSIBLE_VAULT to its last line
        x.yml:2:4: '!vault' stands before an encrypted text, this is a list
        x.yml:3:4: warning: this looks encrypted, and is taken as the text it is \
        | write !vault before it: NAME: !vault |\
        """,
        Sources.brief(problems.all()));
  }

  @Test
  void bytesThatAreNoTextCannotBeAValue() throws Exception {
    String sealed = Keyring.seal(new byte[] {(byte) 0xff, 0}, PASSWORD).indent(2);
    var problems = withPassword();
    var mapping =
        (Node.Mapping)
            YamlReader.parse(new SourceFile("x.yml", "a: !vault |\n" + sealed), problems)
                .orElseThrow();
    var value = (Node.Scalar) mapping.get("a").orElseThrow();
    var wrong = org.junit.jupiter.api.Assertions.assertThrows(SourceException.class, value::reveal);
    assertTrue(wrong.problems().getFirst().message().endsWith("what is in it is not UTF-8 text"));
  }
}
