package dev.hactl.cli;

import dev.hactl.cli.output.Terminal;
import dev.hactl.cli.vault.SafeFile;
import dev.hactl.cli.vault.VaultFile;
import dev.hactl.engine.source.Problems;
import dev.hactl.engine.source.SourceException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** The texts that {@code hactl vault} reads and writes: files, or standard input and output. */
final class VaultTexts {
  private static final String STDIN = "-";

  private final Form.Filled form;
  private final Terminal terminal;

  VaultTexts(Form.Filled form, Terminal terminal) {
    this.form = form;
    this.terminal = terminal;
  }

  /** The files that are named. */
  List<VaultFile> files() {
    return form.operands().stream().map(Path::of).map(VaultFile::read).toList();
  }

  /** The files that are named, or standard input; what comes of them can be written. */
  List<VaultFile> inputs() {
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
  static <T> List<T> all(List<VaultFile> files, Function<VaultFile, T> act) {
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

  /** Whether it stands for standard input or output. */
  static boolean isStdin(Path name) {
    return name.toString().equals(STDIN);
  }

  /**
   * Puts a text where it belongs, and says so.
   *
   * @param from what it was read from
   * @param done what happened to the file
   */
  void write(Path from, byte[] text, String done) {
    Path to = target(from);
    if (isStdin(to)) {
      print(text);
    } else {
      SafeFile.replace(to, text);
      terminal.complain("hactl: " + to + ": " + done);
    }
  }

  /** Puts a text out as it is. */
  void print(byte[] text) {
    terminal.out().write(text, 0, text.length);
  }
}
