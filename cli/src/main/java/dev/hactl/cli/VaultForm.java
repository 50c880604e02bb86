package dev.hactl.cli;

import dev.hactl.cli.output.Terminal;
import dev.hactl.cli.vault.PasswordSource;
import dev.hactl.engine.value.Secret;
import dev.hactl.engine.vault.Keyring;
import dev.hactl.engine.vault.VaultPassword;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The vault passwords: the options that every command that reads a project has. */
final class VaultForm {
  private static final String PROMPT = "prompt";

  private VaultForm() {}

  /**
   * What was given.
   *
   * @param ids {@code --vault-id}: {@code LABEL@SOURCE} or a source alone
   * @param files {@code --vault-password-file}
   * @param ask whether to ask for one
   */
  record Given(List<String> ids, List<String> files, boolean ask) {}

  /** Adds the options. */
  static Form add(Form form) {
    return form.values(
            "FILE",
            "File with the vault password, or program that prints it.",
            "--vault-password-file",
            "--vault-pass-file")
        .values(
            "ID@SOURCE", "Vault password of an id: a file, a program or 'prompt'.", "--vault-id")
        .flag("Ask for the vault password.", "-J", "--ask-vault-password", "--ask-vault-pass");
  }

  /** Reads them. */
  static Given read(Form.Filled form) {
    return new Given(
        form.values("--vault-id"),
        form.values("--vault-password-file"),
        form.flag("--ask-vault-password"));
  }

  /**
   * The passwords. Those to be typed are asked for now; a file is read, and a program run, when
   * something encrypted is met.
   *
   * @param environment where {@code HACTL_VAULT_PASSWORD_FILE}, or else {@code
   *     ANSIBLE_VAULT_PASSWORD_FILE}, may name one more file
   * @throws UsageError when a file is not there
   */
  static Keyring keyring(Given given, Terminal terminal, Map<String, String> environment) {
    List<VaultPassword> passwords = passwords(given, terminal, environment, false);
    return passwords.isEmpty() ? Keyring.EMPTY : new Keyring(passwords);
  }

  /**
   * The same as a list.
   *
   * @param fresh whether they are for new texts: those that are typed are asked for twice
   */
  static List<VaultPassword> passwords(
      Given given, Terminal terminal, Map<String, String> environment, boolean fresh) {
    var passwords = new ArrayList<VaultPassword>();
    for (String text : given.ids()) {
      int at = text.indexOf('@');
      String id = at > 0 ? text.substring(0, at) : VaultPassword.DEFAULT;
      String source = text.substring(at + 1);
      if (id.indexOf(';') >= 0 || source.isEmpty()) {
        throw new UsageError("hactl: --vault-id wants ID@FILE or ID@prompt, not '" + text + "'");
      }
      passwords.add(
          source.equals(PROMPT)
              ? typed(id, terminal, fresh)
              : written(id, source, "--vault-id " + text));
    }
    for (String file : given.files()) {
      passwords.add(written(VaultPassword.DEFAULT, file, "--vault-password-file " + file));
    }
    if (given.ask()) {
      passwords.add(typed(VaultPassword.DEFAULT, terminal, fresh));
    }
    variable(environment)
        .map(n -> written(VaultPassword.DEFAULT, String.valueOf(environment.get(n)), n))
        .ifPresent(passwords::add);
    return passwords;
  }

  /** The variable that names a file with the vault password. */
  static Optional<String> variable(Map<String, String> environment) {
    return Stream.of("HACTL_VAULT_PASSWORD_FILE", "ANSIBLE_VAULT_PASSWORD_FILE")
        .filter(n -> !environment.getOrDefault(n, "").isEmpty())
        .findFirst();
  }

  /** A password that somebody types now. */
  static VaultPassword typed(String id, Terminal terminal, boolean fresh) {
    var passwords = new Passwords(terminal);
    String of = id.equals(VaultPassword.DEFAULT) ? "" : " (" + id + ")";
    Secret password = passwords.ask((fresh ? "New vault password" : "Vault password") + of + ": ");
    if (password.reveal().isEmpty()) {
      throw new UsageError("hactl: the vault password is empty");
    }
    if (fresh && !passwords.ask("Confirm new vault password" + of + ": ").equals(password)) {
      throw new UsageError("hactl: the two vault passwords differ");
    }
    byte[] bytes = password.reveal().getBytes(StandardCharsets.UTF_8);
    return new VaultPassword(id, () -> bytes);
  }

  private static VaultPassword written(String id, String name, String option) {
    Path file =
        name.startsWith("~/")
            ? Path.of(System.getProperty("user.home", "/"), name.substring(2))
            : Path.of(name);
    if (Files.isDirectory(file) || !Files.exists(file)) {
      throw new UsageError("hactl: " + option + ": there is no file '" + file + "'");
    }
    return new VaultPassword(id, new PasswordSource(file, id));
  }

  /** The one of several passwords that new texts are encrypted with. */
  static VaultPassword toEncrypt(
      List<VaultPassword> passwords, Optional<String> wanted, Form.Filled form) {
    List<String> ids = passwords.stream().map(VaultPassword::id).distinct().toList();
    if (wanted.isPresent()) {
      return passwords.stream()
          .filter(p -> p.id().equals(wanted.get()))
          .findFirst()
          .orElseThrow(() ->
              form.refused(
                  "no password of vault id '"
                      + wanted.get()
                      + "' is given"
                      + UsageError.hint(wanted.get(), ids)));
    }
    if (ids.size() > 1) {
      throw form.refused(
          "which password? add --encrypt-vault-id with one of " + String.join(", ", ids));
    }
    return passwords.getFirst();
  }
}
