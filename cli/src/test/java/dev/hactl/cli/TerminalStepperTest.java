package dev.hactl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hactl.engine.report.Stepper;
import dev.hactl.engine.source.Place;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How answers are read: those to the question, and again until one is understood. */
class TerminalStepperTest {
  private static final Stepper.Question QUESTION =
      new Stepper.Question(
          Stepper.Kind.TASK,
          List.of("t"),
          Place.of("site.yml"),
          List.of(new Stepper.On("a", false, List.of())));

  /** Gives out keys that were typed before the question, then those after it. */
  private static final class Keys extends InputStream {
    private final byte[] before;
    private final InputStream after;
    private int read;

    Keys(String before, String after) {
      this.before = before.getBytes(StandardCharsets.UTF_8);
      this.after = new ByteArrayInputStream(after.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public int available() {
      return before.length - read;
    }

    @Override
    public int read() throws IOException {
      return read < before.length ? before[read++] : after.read();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // typed before | typed after (; is Return) | answer | how often it is asked
        "    | y;          | YES      | 1",
        "    | YES;        | YES      | 1",
        "    | ' Yes ;'    | YES      | 1",
        "    | n;          | NO       | 1",
        "    | no;         | NO       | 1",
        "    | ;           | NO       | 1",
        "    | c;          | CONTINUE | 1",
        "    | continue;   | CONTINUE | 1",
        "    | q;          | QUIT     | 1",
        "    | Quit;       | QUIT     | 1",
        "    | yn;x;ja;y;n;| YES      | 4",
        "    | yy;;        | NO       | 2",
        "    | ''          | QUIT     | 1",
        "    | y           | YES      | 1",
        "y;y;| n;          | NO       | 1",
        ";;; | y;          | YES      | 1",
        "c;  | ''          | QUIT     | 1",
      })
  void reads(String before, String after, Stepper.Answer answer, int asked) {
    var out = new ByteArrayOutputStream();
    var keys = new Keys(keys(before), keys(after));
    assertEquals(answer, new TerminalStepper(keys, out).ask(QUESTION));
    String told = out.toString(StandardCharsets.UTF_8);
    assertEquals(asked, told.split("\\(q\\)uit: ", -1).length - 1, told);
    assertEquals(1, told.split("Perform task: t \\(site.yml\\) on a\n", -1).length - 1, told);
  }

  private static String keys(String text) {
    return text == null ? "" : text.replace(';', '\n');
  }
}
