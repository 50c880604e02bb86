package dev.hactl.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** Converts single files of Ansible; messages are read without the folder. */
abstract class ConvertRuns {
  @TempDir Path folder;

  /** Converts a file; {@code ~} stands for a line's end. */
  CommandLineRun convertLines(String name, String text) throws IOException {
    return convert(name, text.replace('~', '\n'));
  }

  /** Converts a file. */
  CommandLineRun convert(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.writeString(file, text);
    return CommandLineRun.of("convert", "ansible", file.toString());
  }

  /** What was told, without the folder. */
  String told(CommandLineRun run) {
    return run.err().replace(folder + "/", "");
  }
}
