package dev.hactl.engine.template;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hactl.engine.template.function.FunctionForm;
import dev.hactl.engine.template.function.Functions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every function does what its form says. */
class FunctionExamplesTest {
  @TempDir Path folder;

  static Stream<FunctionForm> forms() {
    return Functions.byTitle().values().stream().flatMap(List::stream);
  }

  @ParameterizedTest
  @MethodSource("forms")
  void itsExampleComesToItsResult(FunctionForm form) throws IOException {
    assertEquals(form.result(), new ExampleHost(folder, "{}").json(form.example()), form.example());
  }

  @Test
  void noNameIsTakenTwice() {
    assertEquals(forms().count(), Functions.names().size());
  }
}
