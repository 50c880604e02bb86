package dev.hactl.engine.vault;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What ansible-vault wrote is read, and what hactl writes is the same to the byte. */
class VaultRecordsTest {
  private static final VaultPassword ONE = password("default", "pass one");
  private static final VaultPassword TWO = password("default", "prödpass");

  static VaultPassword password(String id, String text) {
    return new VaultPassword(id, () -> text.getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] record(String name) throws IOException {
    try (InputStream in = VaultRecordsTest.class.getResourceAsStream("/vault/" + name)) {
      return Objects.requireNonNull(in, name).readAllBytes();
    }
  }

  private static String text(String name) throws IOException {
    return new String(record(name), StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @CsvSource({
    "one-line, default, pass one",
    "empty,    default, pass one",
    "block,    dev-1,   pass one",
    "labelled, prod,    prödpass",
    "bytes,    default, prödpass",
  })
  void readsAndWritesWhatAnsibleDoes(String name, String id, String password) throws Exception {
    String encrypted = text(name + ".vault");
    byte[] plain = record(name + ".plain");
    VaultPassword its = password(id, password);

    var opened =
        assertInstanceOf(
            Keyring.Opened.Plain.class, new Keyring(List.of(its)).open(encrypted), name);
    assertArrayEquals(plain, opened.bytes());
    assertEquals(id, Envelope.parse(encrypted).id());
    assertEquals(encrypted, Keyring.seal(plain, its, Envelope.parse(encrypted).salt()));
  }

  @Test
  void whatIsSealedOpensAgainWhateverItsLength() throws Exception {
    var random = new Random(7);
    byte[] salt = new byte[32];
    for (int length = 0; length < 50; length++) {
      byte[] text = new byte[length];
      random.nextBytes(text);
      // One salt: the keys are worked out once for all of them.
      VaultKeys keys = VaultKeys.of(ONE.bytes(), salt);
      Envelope sealed = VaultCipher.seal(text, "x", salt, keys);
      Envelope read = Envelope.parse(sealed.text());
      assertArrayEquals(text, VaultCipher.open(read, keys).orElseThrow());
      read.encrypted()[random.nextInt(read.encrypted().length)] ^= 1;
      assertTrue(VaultCipher.open(read, keys).isEmpty(), "a changed bit is noticed");
    }
  }

  @Test
  void noTwoSealedTextsAreAlike() throws Exception {
    byte[] text = "the same".getBytes(StandardCharsets.UTF_8);
    assertTrue(!Keyring.seal(text, ONE).equals(Keyring.seal(text, ONE)));
  }

  /** given: ids and passwords as {@code id=password}, then what is said of the text. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          one-line | default=pass one                |
          one-line | dev=nonsense;prod=pass one      |
          one-line | ''                              | is encrypted, and no vault password is given
          one-line | default=nonsense                | is encrypted, and the password does not open it
          labelled | prod=prödpass                   |
          labelled | default=prödpass                |
          labelled | dev=nonsense;default=prödpass   |
          labelled | ''                              | is encrypted for vault id 'prod', and no vault password is given
          labelled | dev=prödpass                    | is encrypted for vault id 'prod', and no password is given for that id
          labelled | prod=nonsense;dev=prödpass      | is encrypted for vault id 'prod', and the password does not open it
          """)
  void whosePasswordOpensIt(String name, String given, String refused) throws Exception {
    var passwords =
        List.of(given.split(";")).stream()
            .filter(g -> !g.isEmpty())
            .map(g -> password(g.split("=")[0], g.split("=")[1]))
            .toList();
    String said =
        switch (new Keyring(passwords).open(text(name + ".vault"))) {
          case Keyring.Opened.Plain plain -> null;
          case Keyring.Opened.Refused r -> r.why();
        };
    assertEquals(refused, said);
  }

  @Test
  void aPasswordIsFetchedOnceAndOnlyForATextThatNeedsIt() throws IOException {
    var fetched = new AtomicInteger();
    var other = new AtomicInteger();
    var keyring =
        new Keyring(
            List.of(
                new VaultPassword(
                    "prod",
                    () -> {
                      fetched.incrementAndGet();
                      return "prödpass".getBytes(StandardCharsets.UTF_8);
                    }),
                new VaultPassword(
                    "dev",
                    () -> {
                      other.incrementAndGet();
                      throw new VaultPassword.NoPassword("never asked");
                    })));
    for (int i = 0; i < 3; i++) {
      assertInstanceOf(Keyring.Opened.Plain.class, keyring.open(text("labelled.vault")));
    }
    assertEquals(1, fetched.get());
    assertEquals(0, other.get());
  }

  @Test
  void aPasswordThatCannotBeHadIsToldWithItsReason() throws IOException {
    var keyring =
        new Keyring(
            List.of(
                new VaultPassword(
                    "prod",
                    () -> {
                      throw new VaultPassword.NoPassword("the safe is shut");
                    })));
    var refused =
        assertInstanceOf(Keyring.Opened.Refused.class, keyring.open(text("labelled.vault")));
    assertEquals(
        "is encrypted for vault id 'prod', and the password cannot be read: the safe is shut",
        refused.why());
  }

  @Test
  void tellsOfTextsInUseToWhoeverAsksWhenever() {
    var keyring = new Keyring(List.of(TWO));
    var first = new StringBuilder();
    var second = new StringBuilder();
    keyring.tell(first::append);
    keyring.met("a");
    keyring.met("a");
    keyring.tell(second::append);
    keyring.met("b");
    assertEquals("ab", first.toString());
    assertEquals("ab", second.toString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          hello                                | is no text of Ansible Vault: it does not begin with $ANSIBLE_VAULT
          ''                                   | is no text of Ansible Vault: it does not begin with $ANSIBLE_VAULT
          $ANSIBLE_VAULT;1.0;AES/6162          | is in format 1.0 of Ansible Vault, which is not safe and is not read
          $ANSIBLE_VAULT;2.0;AES256/6162       | is in format '2.0' of Ansible Vault; 1.1 and 1.2 are read
          $ANSIBLE_VAULT;1.1;AES/6162          | is encrypted with 'AES'; only AES256 is read
          $ANSIBLE_VAULT;1.1                   | is encrypted with ''; only AES256 is read
          $ANSIBLE_VAULT;1.1;AES256            | is a broken text of Ansible Vault: nothing follows its first line
          $ANSIBLE_VAULT;1.1;AES256/61/6x      | is a broken text of Ansible Vault: character 2 of its line 3 is no hex digit
          $ANSIBLE_VAULT;1.1;AES256/6162       | is a broken text of Ansible Vault: it does not hold salt, HMAC and content
          $ANSIBLE_VAULT;1.1;AES256/616        | is a broken text of Ansible Vault: its end is missing
          $ANSIBLE_VAULT;1.1;AES256/360a360a36 | is a broken text of Ansible Vault: its end is missing
          """)
  void saysWhatIsBroken(String text, String why) {
    var refused =
        assertInstanceOf(
            Keyring.Opened.Refused.class, new Keyring(List.of(ONE)).open(text.replace('/', '\n')));
    assertEquals(why, refused.why());
  }
}
