package dev.hactl.modules.text;

import dev.hactl.engine.module.Sh;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The output of a collector's script, cut at marks the script prints.
 *
 * <p>Bytes are kept one a character (ISO 8859-1), so that file content survives whatever its
 * encoding; {@link #bytes} gives them back.
 */
public final class Sections {
  private final Map<String, String> bodies;

  private Sections(Map<String, String> bodies) {
    this.bodies = bodies;
  }

  /** The shell command that begins a section. Names are words of the module's own. */
  public static String mark(String nonce, String name) {
    return "printf '\\n%s %s\\n' " + nonce + " " + Sh.quote(name) + "\n";
  }

  /** Cuts an output; text before the first mark is dropped. */
  public static Sections of(String nonce, byte[] output) {
    String text = new String(output, StandardCharsets.ISO_8859_1);
    String mark = "\n" + nonce + " ";
    var bodies = new LinkedHashMap<String, String>();
    int at = text.indexOf(mark);
    while (at >= 0) {
      int end = text.indexOf('\n', at + mark.length());
      if (end < 0) {
        break;
      }
      int next = text.indexOf(mark, end);
      String name = text.substring(at + mark.length(), end);
      bodies.put(
          name,
          next < 0 ? text.substring(end + 1) : text.substring(end + 1, Math.max(end + 1, next)));
      at = next;
    }
    return new Sections(bodies);
  }

  /** A section's text, exactly as printed between its mark and the next. */
  public Optional<String> get(String name) {
    return Optional.ofNullable(bodies.get(name));
  }

  /** A section's text, or nothing at all. */
  public String body(String name) {
    return bodies.getOrDefault(name, "");
  }

  /** The bytes that a text of this class stands for. */
  public static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
