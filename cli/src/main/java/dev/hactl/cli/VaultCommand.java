package dev.hactl.cli;

import dev.hactl.cli.output.Terminal;
import dev.hactl.cli.vault.Editor;
import dev.hactl.cli.vault.SafeFile;
import dev.hactl.cli.vault.VaultFile;
import dev.hactl.engine.vault.Keyring;
import dev.hactl.engine.vault.VaultPassword;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** {@code hactl vault}: makes, shows and changes texts in the format of Ansible Vault. */
final class VaultCommand {
  private final Form.Filled form;
  private final Terminal terminal;
  private final Map<String, String> environment;
  private final VaultTexts texts;
  private final VaultPasswords passwords;

  private VaultCommand(Form.Filled form, Terminal terminal, Map<String, String> environment) {
    this.form = form;
    this.terminal = terminal;
    this.environment = environment;
    this.texts = new VaultTexts(form, terminal);
    this.passwords = new VaultPasswords(form, terminal, environment);
  }

  static ExitCode run(List<String> arguments, Terminal terminal, Map<String, String> environment) {
    String first = arguments.isEmpty() ? "" : arguments.getFirst();
    if (first.equals("--help") || first.equals("-h")) {
      terminal.out().print(VaultAction.help());
      terminal.out().flush();
      return ExitCode.OK;
    }
    List<String> words = Arrays.stream(VaultAction.values()).map(VaultAction::word).toList();
    VaultAction action =
        Arrays.stream(VaultAction.values())
            .filter(a -> a.word().equals(first))
            .findFirst()
            .orElseThrow(() ->
                new UsageError(
                    first.isEmpty() || first.startsWith("-")
                        ? "hactl vault: what to do? " + String.join(" ", words)
                        : "hactl vault: there is no '"
                            + first
                            + "'"
                            + UsageError.hint(first, words)));
    action
        .form()
        .read(arguments.subList(1, arguments.size()), terminal)
        .ifPresent(filled -> new VaultCommand(filled, terminal, environment).act(action));
    return ExitCode.OK;
  }

  private void act(VaultAction action) {
    switch (action) {
      case CREATE -> create();
      case EDIT -> edit();
      case VIEW -> view();
      case ENCRYPT -> encrypt();
      case DECRYPT -> decrypt();
      case REKEY -> rekey();
      case ENCRYPT_STRING -> new VaultStrings(form, terminal, passwords).run();
    }
    terminal.out().flush();
  }

  /** Ctrl-C belongs to the editor; hactl waits for it and then cleans up. */
  private Editor editor() {
    SignalHandling.on("INT", () -> {});
    return new Editor(environment);
  }

  private void create() {
    Path file = Path.of(form.operands().getFirst());
    if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      throw form.refused("'" + file + "' exists; hactl vault edit opens it");
    }
    SafeFile.requireWritable(file);
    VaultPassword password = passwords.toEncrypt(false);
    editor()
        .edit(file, new byte[0])
        .ifPresentOrElse(
            text -> SafeFile.replace(file, VaultFile.seal(text, password)),
            () -> terminal.complain("hactl: nothing was written, so there is no " + file));
  }

  private void edit() {
    Path file = Path.of(form.operands().getFirst());
    var read = VaultFile.read(file);
    SafeFile.requireWritable(file);
    VaultFile.Opened opened = read.open(passwords.keyring());
    editor()
        .edit(file, opened.plain())
        .ifPresent(text -> SafeFile.replace(file, VaultFile.seal(text, opened.with())));
  }

  private void view() {
    List<VaultFile> files = texts.files();
    Keyring keyring = passwords.keyring();
    VaultTexts.all(files, f -> f.open(keyring)).forEach(o -> texts.print(o.plain()));
  }

  private void encrypt() {
    List<VaultFile> files = texts.inputs();
    VaultTexts.all(
        files,
        f -> {
          f.requirePlain();
          return f;
        });
    VaultPassword password =
        passwords.toEncrypt(files.stream().anyMatch(f -> VaultTexts.isStdin(f.name())));
    files.forEach(f -> texts.write(f.name(), VaultFile.seal(f.bytes(), password), "encrypted"));
  }

  private void decrypt() {
    List<VaultFile> files = texts.inputs();
    Keyring keyring = passwords.keyring();
    VaultTexts.all(files, f -> f.open(keyring))
        .forEach(o -> texts.write(o.file().name(), o.plain(), "decrypted"));
  }

  private void rekey() {
    List<VaultFile> files = texts.files();
    files.forEach(f -> SafeFile.requireWritable(f.name()));
    Keyring keyring = passwords.keyring();
    List<VaultFile.Opened> opened = VaultTexts.all(files, f -> f.open(keyring));
    VaultPassword password = passwords.other();
    // All of them are encrypted before the first is written.
    List<byte[]> sealed = opened.stream().map(o -> VaultFile.seal(o.plain(), password)).toList();
    for (int i = 0; i < files.size(); i++) {
      texts.write(files.get(i).name(), sealed.get(i), "has a new password");
    }
  }
}
