package dev.hactl.cli.output;

import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;
import dev.hactl.engine.module.Diff;
import java.util.ArrayList;
import java.util.List;

/** A difference as lines of text: a unified diff with three lines of context. */
final class DiffText {
  private static final int CONTEXT = 3;
  private static final String NO_NEWLINE = "\n\\ No newline at end of file";

  private DiffText() {}

  static List<String> lines(Diff diff) {
    return switch (diff) {
      case Diff.Lines lines when lines.secret() ->
          headed(lines.path(), after(lines), List.of("(the lines hold secrets and are not shown)"));
      case Diff.Lines lines -> headed(lines.path(), after(lines), hunks(lines));
      case Diff.Properties changed ->
          headed(changed.subject(), changed.subject(), properties(changed));
      case Diff.Opaque opaque -> List.of("diff skipped: " + opaque.path() + ": " + opaque.reason());
    };
  }

  private static String after(Diff.Lines lines) {
    return lines.source().isEmpty() ? lines.path() : lines.path() + " (" + lines.source() + ")";
  }

  private static List<String> headed(String before, String after, List<String> body) {
    var lines = new ArrayList<String>();
    lines.add("--- before: " + before);
    lines.add("+++ after: " + after);
    lines.addAll(body);
    return lines;
  }

  private static List<String> hunks(Diff.Lines texts) {
    List<String> before = split(texts.before());
    List<String> unified =
        UnifiedDiffUtils.generateUnifiedDiff(
            "", "", before, DiffUtils.diff(before, split(texts.after())), CONTEXT);
    return unified.stream().skip(2).flatMap(String::lines).toList();
  }

  /**
   * The lines; one that does not end carries the note about it, and so differs from one that does.
   */
  private static List<String> split(String text) {
    var lines = new ArrayList<>(text.lines().toList());
    if (!lines.isEmpty() && !text.endsWith("\n")) {
      lines.add(lines.removeLast() + NO_NEWLINE);
    }
    return lines;
  }

  private static List<String> properties(Diff.Properties changed) {
    var lines = new ArrayList<String>();
    for (Diff.Property property : changed.properties()) {
      if (!property.before().isEmpty()) {
        lines.add("-" + property.name() + ": " + property.before());
      }
      if (!property.after().isEmpty()) {
        lines.add("+" + property.name() + ": " + property.after());
      }
    }
    return lines;
  }
}
