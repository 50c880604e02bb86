package dev.hactl.modules.commands;

import dev.hactl.engine.module.BadValue;
import dev.hactl.engine.module.Sh;
import dev.hactl.engine.module.Type;
import dev.hactl.engine.module.Types;
import dev.hactl.engine.value.Value;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A text for a shell.
 *
 * @param text as written
 * @param secret whether it must not be shown
 */
record ShellText(String text, boolean secret) {
  private static final Pattern LAST_WORD = Pattern.compile("\\S\\s+(\\S+)\\s*\\z");

  /** The type of such a text. */
  static final Type.Plain<ShellText> TYPE = Types.plain("text", "string", ShellText::of);

  private static ShellText of(Value value) {
    String text = Types.TEXT.convert().apply(value);
    if (text.isBlank()) {
      throw new BadValue("the command is empty");
    }
    if (text.indexOf('\0') >= 0) {
      throw new BadValue("a shell text cannot hold a zero byte");
    }
    var last = LAST_WORD.matcher(text);
    if (last.find()) {
      CommandLine.refuseParameter(last.group(1));
    }
    return new ShellText(text, value.secret());
  }

  /**
   * The text as the last part of a step. Another shell than the one hactl speaks to gets it on a
   * descriptor, so that nothing of it appears in the process list.
   */
  String run(Optional<String> executable) {
    if (executable.isEmpty()) {
      return text + "\n";
    }
    return Sh.fed("exec " + Sh.quote(executable.get()) + " /dev/fd/3", 3, text);
  }

  /** The text as an operator may see it, on one line. */
  String shown() {
    return secret ? Value.REDACTED : Shown.line(text);
  }
}
