package dev.hactl.modules.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hactl.engine.module.Change;
import dev.hactl.engine.module.LocalShell;
import dev.hactl.engine.source.SourceException;
import dev.hactl.modules.TaskText;
import dev.hactl.modules.Verdict;
import dev.hactl.modules.text.Lines;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeysTest {
  private static final String A =
      "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIHGreOc8bPO7fWOt/8Q7rCHnmkGvvFxQmzWS6nYIFaB6";
  private static final String B =
      "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIHGreOc8bPO7fWOt/8Q7rCHnmkGvvFxQmzWS6nYIFaB7";
  private static final String DIRECTORY = "drwx------ 2 1000 1000 4096 Jan 1 00:00 /home/ann/.ssh";
  private static final String ENTRY =
      "-rw------- 1 1000 1000 99 Jan 1 00:00 /home/ann/.ssh/authorized_keys";

  private static KeysFile file(String... lines) {
    return new KeysFile(
        "1000",
        "1000",
        "/home/ann/.ssh/authorized_keys",
        DIRECTORY,
        ENTRY,
        true,
        new Lines(List.of(lines)));
  }

  private static List<String> diffs(String args, KeysFile file) {
    var module = new AuthorizedKey();
    return Verdict.changes(module.plan(TaskText.bind(module, "{user: ann, " + args + "}"), file))
        .stream()
        .flatMap(c -> Verdict.diffs(c).stream())
        .toList();
  }

  @Test
  void onlyOwnLinesAreTouched() {
    assertEquals(
        List.of("+" + A + " ann"), diffs("key: '" + A + " ann'", file("# ours", B + " bob")));
    assertEquals(List.of(), diffs("key: '" + A + "'", file(A + " ann")));
    assertEquals(
        List.of("-" + A + " ann"), diffs("key: '" + A + "', state: absent", file(A + " ann", B)));
    assertEquals(List.of(), diffs("key: '" + A + "', state: absent", file(B)));
    assertEquals(
        List.of("-" + A + " old", "+" + A + " new"),
        diffs("key: '" + A + " new'", file(A + " old")));
    assertEquals(
        List.of("-" + B), diffs("key: '" + A + "', exclusive: true", file("# ours", B, A)));
    assertEquals(
        List.of("+" + A, "+" + B), diffs("key: \"" + A + "\\n# x\\n\\n" + B + "\\n\"", file()));
  }

  @Test
  void aRestrictedKeyStaysRestricted() {
    String restricted = "from=\"10.0.0.1, 10.0.0.2\",restrict " + A + " ann";
    assertEquals(List.of(), diffs("key: '" + A + " ann'", file(restricted)));
    assertEquals(
        List.of("-" + restricted, "+" + A + " ann"),
        diffs("key: '" + A + " ann', key_options: ''", file(restricted)));
    assertEquals(
        List.of("-" + A + " ann", "+restrict " + A + " ann"),
        diffs("key: '" + A + " ann', key_options: restrict", file(A + " ann")));
  }

  @Test
  void attributesThatSshdRejectsAreMended() {
    KeysFile open =
        new KeysFile(
            "1000",
            "1000",
            "/home/ann/.ssh/authorized_keys",
            DIRECTORY.replace("------ ", "rwxrwx "),
            ENTRY.replace("-rw-------", "-rw-rw-rw-"),
            true,
            new Lines(List.of(A)));
    var module = new AuthorizedKey();
    Change<KeysFile> change =
        Verdict.only(module.plan(TaskText.bind(module, "{user: ann, key: '" + A + "'}"), open));
    assertEquals(2, change.steps().size());
    assertEquals("put /home/ann/.ssh/authorized_keys 0600", Verdict.steps(change).get(1));
  }

  @Test
  void whatCannotBeDoneIsSaid() {
    var module = new AuthorizedKey();
    var p = TaskText.bind(module, "{user: ann, key: '" + A + "'}");
    var nobody = new KeysFile("", "", "/.ssh/authorized_keys", "", "", false, new Lines(List.of()));
    assertEquals(
        List.of("blocked on user ann: there is no user ann on this host"),
        Verdict.of(module.plan(p, nobody)));
    var link =
        new KeysFile(
            "1000",
            "1000",
            "/home/ann/.ssh/authorized_keys",
            DIRECTORY,
            "l" + ENTRY.substring(1),
            true,
            new Lines(List.of()));
    assertTrue(Verdict.of(module.plan(p, link)).getFirst().startsWith("impossible: "));
  }

  @Test
  void takingKeysAwayIsGuardedByTheSessionsOwn() {
    var module = new AuthorizedKey();
    var exclusive = TaskText.bind(module, "{user: ann, key: '" + A + "', exclusive: true}");
    var guards = Verdict.only(module.plan(exclusive, file(A, B))).guards();
    assertEquals(1, guards.size());
    String fingerprint = PublicKey.read(B).orElseThrow().fingerprint();
    assertTrue(guards.getFirst().text().contains(fingerprint));
    var adding = TaskText.bind(module, "{user: ann, key: '" + A + "'}");
    assertEquals(List.of(), Verdict.only(module.plan(adding, file(B))).guards());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{user: ann, key: nonsense}",
        "{user: ann, key: ssh-ed25519 AAAA}",
        "{user: ann, key: ssh-rsa AAAAC3NzaC1lZDI1NTE5AAAAIHGreOc8bPO7fWOt/8Q7rCHnmkGvvFxQmzWS6nYIFaB6}",
        "{user: ann, key: 'https://example.com/ann.keys'}",
        "{user: ann, key: ''}",
        "{user: ann}",
      })
  void wrongKeysAreRefused(String args) {
    assertThrows(SourceException.class, () -> TaskText.bind(new AuthorizedKey(), args));
  }

  @ParameterizedTest
  @EnumSource(LocalShell.class)
  void everyShellLooksAndGuards(LocalShell shell) {
    var probe = KeysFile.probe("root", Optional.of("/nonexistent/keys"));
    KeysFile root = probe.parser().apply(shell.run((String) probe.question()).answer());
    assertEquals("0", root.uid());
    assertEquals("/nonexistent/keys", root.path());
    assertTrue(!root.exists());
    var none = KeysFile.probe("nosuchuser", Optional.empty());
    assertTrue(!none.parser().apply(shell.run((String) none.question()).answer()).userExists());
    assertEquals(0, shell.run(SessionKey.keeps("root", List.of("SHA256:none")).text()).status());
  }
}
