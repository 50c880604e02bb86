package dev.hactl.engine.template;

import dev.hactl.engine.source.Node;
import dev.hactl.engine.source.Place;
import dev.hactl.engine.source.Problem;
import dev.hactl.engine.source.SourceException;
import freemarker.template.Template;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntFunction;

/** Texts and expressions of playbooks, each distinct one parsed once. May be shared by threads. */
final class Texts {
  private static final String RESULT = "hactl_result";
  private static final String BEFORE = "<#assign " + RESULT + "=(";

  private final Map<String, Parsed> texts = new ConcurrentHashMap<>();
  private final Map<String, Parsed> expressions = new ConcurrentHashMap<>();

  /** The name of the variable that holds what an expression comes to. */
  static String result() {
    return RESULT;
  }

  /**
   * A text.
   *
   * @throws SourceException when it is none
   */
  Parsed text(Node.Scalar s) {
    Parsed known = texts.get(s.text());
    if (known != null) {
      return known;
    }
    Parsed parsed = parsed(s.text(), s.text(), s, 0, places -> TextScan.text(s.text(), places));
    texts.put(s.text(), parsed);
    return parsed;
  }

  /**
   * An expression.
   *
   * @param in the text it stands in
   * @param offset how many characters of that text stand before it
   * @throws SourceException when it is none, or encrypted
   */
  Parsed expression(String text, Node.Scalar in, int offset) {
    if (in.vaulted()) {
      throw new SourceException(
          Problem.error(
              in.place(),
              "an expression cannot be encrypted",
              "encrypt the values it names, and write the expression as it is"));
    }
    Parsed known = expressions.get(text);
    if (known != null) {
      return known;
    }
    Parsed parsed =
        parsed(
            text,
            BEFORE + text + ")>",
            in,
            offset - BEFORE.length(),
            places -> TextScan.expression(in.text(), offset, offset + text.length(), places));
    expressions.put(text, parsed);
    return parsed;
  }

  private interface Scan {
    TextScan.Result with(IntFunction<Place> places);
  }

  private static Parsed parsed(
      String text, String template, Node.Scalar in, int offset, Scan scan) {
    try {
      return whole(text, template, in, offset, scan);
    } catch (StackOverflowError e) {
      throw Limits.tooDeep(in.place());
    }
  }

  private static Parsed whole(String text, String template, Node.Scalar in, int offset, Scan scan) {
    Template made;
    try {
      made = new Template("inline", template, FreeMarker.configuration());
    } catch (IOException e) {
      throw Failures.unparsable(
          e, Optional.of(in.text()), offset, in.place(), within(in, template, offset));
    }
    if (!Usage.possible(text)) {
      return Parsed.plain(made, text);
    }
    IntFunction<Place> places = offsets(in);
    TextScan.Result found = scan.with(places);
    List<Problem> problems = Usage.problems(in.text(), found, places);
    if (!problems.isEmpty()) {
      throw new SourceException(problems);
    }
    return Parsed.of(made, text, found);
  }

  /** Where offsets of a text stand in the user's file. */
  static IntFunction<Place> offsets(Node.Scalar s) {
    return offset -> {
      int line = (int) s.text().substring(0, offset).chars().filter(c -> c == '\n').count() + 1;
      return Spot.of(s.place(), s.text(), line, offset - s.text().lastIndexOf('\n', offset - 1));
    };
  }

  /** Places in a text. */
  static Failures.Where within(Node.Scalar s) {
    return within(s, s.text(), 0);
  }

  /** Places in an expression that begins so far into a text. */
  static Failures.Where inside(Node.Scalar s, String expression, int offset) {
    return within(s, BEFORE + expression + ")>", offset - BEFORE.length());
  }

  /**
   * Places in what FreeMarker sees of a text.
   *
   * @param offset how many characters more of the text than of FreeMarker's stand before the first
   */
  private static Failures.Where within(Node.Scalar s, String template, int offset) {
    return new Failures.Where() {
      @Override
      public Place of(String name, int line, int column) {
        // The first line of what FreeMarker sees is longer by some characters.
        return Spot.of(s.place(), s.text(), line, line == 1 ? column + offset : column);
      }

      @Override
      public String text(String name) {
        return template;
      }
    };
  }
}
