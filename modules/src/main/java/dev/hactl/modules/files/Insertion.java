package dev.hactl.modules.files;

import dev.hactl.engine.module.BadValue;
import dev.hactl.engine.module.Form;
import dev.hactl.engine.module.Types;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * Where something new goes in a file.
 *
 * @param after whether behind the found line rather than before it
 * @param line what the line looks like; empty for the end (after) or the beginning (before)
 */
record Insertion(boolean after, Optional<Pattern> line) {
  static final Insertion END = new Insertion(true, Optional.empty());

  /** The two parameters. */
  static final class Fields {
    private final Form.Maybe<String> after;
    private final Form.Maybe<String> before;

    Fields(Form.Builder form) {
      after =
          form.optional(
              "insertafter",
              Types.TEXT,
              "Behind the last line that matches this regular expression; EOF (default): at the"
                  + " end. Without a match: at the end.");
      before =
          form.optional(
              "insertbefore",
              Types.TEXT,
              "Before the last line that matches this regular expression; BOF: at the beginning."
                  + " Without a match: at the end.");
      form.atMostOne("insertafter", "insertbefore");
    }

    Insertion of(Form.Filled filled) {
      Optional<String> behind = filled.get(after);
      Optional<String> ahead = filled.get(before);
      if (behind.isEmpty() && ahead.isEmpty()) {
        return END;
      }
      boolean isAfter = behind.isPresent();
      String text = behind.or(() -> ahead).orElseThrow();
      return switch (text) {
        case "EOF" -> END;
        case "BOF" -> new Insertion(false, Optional.empty());
        case "" -> throw new BadValue("an empty place to insert at");
        default -> new Insertion(isAfter, Optional.of(Regex.compile(text)));
      };
    }
  }

  /** The index at which new lines go; the end when no line is found. */
  int index(List<String> lines, boolean first) {
    if (line.isEmpty()) {
      return after ? lines.size() : 0;
    }
    OptionalInt found = find(lines, line.get(), first);
    return found.isEmpty() ? lines.size() : found.getAsInt() + (after ? 1 : 0);
  }

  /** The last (or first) line in which an expression is found. */
  static OptionalInt find(List<String> lines, Pattern pattern, boolean first) {
    OptionalInt found = OptionalInt.empty();
    for (int i = 0; i < lines.size(); i++) {
      if (pattern.matcher(TextFile.bare(lines.get(i))).find()) {
        found = OptionalInt.of(i);
        if (first) {
          break;
        }
      }
    }
    return found;
  }
}
