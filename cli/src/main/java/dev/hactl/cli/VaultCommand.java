package dev.hactl.cli;

import dev.hactl.cli.output.Terminal;
import dev.hactl.cli.vault.Editor;
import dev.hactl.cli.vault.SafeFile;
import dev.hactl.cli.vault.VaultFile;
import dev.hactl.engine.source.Problems;
import dev.hactl.engine.source.SourceException;
import dev.hactl.engine.vault.Keyring;
import dev.hactl.engine.vault.VaultPassword;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.Function;

/** {@code hactl vault}: makes, shows and changes texts in the format of Ansible Vault. */
final class VaultCommand {
  private static final String STDIN = "-";

  /** What can be done, in the order in which help lists it. */
  private enum Action {
    CREATE("write a new encrypted file in your editor", "FILE", "1"),
    EDIT("change an encrypted file in your editor", "FILE", "1"),
    VIEW("print what is in encrypted files", "FILE", "1..*"),
    ENCRYPT("encrypt files in place, or standard input", "FILE", "0..*"),
    DECRYPT("decrypt files in place, or standard input", "FILE", "0..*"),
    REKEY("give encrypted files another password", "FILE", "1..*"),
    ENCRYPT_STRING("encrypt a single value for a YAML file", "TEXT", "0..*");

    private final String summary;
    private final String label;
    private final String arity;

    Action(String summary, String label, String arity) {
      this.summary = summary;
      this.label = label;
      this.arity = arity;
    }

    String word() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private boolean encrypts() {
      return this == CREATE || this == ENCRYPT || this == ENCRYPT_STRING;
    }
  }

  private final Form.Filled form;
  private final Terminal terminal;
  private final Map<String, String> environment;

  private VaultCommand(Form.Filled form, Terminal terminal, Map<String, String> environment) {
    this.form = form;
    this.terminal = terminal;
    this.environment = environment;
  }

  static ExitCode run(List<String> arguments, Terminal terminal, Map<String, String> environment) {
    String first = arguments.isEmpty() ? "" : arguments.getFirst();
    if (first.equals("--help") || first.equals("-h")) {
      terminal.out().print(help());
      terminal.out().flush();
      return ExitCode.OK;
    }
    List<String> words = Arrays.stream(Action.values()).map(Action::word).toList();
    Action action =
        Arrays.stream(Action.values())
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
    form(action)
        .read(arguments.subList(1, arguments.size()), terminal)
        .ifPresent(filled -> new VaultCommand(filled, terminal, environment).act(action));
    return ExitCode.OK;
  }

  /** The forms of its actions. */
  static SequencedMap<String, Form> forms() {
    var forms = new LinkedHashMap<String, Form>();
    for (Action action : Action.values()) {
      forms.put(action.word(), form(action));
    }
    return forms;
  }

  private static Form form(Action action) {
    var form = new Form("hactl vault " + action.word(), action.summary);
    form.operands(
        action.label,
        action.arity,
        action == Action.ENCRYPT_STRING
            ? "Readable by every user while it runs; better leave it out and give it on standard"
                + " input."
            : "Files" + (action.arity.startsWith("0") ? "; none or - for standard input." : "."));
    VaultForm.add(form);
    if (action.encrypts()) {
      form.value("ID", "Encrypt with the password of this vault id.", "--encrypt-vault-id");
    }
    switch (action) {
      case ENCRYPT, DECRYPT -> form.value("FILE", "Write here; - for standard output.", "--output");
      case REKEY ->
          form.value("ID@SOURCE", "The new password, with its id.", "--new-vault-id")
              .value(
                  "FILE",
                  "File with the new password, or program that prints it.",
                  "--new-vault-password-file");
      case ENCRYPT_STRING ->
          form.values("NAME", "The variable's name; one for each TEXT.", "-n", "--name")
              .value("NAME", "The variable's name for standard input.", "--stdin-name")
              .flag("Ask for the value.", "-p", "--prompt");
      case CREATE, EDIT, VIEW -> {}
    }
    return form;
  }

  private static String help() {
    var text = new StringBuilder("Usage: hactl vault ACTION [OPTIONS]\n\n");
    for (Action action : Action.values()) {
      text.append("  %-15s %s%n".formatted(action.word(), action.summary));
    }
    return text.append("\nhactl vault ACTION --help lists the options of an action.\n").toString();
  }

  private void act(Action action) {
    switch (action) {
      case CREATE -> create();
      case EDIT -> edit();
      case VIEW -> view();
      case ENCRYPT -> encrypt();
      case DECRYPT -> decrypt();
      case REKEY -> rekey();
      case ENCRYPT_STRING -> new VaultStrings(form, terminal, this::newPassword).run();
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
    VaultPassword password = newPassword(false);
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
    VaultFile.Opened opened = read.open(keyring());
    editor()
        .edit(file, opened.plain())
        .ifPresent(text -> SafeFile.replace(file, VaultFile.seal(text, opened.with())));
  }

  private void view() {
    List<VaultFile> files = form.operands().stream().map(Path::of).map(VaultFile::read).toList();
    Keyring keyring = keyring();
    all(files, f -> f.open(keyring)).forEach(o -> print(o.plain()));
  }

  private void encrypt() {
    List<VaultFile> files = inputs();
    all(
        files,
        f -> {
          f.requirePlain();
          return f;
        });
    VaultPassword password = newPassword(files.stream().anyMatch(f -> isStdin(f.name())));
    files.forEach(f -> write(f.name(), VaultFile.seal(f.bytes(), password), "encrypted"));
  }

  private void decrypt() {
    List<VaultFile> files = inputs();
    Keyring keyring = keyring();
    all(files, f -> f.open(keyring)).forEach(o -> write(o.file().name(), o.plain(), "decrypted"));
  }

  private void rekey() {
    List<VaultFile> files = form.operands().stream().map(Path::of).map(VaultFile::read).toList();
    files.forEach(f -> SafeFile.requireWritable(f.name()));
    Keyring keyring = keyring();
    List<VaultFile.Opened> opened = all(files, f -> f.open(keyring));
    var given =
        new VaultForm.Given(
            form.value("--new-vault-id").stream().toList(),
            form.value("--new-vault-password-file").stream().toList(),
            false);
    List<VaultPassword> fresh = VaultForm.passwords(given, terminal, Map.of(), true);
    if (fresh.size() > 1) {
      throw form.refused("one of --new-vault-id and --new-vault-password-file is enough");
    }
    VaultPassword password =
        fresh.isEmpty() ? VaultForm.typed(VaultPassword.DEFAULT, terminal, true) : fresh.getFirst();
    // All of them are encrypted before the first is written.
    List<byte[]> texts = opened.stream().map(o -> VaultFile.seal(o.plain(), password)).toList();
    for (int i = 0; i < files.size(); i++) {
      write(files.get(i).name(), texts.get(i), "has a new password");
    }
  }

  /** Files, or standard input. */
  private List<VaultFile> inputs() {
    List<String> names = form.operands().isEmpty() ? List.of(STDIN) : form.operands();
    if (names.size() > 1 && (names.contains(STDIN) || form.value("--output").isPresent())) {
      throw form.refused("with standard input or --output, one text at a time");
    }
    List<VaultFile> files =
        names.stream()
            .map(n ->
                n.equals(STDIN)
                    ? new VaultFile(Path.of(STDIN), standardInput())
                    : VaultFile.read(Path.of(n)))
            .toList();
    files.stream()
        .map(f -> target(f.name()))
        .filter(t -> !isStdin(t))
        .forEach(SafeFile::requireWritable);
    return files;
  }

  private byte[] standardInput() {
    try {
      return terminal.in().readAllBytes();
    } catch (IOException e) {
      throw form.refused("standard input cannot be read: " + e.getMessage());
    }
  }

  /** Every text, or every problem. */
  private static <T> List<T> all(List<VaultFile> files, Function<VaultFile, T> act) {
    var done = new ArrayList<T>();
    var problems = new Problems();
    for (VaultFile file : files) {
      try {
        done.add(act.apply(file));
      } catch (SourceException e) {
        problems.addAll(e.problems());
      }
    }
    problems.throwIfErrors();
    return done;
  }

  private Path target(Path from) {
    return form.value("--output").map(Path::of).orElse(from);
  }

  private static boolean isStdin(Path name) {
    return name.toString().equals(STDIN);
  }

  private void write(Path from, byte[] text, String done) {
    Path to = target(from);
    if (isStdin(to)) {
      print(text);
    } else {
      SafeFile.replace(to, text);
      terminal.complain("hactl: " + to + ": " + done);
    }
  }

  private void print(byte[] text) {
    terminal.out().write(text, 0, text.length);
  }

  /** The passwords to open with; asked for when none is given, as Ansible does. */
  private Keyring keyring() {
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
  private VaultPassword newPassword(boolean stdinUsed) {
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

  private UsageError noInput() {
    return form.refused(
        "standard input holds the text, so the password must come from --vault-password-file or"
            + " --vault-id ID@FILE");
  }

  /** Makes a password known to the action; see {@link #newPassword}. */
  interface ToEncrypt {
    VaultPassword with(boolean stdinUsed);
  }
}
