package dev.hactl.engine.module;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Runs each question, a shell text, in a subshell of its own and marks where its output ends. */
final class ShellCollector implements Collector<String> {
  static final ShellCollector INSTANCE = new ShellCollector();

  @Override
  public String script(List<String> questions, String nonce) {
    var text = new StringBuilder();
    for (int i = 0; i < questions.size(); i++) {
      text.append("(:\n").append(questions.get(i)).append("\n)\n");
      text.append("printf '\\n%s %s %s\\n' ")
          .append(nonce)
          .append(' ')
          .append(i)
          .append(" \"$?\"\n");
    }
    return text.toString();
  }

  @Override
  public List<Answer> split(List<String> questions, String nonce, byte[] output) {
    var answers = new ArrayList<>(Collections.nCopies(questions.size(), Answer.missing()));
    // ISO 8859-1 keeps one character per byte, so that offsets in the text are offsets in the
    // bytes.
    String text = new String(output, StandardCharsets.ISO_8859_1);
    int from = 0;
    for (int i = 0; i < questions.size(); i++) {
      String mark = "\n" + nonce + " " + i + " ";
      int at = text.indexOf(mark, from);
      int end = at < 0 ? -1 : text.indexOf('\n', at + mark.length());
      if (end < 0) {
        break;
      }
      int status = Integer.parseInt(text.substring(at + mark.length(), end));
      answers.set(
          i, new Answer(status, text.substring(from, at).getBytes(StandardCharsets.ISO_8859_1)));
      from = end + 1;
    }
    return answers;
  }
}
