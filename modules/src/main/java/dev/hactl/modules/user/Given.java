package dev.hactl.modules.user;

import dev.hactl.engine.module.Sh;
import dev.hactl.engine.value.Value;
import java.util.List;

/**
 * The value of a parameter as the shell sees it.
 *
 * @param texts one text, or the items of a list
 * @param list whether it is a list
 * @param secret whether it must not be shown
 */
record Given(List<String> texts, boolean list, boolean secret) {

  /** One text. */
  static Given of(String text, Value from) {
    return new Given(List.of(text), false, from.secret());
  }

  /** A list. */
  static Given of(List<String> texts, Value from) {
    return new Given(texts, true, from.secret());
  }

  /** The text a shell variable holds: the items of a list stand on a line each. */
  String text() {
    return String.join("\n", texts);
  }

  /** A shell word for the text. */
  String word() {
    return Sh.quote(text());
  }

  /** The value as an operator may see it. */
  @Override
  public String toString() {
    return secret ? Value.REDACTED : list ? texts.toString() : text();
  }
}
