package dev.hactl.engine.template.jinja;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Turns texts of Ansible into texts of hactl which come to the same, character by character. What
 * cannot be said for sure is refused with the reason.
 */
public final class JinjaText {
  private static final Pattern HEADER = Pattern.compile("#jinja2:(.*)(?:\\n|$)");

  private JinjaText() {}

  /** How a translation ends. */
  public sealed interface Result {}

  /** It worked. */
  public record Done(String text) implements Result {}

  /**
   * It did not.
   *
   * @param reason why, half a sentence
   * @param offset where in the text, at or before the mistake
   * @param advice what to write; empty when nothing can be said
   * @param further what else is wrong with the same text
   */
  public record Refused(String reason, int offset, String advice, List<Refused> further)
      implements Result {

    private static Refused of(Untranslatable e, int before) {
      return new Refused(
          e.what(),
          e.offset() < 0 ? 0 : before + e.offset(),
          e.advice(),
          e.further().stream().map(f -> of(f, before)).toList());
    }
  }

  /**
   * How Jinja treats white space.
   *
   * @param trimBlocks {@code trim_blocks}
   * @param lstripBlocks {@code lstrip_blocks}
   */
  public record Space(boolean trimBlocks, boolean lstripBlocks) {
    /** As Ansible has it unless told otherwise. */
    public static final Space ANSIBLE = new Space(true, false);
  }

  /** Whether Jinja has anything to do in a text. */
  public static boolean dynamic(String text) {
    return text.contains("{{") || text.contains("{%") || text.contains("{#");
  }

  /**
   * An expression without braces, as {@code when:} has it; braces around all of it are taken off.
   */
  public static Result condition(String jinja, Known known) {
    return guarded(() -> {
      var exact = new Exact(known);
      return exact.condition(JinjaExpression.whole(bare(jinja), exact)).text();
    });
  }

  /** An expression without braces whose value is wanted. */
  public static Result expression(String jinja, Known known) {
    return guarded(() -> {
      var exact = new Exact(known);
      return exact.value(JinjaExpression.whole(bare(jinja), exact)).text();
    });
  }

  private static String bare(String jinja) {
    List<Part> parts = dynamic(jinja) ? JinjaParts.of(jinja.strip(), true, false) : List.of();
    return parts.size() == 1 && parts.getFirst() instanceof Part.Print p ? p.code() : jinja;
  }

  /** A text of a playbook: one that is a single expression keeps the type of its value. */
  public static Result value(String text, Known known) {
    return guarded(() -> {
      List<Part> parts = dynamic(text) ? JinjaParts.of(text, true, false) : List.of();
      if (parts.size() == 1 && parts.getFirst() instanceof Part.Print p) {
        var exact = new Exact(known);
        return "${" + exact.value(whole(p, exact)).text() + "}";
      }
      return parts.isEmpty() ? FreeMarkerLines.escaped(text) : written(parts, known);
    });
  }

  /** The text of a template file. */
  public static Result template(String text, Space usual, Known known) {
    Matcher header = HEADER.matcher(text);
    int begin = header.lookingAt() ? header.end() : 0;
    return guarded(
        begin,
        () -> {
          Space space = begin > 0 ? header(header.group(1), usual) : usual;
          String body = text.substring(begin);
          UnaryOperator<String> write =
              t -> written(JinjaParts.of(t, space.trimBlocks(), space.lstripBlocks()), known);
          return LineEnds.kept(
              body, JinjaParts.of(body, space.trimBlocks(), space.lstripBlocks()), write);
        });
  }

  private static Space header(String options, Space space) {
    boolean trim = space.trimBlocks();
    boolean lstrip = space.lstripBlocks();
    for (String option : options.split(",")) {
      String[] words = option.strip().split("\\s*:\\s*", 2);
      boolean on = words.length == 2 && words[1].strip().equalsIgnoreCase("true");
      switch (words[0]) {
        case "trim_blocks" -> trim = on;
        case "lstrip_blocks" -> lstrip = on;
        default -> throw new Untranslatable("'" + words[0] + "' in the line #jinja2");
      }
    }
    return new Space(trim, lstrip);
  }

  private static String written(List<Part> parts, Known known) {
    var lines = new FreeMarkerLines();
    var exact = new Exact(known);
    var tags = new JinjaTags(exact);
    var wrong = new ArrayList<Untranslatable>();
    for (Part part : parts) {
      try {
        write(part, lines, exact, tags);
      } catch (Untranslatable e) {
        wrong.add(e); // what follows is looked at all the same
      }
    }
    if (!wrong.isEmpty()) {
      throw Untranslatable.together(wrong);
    }
    tags.end();
    return lines.done();
  }

  private static void write(Part part, FreeMarkerLines lines, Exact exact, JinjaTags tags) {
    switch (part) {
      case Part.Text t -> lines.text(t.text());
      case Part.Print p -> {
        Piece piece = printed(p, exact);
        if (piece.kind() == Piece.Kind.STRING) {
          lines.text(piece.of());
        } else {
          lines.print(piece.text());
        }
      }
      case Part.Tag t -> lines.tag(at(t.offset(), () -> tags.tag(t.code())), t.eaten());
      case Part.Note n -> lines.note(n.text(), n.eaten());
    }
  }

  private static Piece printed(Part.Print print, Exact exact) {
    return at(print.offset(), () -> exact.printed(whole(print, exact)));
  }

  private static Piece whole(Part.Print print, Exact exact) {
    return JinjaExpression.whole(print.code(), exact);
  }

  private static <T> T at(int offset, Supplier<T> translation) {
    try {
      return translation.get();
    } catch (Untranslatable e) {
      throw e.at(offset);
    }
  }

  private static Result guarded(Supplier<String> translation) {
    return guarded(0, translation);
  }

  /** The same for what stands behind some characters of the text. */
  private static Result guarded(int before, Supplier<String> translation) {
    try {
      return new Done(translation.get());
    } catch (Untranslatable e) {
      return Refused.of(e, before);
    }
  }
}
