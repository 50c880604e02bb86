package dev.hactl.engine.remote;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What marks mean, in whatever order the two streams deliver them. */
class ExchangeTest {
  private final Exchange exchange =
      new Exchange(
          new Message(
              List.of(Fragment.probe("first", "true"), Fragment.probe("second", "true")), true),
          7,
          false,
          (_, _, _) -> {});

  @Test
  void aJobThatEndedBeforeTheLastWordOnStandardErrorDidNotEndEarly() {
    exchange.mark("E 7 0");
    exchange.mark("X 7");
    exchange.mark("E 8 0");
    exchange.mark("Z 8");
    assertFalse(exchange.endedEarly(1), "its status is known");
    assertEquals(1, exchange.completed(), "its standard error is still on its way");
    exchange.mark("X 8");
    assertEquals(2, exchange.completed());
  }

  @Test
  void aJobThatEndedInsideAFragmentEndedEarly() {
    exchange.mark("E 7 0");
    exchange.mark("Z 8");
    assertFalse(exchange.endedEarly(0));
    assertTrue(exchange.endedEarly(1));
  }
}
