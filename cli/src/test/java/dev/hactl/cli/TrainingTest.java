package dev.hactl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hactl.lab.LabPackages;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A training whose playbook is refused would leave the start-up cache nearly empty, unseen. */
class TrainingTest {
  @Test
  void everyCommandOfTheTrainingWorks() throws IOException {
    assertEquals(Set.of(ExitCode.OK), Set.copyOf(Training.runEveryCommand()));
  }

  /** Also where no sshd ever ran, so that root's has no directory to hide in. */
  @Test
  void whereThereIsAnSshdTheTrainingLogsIn(@TempDir Path folder) {
    LabPackages.need(Path.of("/usr/sbin/sshd"), "openssh-server");
    Optional<TrainingHost> host = TrainingHost.open(folder);
    assertTrue(host.isPresent());
    host.get().close();
  }
}
