package dev.hactl.cli.inputs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hactl.lab.Commit;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A sample of {@code lab/campaign inputs}: it differs with every commit, and a failure names the
 * seed and the round that repeat it.
 */
class GeneratedInputsTest {
  private static final int COUNT = 400;

  @TempDir Path folder;
  private final Tally tally = new Tally();
  private final List<String> wrong = new ArrayList<>();

  @Test
  void whateverIsReadIsAnswered() throws Exception {
    String seed = Commit.name();
    var inputs = new Inputs(seed);
    for (int number = 0; number < COUNT; number++) {
      ask("--round " + number, inputs.make(number));
    }
    for (Monster monster : Monster.values()) {
      ask(monster.name(), monster.make(new Random(seed.hashCode())));
    }
    assertEquals(List.of(), wrong, "seed " + seed);
    assertEquals(COUNT + Monster.values().length, tally.count());
  }

  private void ask(String which, Input input) throws Exception {
    Inputs.Answer answer = Inputs.ask(input, folder.resolve("project"));
    tally.add(input, answer);
    answer.wrong().ifPresent(w -> wrong.add(which + ", " + input.kind() + ": " + w));
  }

  @Test
  void theSameNumberIsTheSameInput() {
    for (int number = 0; number < 40; number++) {
      assertEquals(new Inputs("x").make(number), new Inputs("x").make(number));
    }
  }
}
