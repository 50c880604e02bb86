package dev.hactl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A training whose playbook is refused would leave the start-up cache nearly empty, unseen. */
class TrainingTest {
  @Test
  void everyCommandOfTheTrainingWorks() throws IOException {
    assertEquals(Set.of(ExitCode.OK), Set.copyOf(Training.runEveryCommand()));
  }
}
