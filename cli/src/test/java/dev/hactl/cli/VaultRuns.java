package dev.hactl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.hactl.engine.vault.Keyring;
import dev.hactl.engine.vault.VaultPassword;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A project with secrets in a folder of its own, for hosts that are all this machine. */
abstract class VaultRuns {
  static final String DEV = "dev password";
  static final String PROD = "prödpass";

  /** Texts that appear nowhere else, so that the whole journal can be searched for them. */
  static final List<String> SECRETS =
      List.of("hunter2-grünes", "inline-tok-77", "KEY-MATERIAL-99", "fixed-secret-55", "48123");

  @TempDir Path folder;

  @BeforeEach
  void passwordFiles() throws IOException {
    write("dev", DEV + "\n");
    write("prod", PROD);
    write(
        "inventory.yml",
        """
        all:
          hosts: {n1: {}}
          vars: {ansible_connection: local}
          children:
            elsewhere: {hosts: {p1: {}}}
        """);
  }

  Path write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  Path seal(String name, String id, String password, String text) throws IOException {
    return write(name, sealed(id, password, text));
  }

  static String sealed(String id, String password, String text) {
    byte[] secret = password.getBytes(StandardCharsets.UTF_8);
    try {
      return Keyring.seal(
          text.getBytes(StandardCharsets.UTF_8), new VaultPassword(id, () -> secret));
    } catch (VaultPassword.NoPassword e) {
      throw new IllegalStateException(e);
    }
  }

  /** An encrypted value, to stand behind a name. */
  static String inline(String id, String password, String text) {
    return "!vault |\n" + sealed(id, password, text).indent(10).stripTrailing();
  }

  String read(String name) throws IOException {
    return Files.readString(folder.resolve(name));
  }

  /** Runs a command in the project; {@code DIR} is its folder. */
  CommandLineRun hactl(String words, String... more) {
    var all = new ArrayList<String>();
    Stream.of(words.split(" ")).map(w -> w.replace("DIR", folder.toString())).forEach(all::add);
    all.addAll(List.of(more));
    return CommandLineRun.alone(all.toArray(String[]::new));
  }

  /** Applies site.yml to n1 with both passwords. */
  CommandLineRun apply(String words) {
    return hactl(
        "apply DIR/site.yml -i DIR/inventory.yml --vault-password-file DIR/dev --vault-id"
            + " prod@DIR/prod"
            + (words.isEmpty() ? "" : " " + words));
  }

  static void succeeds(CommandLineRun run) {
    assertEquals(ExitCode.OK, run.code(), run.out() + run.err());
  }

  /** The law: a decrypted text is in no output and no journal. */
  static void hidesAll(CommandLineRun run) throws IOException {
    hides("output", run.out());
    hides("errors", run.err());
    Path journals = Path.of(System.getenv("XDG_STATE_HOME"), "hactl", "runs");
    if (Files.isDirectory(journals)) {
      try (Stream<Path> all = Files.list(journals)) {
        for (Path journal : all.toList()) {
          hides(journal.toString(), Files.readString(journal));
        }
      }
    }
  }

  private static void hides(String where, String text) {
    SECRETS.forEach(secret ->
        assertFalse(text.contains(secret), () -> where + " shows " + secret + ":\n" + text));
  }
}
