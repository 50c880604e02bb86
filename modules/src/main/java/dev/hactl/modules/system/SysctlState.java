package dev.hactl.modules.system;

import dev.hactl.engine.module.Answer;
import dev.hactl.engine.module.UnreadableAnswer;
import dev.hactl.modules.text.Lines;
import java.util.List;
import java.util.Optional;

/**
 * A kernel setting, live and kept.
 *
 * @param known whether the kernel has it
 * @param live its value with single blanks; empty when it cannot be read
 * @param exists whether the file that keeps it exists
 * @param file that file
 */
record SysctlState(boolean known, String live, boolean exists, Lines file) {

  static SysctlState parse(Answer answer) {
    List<String> lines = Lines.of(answer.bytes()).lines();
    if (answer.isMissing() || lines.size() < 2) {
      throw new UnreadableAnswer("the kernel setting could not be read");
    }
    return new SysctlState(
        lines.getFirst().startsWith("key"),
        lines.get(1),
        lines.getFirst().endsWith("file"),
        new Lines(lines.subList(2, lines.size())));
  }

  /** The value that counts in the file: the last line wins, sysctl.d(5). */
  Optional<String> kept(SysctlKey key) {
    return file.lines().stream()
        .filter(l -> isOf(key, l))
        .map(l -> normal(l.substring(l.indexOf('=') + 1)))
        .reduce((first, second) -> second);
  }

  /** How often the file sets it. */
  long settings(SysctlKey key) {
    return file.lines().stream().filter(l -> isOf(key, l)).count();
  }

  static boolean isOf(SysctlKey key, String line) {
    String text = line.strip();
    int eq = text.indexOf('=');
    if (text.startsWith("#") || text.startsWith(";") || eq < 0) {
      return false;
    }
    String name = text.substring(0, eq).strip();
    return key.means(name.startsWith("-") ? name.substring(1) : name);
  }

  /** Runs of blanks mean the same as one. */
  static String normal(String value) {
    return String.join(" ", value.strip().split("\\s+", -1));
  }
}
