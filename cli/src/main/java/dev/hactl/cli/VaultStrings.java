package dev.hactl.cli;

import dev.hactl.cli.output.Terminal;
import dev.hactl.cli.vault.VaultFile;
import dev.hactl.engine.vault.VaultPassword;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** {@code hactl vault encrypt-string}: a value to paste into a YAML file. */
final class VaultStrings {
  private static final Pattern NAME = Pattern.compile("[A-Za-z_]\\w*");
  private static final String INDENT = " ".repeat(10);

  private final Form.Filled form;
  private final Terminal terminal;
  private final VaultPasswords passwords;

  /** A value and the variable it is for. */
  private record Named(Optional<String> name, byte[] text) {}

  VaultStrings(Form.Filled form, Terminal terminal, VaultPasswords passwords) {
    this.form = form;
    this.terminal = terminal;
    this.passwords = passwords;
  }

  void run() {
    List<String> words = form.operands().stream().filter(w -> !w.equals("-")).toList();
    List<String> names = form.values("--name");
    Optional<String> stdinName = form.value("--stdin-name");
    names.forEach(this::requireName);
    stdinName.ifPresent(this::requireName);
    boolean ask = form.flag("--prompt");
    boolean stdin =
        stdinName.isPresent() || form.operands().contains("-") || (words.isEmpty() && !ask);
    if (ask && stdin) {
      throw form.refused("either --prompt or standard input");
    }
    boolean nameForStdin = stdin && stdinName.isEmpty() && words.isEmpty();
    int unnamed = words.size() + (ask || nameForStdin ? 1 : 0);
    if (names.size() > unnamed) {
      throw form.refused(names.size() + " names for " + unnamed + " texts");
    }
    if (!words.isEmpty()) {
      terminal.complain(
          "hactl: warning: a secret in the words of a command can be read by every user of this"
              + " machine and stays in the shell's history; leave it out, and it is read from"
              + " standard input");
    }
    VaultPassword with = passwords.toEncrypt(stdin);
    var texts = new ArrayList<Named>();
    if (stdin) {
      texts.add(
          new Named(
              stdinName.or(() -> nameForStdin ? names.stream().findFirst() : Optional.empty()),
              standardInput()));
    }
    if (ask) {
      texts.add(new Named(names.stream().findFirst(), typed()));
    }
    List<String> left = ask || nameForStdin ? names.stream().skip(1).toList() : names;
    for (int i = 0; i < words.size(); i++) {
      texts.add(
          new Named(
              left.stream().skip(i).findFirst(), words.get(i).getBytes(StandardCharsets.UTF_8)));
    }
    texts.forEach(t -> print(t, with));
  }

  private void requireName(String name) {
    if (!NAME.matcher(name).matches()) {
      throw form.refused("'" + name + "' cannot be the name of a variable");
    }
  }

  private byte[] standardInput() {
    if (terminal.interactive()) {
      terminal.complain("hactl: type the value, then Ctrl-D (twice when it has no line end)");
    }
    try {
      byte[] text = terminal.in().readAllBytes();
      if (text.length == 0) {
        throw form.refused("there is no value: standard input is empty");
      }
      if (text[text.length - 1] == '\n') {
        terminal.complain(
            "hactl: note: the value ends with a line end, which belongs to it; printf %s leaves"
                + " it out");
      }
      return text;
    } catch (IOException e) {
      throw form.refused("standard input cannot be read: " + e.getMessage());
    }
  }

  private byte[] typed() {
    String text = new Passwords(terminal).ask("Value: ").reveal();
    if (text.isEmpty()) {
      throw form.refused("there is no value: nothing was typed");
    }
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private void print(Named value, VaultPassword with) {
    String sealed = new String(VaultFile.seal(value.text(), with), StandardCharsets.US_ASCII);
    terminal.out().print(value.name().map(n -> n + ": ").orElse("") + "!vault |\n");
    sealed.lines().forEach(line -> terminal.out().print(INDENT + line + "\n"));
  }
}
