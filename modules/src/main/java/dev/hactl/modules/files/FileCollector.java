package dev.hactl.modules.files;

import dev.hactl.engine.module.Answer;
import dev.hactl.engine.module.Collector;
import java.util.ArrayList;
import java.util.List;

/**
 * Looks at all files of a message at once.
 *
 * <p>Many questions go through {@link FilesAtOnce}, which costs the same few processes for one file
 * and for hundreds, and which gives no answer where the host's output does not fit together (a file
 * that changed meanwhile, a file of {@code /proc} that claims to be empty). A question that is
 * asked alone goes through {@link FilesOneByOne}, which always has an answer.
 */
final class FileCollector implements Collector<List<FileQuestion>> {
  static final FileCollector INSTANCE = new FileCollector();

  /** More files in one question than this are worth the quicker way even when asked alone. */
  private static final int FEW = 8;

  @Override
  public String script(List<List<FileQuestion>> questions, String nonce) {
    return alone(questions)
        ? FilesOneByOne.script(questions.getFirst(), nonce)
        : FilesAtOnce.of(questions, nonce).script();
  }

  @Override
  public List<Answer> split(List<List<FileQuestion>> questions, String nonce, byte[] output) {
    if (alone(questions)) {
      return List.of(FilesOneByOne.read(questions.getFirst(), nonce, output));
    }
    // Asked alone there is no third way, so a file that cannot be read is an answer then.
    FileReports reports = FilesAtOnce.of(questions, nonce).read(output, questions.size() == 1);
    var answers = new ArrayList<Answer>();
    questions.forEach(question -> answers.add(reports.answer(question)));
    return answers;
  }

  private static boolean alone(List<List<FileQuestion>> questions) {
    return questions.size() == 1 && questions.getFirst().size() <= FEW;
  }
}
