package dev.hactl.cli;

import dev.hactl.cli.output.Terminal;
import dev.hactl.engine.vault.Keyring;
import dev.hactl.engine.vault.VaultPassword;
import java.util.List;
import java.util.Map;

/** The passwords that {@code hactl vault} opens and encrypts with. */
final class VaultPasswords {
  private final Form.Filled form;
  private final Terminal terminal;
  private final Map<String, String> environment;

  VaultPasswords(Form.Filled form, Terminal terminal, Map<String, String> environment) {
    this.form = form;
    this.terminal = terminal;
    this.environment = environment;
  }

  /** The passwords to open with; asked for when none is given, as Ansible does. */
  Keyring keyring() {
    List<VaultPassword> passwords =
        VaultForm.passwords(VaultForm.read(form), terminal, environment, false);
    return new Keyring(
        passwords.isEmpty()
            ? List.of(VaultForm.typed(VaultPassword.DEFAULT, terminal, false))
            : passwords);
  }

  /**
   * The password to encrypt with; asked for when none is given.
   *
   * @param stdinUsed whether standard input holds the text
   */
  VaultPassword toEncrypt(boolean stdinUsed) {
    VaultForm.Given given = VaultForm.read(form);
    boolean typed = given.ask() || given.ids().stream().anyMatch(i -> i.endsWith("prompt"));
    if (stdinUsed && typed) {
      throw noInput();
    }
    List<VaultPassword> passwords = VaultForm.passwords(given, terminal, environment, true);
    if (passwords.isEmpty() && stdinUsed) {
      throw noInput();
    }
    return passwords.isEmpty()
        ? VaultForm.typed(VaultPassword.DEFAULT, terminal, true)
        : VaultForm.toEncrypt(passwords, form.value("--encrypt-vault-id"), form);
  }

  /** The password that encrypted files get instead of theirs; asked for when none is given. */
  VaultPassword other() {
    var given =
        new VaultForm.Given(
            form.value("--new-vault-id").stream().toList(),
            form.value("--new-vault-password-file").stream().toList(),
            false);
    List<VaultPassword> passwords = VaultForm.passwords(given, terminal, Map.of(), true);
    if (passwords.size() > 1) {
      throw form.refused("one of --new-vault-id and --new-vault-password-file is enough");
    }
    return passwords.isEmpty()
        ? VaultForm.typed(VaultPassword.DEFAULT, terminal, true)
        : passwords.getFirst();
  }

  private UsageError noInput() {
    return form.refused(
        "standard input holds the text, so the password must come from --vault-password-file or"
            + " --vault-id ID@FILE");
  }
}
