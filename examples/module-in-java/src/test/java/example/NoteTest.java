package example;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.hactl.engine.module.Decision;
import org.junit.jupiter.api.Test;

/** The plan is pure, so it is tested as data. */
class NoteTest {
  private final Note module = new Note();
  private final Note.Params wanted = new Note.Params("/srv/note", "ask Ada");

  private int changes(String seen) {
    return assertInstanceOf(Decision.Decided.class, module.plan(wanted, new Note.Seen(seen)))
        .changes()
        .size();
  }

  @Test
  void anotherTextIsChanged() {
    assertEquals(1, changes("ask Bob"));
  }

  @Test
  void theRightTextIsLeftAlone() {
    assertEquals(0, changes("ask Ada"));
  }
}
