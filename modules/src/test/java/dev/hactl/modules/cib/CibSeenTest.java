package dev.hactl.modules.cib;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hactl.engine.module.Answer;
import dev.hactl.engine.module.UnreadableAnswer;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CibSeenTest {
  @Test
  void answers() {
    assertEquals(new CibSeen.NotInstalled(), CibSeen.read(Answer.of(127, "")));
    assertEquals(new CibSeen.Down(), CibSeen.read(Answer.of(107, "")));
    assertEquals(
        new CibSeen.Running(Samples.cib("running")),
        CibSeen.read(Answer.of(0, Samples.text("running"))));
    assertThrows(UnreadableAnswer.class, () -> CibSeen.read(Answer.of(0, "")));
  }

  @Test
  void whoDecides() {
    Cib cib = Samples.cib("running");
    assertTrue(cib.hasQuorum());
    assertEquals(Optional.of("master"), cib.coordinator());
    assertFalse(new Cib(cib.root().with("have-quorum", "0")).hasQuorum());
    assertEquals(Optional.empty(), new Cib(cib.root().without("dc-uuid")).coordinator());
  }
}
