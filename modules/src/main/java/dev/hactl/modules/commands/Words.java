package dev.hactl.modules.commands;

import dev.hactl.engine.module.BadValue;
import dev.hactl.engine.module.Sh;
import dev.hactl.engine.module.Type;
import dev.hactl.engine.module.Types;
import dev.hactl.engine.value.Value;
import java.util.List;

/**
 * A program and its arguments.
 *
 * @param words at least one for a program; may be none for arguments
 * @param secret whether they must not be shown
 */
record Words(List<String> words, boolean secret) {

  /** One text split as a shell does, or a list taken as it is. */
  static final Type.Plain<Words> COMMAND =
      Types.plain(
          "text",
          "string",
          v -> program(v instanceof Value.Items ? Types.TEXTS.convert().apply(v) : split(v), v));

  /** A list of words taken as they are. */
  static final Type.Plain<Words> LIST =
      Types.plain("list of texts", "array", v -> program(Types.TEXTS.convert().apply(v), v));

  /** The words of a value that is one text. */
  static List<String> split(Value value) {
    return CommandLine.words(Types.TEXT.convert().apply(value));
  }

  private static Words program(List<String> words, Value from) {
    if (words.isEmpty() || words.getFirst().isEmpty()) {
      throw new BadValue("the command is empty");
    }
    if (words.stream().anyMatch(w -> w.indexOf('\0') >= 0)) {
      throw new BadValue("a command cannot hold a zero byte");
    }
    return new Words(words, from.secret());
  }

  /** The words as a shell reads them back. */
  String shell() {
    return Sh.words(words);
  }

  /** The words as an operator may see them, on one line. */
  String shown() {
    return secret ? Value.REDACTED : Shown.line(shell());
  }
}
