package dev.hactl.engine.lint;

import dev.hactl.engine.source.Comment;
import dev.hactl.engine.source.Place;
import dev.hactl.engine.source.Problem;
import dev.hactl.engine.source.SourceFile;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A comment {@code # hactl:ignore RULE reason} that silences a rule on its line, or when it stands
 * alone, on the next line that is no comment.
 *
 * @param place where it stands
 * @param rule the rule's id; empty when it names none
 * @param reason why; empty when it says none
 * @param line the line that it speaks of
 */
public record Ignore(Place place, String rule, String reason, int line) {
  private static final String WORD = "hactl:ignore";
  private static final Pattern FORM =
      Pattern.compile("#+\\s*" + WORD + "(?:\\s+(\\S+)(?:\\s+(\\S.*))?)?\\s*");

  /** Those of a text. */
  public static List<Ignore> in(SourceFile file) {
    if (!file.text().contains(WORD)) {
      return List.of();
    }
    return Comment.in(file).stream().flatMap(c -> of(c, file)).toList();
  }

  private static Stream<Ignore> of(Comment comment, SourceFile file) {
    Matcher m = FORM.matcher(comment.text());
    if (!m.matches()) {
      return Stream.empty();
    }
    int line = comment.place().line();
    if (comment.alone()) {
      do {
        line++;
      } while (file.line(line).strip().startsWith("#"));
    }
    return Stream.of(
        new Ignore(
            comment.place(),
            Optional.ofNullable(m.group(1)).orElse(""),
            Optional.ofNullable(m.group(2)).orElse("").strip(),
            line));
  }

  /** Whether it silences a finding. */
  public boolean silences(Problem problem) {
    return problem.rule().filter(rule::equals).isPresent()
        && !reason.isEmpty()
        && problem.place().line() == line
        && problem.place().file().equals(place.file());
  }

  /** The findings that no comment in their files silences. */
  public static List<Problem> heeded(List<Problem> problems) {
    return problems.stream()
        .filter(
            p -> p.rule().isEmpty() || in(p.place().file()).stream().noneMatch(i -> i.silences(p)))
        .toList();
  }
}
