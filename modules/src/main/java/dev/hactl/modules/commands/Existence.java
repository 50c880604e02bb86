package dev.hactl.modules.commands;

import dev.hactl.engine.module.Answer;
import dev.hactl.engine.module.Collector;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Answers any number of "is there a file that matches?" with shell builtins alone, so that a
 * hundred {@code creates:} cost no process at all.
 *
 * <p>A question is a list of shell words; its answer has one digit for each, 1 when something
 * matches. A dangling symbolic link counts as something, as it does for glob(7).
 */
final class Existence implements Collector<List<String>> {
  static final Existence COLLECTOR = new Existence();

  /** Appends a digit to {@code hactl_b} for the words that a pattern expanded to. */
  private static final String FUNCTION =
      """
      hactl_b=
      hactl_e() {
        hactl_x=0
        for hactl_f do
          if [ -e "$hactl_f" ] || [ -L "$hactl_f" ]; then hactl_x=1; break; fi
        done
        hactl_b=$hactl_b$hactl_x
      }
      """;

  private Existence() {}

  /** Shell text that leaves one digit per word in {@code hactl_b}. */
  static String look(List<String> words) {
    var text = new StringBuilder(FUNCTION);
    words.forEach(w -> text.append("hactl_e ").append(w).append('\n'));
    return text.toString();
  }

  @Override
  public String script(List<List<String>> questions, String nonce) {
    return look(questions.stream().flatMap(List::stream).toList())
        + "echo \""
        + nonce
        + " $hactl_b\"\n";
  }

  @Override
  public List<Answer> split(List<List<String>> questions, String nonce, byte[] output) {
    var answers = new ArrayList<>(Collections.nCopies(questions.size(), Answer.missing()));
    String text = new String(output, StandardCharsets.ISO_8859_1);
    int mark = text.lastIndexOf(nonce + " ");
    int from = mark + nonce.length() + 1;
    for (int i = 0; mark >= 0 && i < questions.size(); i++) {
      int to = from + questions.get(i).size();
      if (to >= text.length()) {
        break;
      }
      answers.set(i, Answer.of(0, text.substring(from, to)));
      from = to;
    }
    return answers;
  }
}
