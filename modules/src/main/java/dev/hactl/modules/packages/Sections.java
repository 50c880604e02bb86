package dev.hactl.modules.packages;

import dev.hactl.engine.module.Answer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** Named parts of an answer. */
final class Sections {
  private static final char START = '\u001e';
  private static final char BODY = '\u001f';
  private final Map<String, String> bodies = new LinkedHashMap<>();

  private Sections() {}

  /** Reads {@code \nNONCE key\n} marks; the text before the first one is dropped. */
  static Sections marked(String nonce, byte[] output) {
    var sections = new Sections();
    String text = new String(output, StandardCharsets.UTF_8);
    String mark = "\n" + nonce + " ";
    int at = text.indexOf(mark);
    while (at >= 0) {
      int line = text.indexOf('\n', at + mark.length());
      if (line < 0) {
        break;
      }
      int next = text.indexOf(mark, line);
      String body = text.substring(line + 1, Math.max(line + 1, next < 0 ? text.length() : next));
      sections.bodies.put(text.substring(at + mark.length(), line), body);
      at = next;
    }
    return sections;
  }

  /** Reads what {@link #answer} wrote. */
  static Sections of(Answer answer) {
    var sections = new Sections();
    for (String part : answer.raw().split(String.valueOf(START), -1)) {
      int body = part.indexOf(BODY);
      if (body >= 0) {
        sections.bodies.put(part.substring(0, body), part.substring(body + 1));
      }
    }
    return sections;
  }

  /** The same section under another name. */
  void rename(String from, String to) {
    String body = bodies.remove(from);
    if (body != null) {
      bodies.put(to, body);
    }
  }

  /** Replaces a section. */
  void put(String key, String body) {
    bodies.put(key, body);
  }

  /** One section, empty when it is not there. */
  String get(String key) {
    return bodies.getOrDefault(key, "");
  }

  boolean has(String key) {
    return bodies.containsKey(key);
  }

  /** The sections as one answer. */
  Answer answer() {
    var text = new StringBuilder();
    bodies.forEach((key, body) ->
        text.append(START)
            .append(key)
            .append(BODY)
            .append(body.replace(START, ' ').replace(BODY, ' ')));
    return Answer.of(0, text.toString());
  }
}
