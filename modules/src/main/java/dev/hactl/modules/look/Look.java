package dev.hactl.modules.look;

import dev.hactl.engine.module.Answer;
import dev.hactl.engine.module.Probe;
import dev.hactl.engine.module.UnreadableAnswer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.Function;

/**
 * A question of several read-only shell texts. Texts that many questions share, such as the table
 * of mounts, run once for all of them.
 *
 * @param parts the texts by name
 */
public record Look(SequencedMap<String, String> parts) {

  /** Starts a question. */
  public static Look at(String name, String text) {
    return new Look(new LinkedHashMap<>(Map.of(name, text)));
  }

  /** The same question and one text more. */
  public Look and(String name, String text) {
    var more = new LinkedHashMap<>(parts);
    more.put(name, text);
    return new Look(more);
  }

  /** The probe that puts this question. */
  public <S> Probe<S> probe(Function<Seen, S> parser) {
    return Probe.of(LookCollector.INSTANCE, this, a -> parser.apply(Seen.parse(a)));
  }

  /**
   * What the texts printed.
   *
   * @param texts by the name of the part; one character per byte (ISO 8859-1)
   */
  public record Seen(Map<String, String> texts) {

    /** Puts parts into an answer, as {@link #parse} reads them. */
    public static Answer answer(SequencedMap<String, String> parts) {
      var body = new StringBuilder();
      parts.forEach((name, text) ->
          body.append(name).append(' ').append(text.length()).append('\n').append(text));
      return new Answer(0, body.toString().getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Reads what {@link #answer} put together. */
    public static Seen parse(Answer answer) {
      if (answer.isMissing()) {
        throw new UnreadableAnswer("the host did not tell what it was asked");
      }
      String all = new String(answer.bytes(), StandardCharsets.ISO_8859_1);
      var texts = new LinkedHashMap<String, String>();
      int at = 0;
      while (at < all.length()) {
        int end = all.indexOf('\n', at);
        String[] head = all.substring(at, end).split(" ", -1);
        int length = Integer.parseInt(head[1]);
        texts.put(head[0], all.substring(end + 1, end + 1 + length));
        at = end + 1 + length;
      }
      return new Seen(texts);
    }

    /** What a part printed, byte for byte; nothing when it was not asked. */
    public String raw(String name) {
      return texts.getOrDefault(name, "");
    }

    /** What a part printed, as text. */
    public String text(String name) {
      return new String(raw(name).getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }

    /** The bytes of a part. */
    public byte[] bytes(String name) {
      return raw(name).getBytes(StandardCharsets.ISO_8859_1);
    }

    /** Lines of the form {@code name value} of a part; the first line of a name counts. */
    public Map<String, String> words(String name) {
      var words = new LinkedHashMap<String, String>();
      text(name)
          .lines()
          .forEach(line -> {
            int blank = line.indexOf(' ');
            words.putIfAbsent(
                blank < 0 ? line : line.substring(0, blank),
                blank < 0 ? "" : line.substring(blank + 1));
          });
      return words;
    }
  }
}
