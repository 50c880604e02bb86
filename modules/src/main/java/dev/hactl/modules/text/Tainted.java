package dev.hactl.modules.text;

import dev.hactl.engine.module.Content;
import dev.hactl.engine.module.Type;
import dev.hactl.engine.module.Types;

/**
 * A text that remembers whether it may be shown.
 *
 * @param text the text itself
 * @param secret whether outputs must hide it
 */
public record Tainted(String text, boolean secret) {

  /** The type of a parameter that takes such a text. */
  public static final Type.Plain<Tainted> TYPE =
      Types.plain("text", "string", v -> new Tainted(Types.TEXT.convert().apply(v), v.secret()));

  /** A text that may be shown. */
  public static Tainted open(String text) {
    return new Tainted(text, false);
  }

  /** The text as the content of a file or of standard input. */
  public Content.Inline content() {
    return Content.of(text, secret, "");
  }

  @Override
  public String toString() {
    return secret ? "<secret>" : text;
  }
}
