package dev.hactl.cli;

import dev.hactl.cli.output.StepText;
import dev.hactl.cli.output.Terminal;
import dev.hactl.engine.report.Stepper;
import java.io.ByteArrayOutputStream;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Asks at the terminal that hactl was started from, wherever its input and output go: what is
 * printed for a program stays free of questions.
 */
final class TerminalStepper implements Stepper {
  private static final Path TERMINAL = Path.of("/dev/tty");

  private final InputStream in;
  private final OutputStream out;

  TerminalStepper(InputStream in, OutputStream out) {
    this.in = in;
    this.out = out;
  }

  /** Who sits at the terminal; empty when there is none. */
  @SuppressWarnings("StreamResourceLeak") // they stay until the process ends
  static Optional<TerminalStepper> here(Terminal terminal) {
    if (!(terminal.in() instanceof FileInputStream)) {
      return Optional.empty(); // not this process's own
    }
    try {
      return Optional.of(
          new TerminalStepper(
              new FileInputStream(TERMINAL.toFile()), new FileOutputStream(TERMINAL.toFile())));
    } catch (IOException none) {
      return Optional.empty();
    }
  }

  @Override
  public Answer ask(Question question) {
    try {
      forgetTyped();
      tell("\n" + String.join("\n", StepText.question(question)) + "\n" + StepText.CHOICE);
      while (true) {
        Optional<String> typed = line();
        if (typed.isEmpty()) {
          tell("\n");
          return Answer.QUIT; // nobody is there any more
        }
        Optional<Answer> answer = StepText.answer(typed.get());
        if (answer.isPresent()) {
          return answer.get();
        }
        tell(StepText.CHOICE);
      }
    } catch (IOException gone) {
      return Answer.QUIT;
    }
  }

  /** What was typed before the question was there answers nothing. */
  private void forgetTyped() throws IOException {
    for (int left = in.available(); left > 0; left = in.available()) {
      in.skipNBytes(left);
    }
  }

  private void tell(String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  private Optional<String> line() throws IOException {
    var bytes = new ByteArrayOutputStream();
    int b = in.read();
    boolean ended = b < 0;
    for (; b >= 0 && b != '\n'; b = in.read()) {
      bytes.write(b);
    }
    return ended ? Optional.empty() : Optional.of(bytes.toString(StandardCharsets.UTF_8));
  }
}
