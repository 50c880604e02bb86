package dev.hactl.modules.user;

import dev.hactl.engine.module.BadValue;
import dev.hactl.engine.module.Mode;
import dev.hactl.engine.module.Type;
import dev.hactl.engine.module.Types;
import dev.hactl.engine.source.Near;
import dev.hactl.engine.value.Value;
import java.util.List;
import java.util.Optional;

/**
 * One parameter of a user's module.
 *
 * @param name also the name of the shell variable
 * @param type how its value is read
 * @param required whether it must be given
 * @param fallback its value when it is not given
 * @param description one or two sentences, or empty
 * @param secret whether its value is never shown
 */
record Parameter(
    String name,
    Type.Plain<Given> type,
    boolean required,
    Optional<Given> fallback,
    String description,
    boolean secret) {

  /** The types a file may name, written in lower case. */
  enum Kind {
    TEXT,
    INTEGER,
    BOOLEAN,
    PATH,
    MODE,
    LIST;

    private Type.Plain<?> plain() {
      return switch (this) {
        case TEXT -> Types.TEXT;
        case INTEGER -> Types.INTEGER;
        case BOOLEAN -> Types.BOOL;
        case PATH -> Types.PATH;
        case MODE -> Types.MODE.map("mode", Mode::text);
        case LIST -> Types.TEXTS;
      };
    }

    /** The type, limited to some words when there are any. */
    Type.Plain<Given> type(List<String> choices) {
      Type.Plain<?> type = plain();
      String name = choices.isEmpty() ? type.name() : "one of " + String.join(", ", choices);
      return new Type.Plain<>(
          name, type.json(), choices, type.literal(), value -> given(type, value, choices));
    }

    private static Given given(Type.Plain<?> type, Value value, List<String> choices) {
      Object read = type.convert().apply(value);
      if (read instanceof List<?> items) {
        List<String> texts = items.stream().map(String::valueOf).toList();
        if (texts.stream().anyMatch(t -> t.indexOf('\n') >= 0)) {
          throw new BadValue(
              "an item holds a line break, and the shell gets one item a line", "use type: text");
        }
        texts.forEach(text -> check(text, choices));
        return Given.of(texts, value);
      }
      check(String.valueOf(read), choices);
      return Given.of(String.valueOf(read), value);
    }

    private static void check(String text, List<String> choices) {
      if (text.indexOf('\0') >= 0) {
        throw new BadValue("a text for the shell cannot hold a zero byte");
      }
      if (!choices.isEmpty() && !choices.contains(text)) {
        throw new BadValue(
            "'" + text + "' is not one of " + String.join(", ", choices),
            Near.hint(text, choices).orElse(""));
      }
    }
  }
}
