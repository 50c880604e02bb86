package dev.hactl.cli;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.SequencedMap;

/** What {@code hactl vault} can do, in the order in which help lists it. */
enum VaultAction {
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

  VaultAction(String summary, String label, String arity) {
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

  /** The forms of all. */
  static SequencedMap<String, Form> forms() {
    var forms = new LinkedHashMap<String, Form>();
    for (VaultAction action : values()) {
      forms.put(action.word(), action.form());
    }
    return forms;
  }

  /** What it can be told. */
  Form form() {
    var form = new Form("hactl vault " + word(), summary);
    form.operands(
        label,
        arity,
        this == ENCRYPT_STRING
            ? "Readable by every user while it runs; better leave it out and give it on standard"
                + " input."
            : "Files" + (arity.startsWith("0") ? "; none or - for standard input." : "."));
    VaultForm.add(form);
    if (encrypts()) {
      form.value("ID", "Encrypt with the password of this vault id.", "--encrypt-vault-id");
    }
    switch (this) {
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

  /** The page that lists all. */
  static String help() {
    var text = new StringBuilder("Usage: hactl vault ACTION [OPTIONS]\n\n");
    for (VaultAction action : values()) {
      text.append("  %-15s %s%n".formatted(action.word(), action.summary));
    }
    return text.append("\nhactl vault ACTION --help lists the options of an action.\n").toString();
  }
}
