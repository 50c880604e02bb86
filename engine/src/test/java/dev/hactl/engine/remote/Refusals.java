package dev.hactl.engine.remote;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hactl.engine.inventory.ConnectionSettings;

/** Logins that fail. */
final class Refusals {
  private Refusals() {}

  static UnreachableException refusal(ConnectionSettings settings) {
    return assertThrows(
        UnreachableException.class, () -> Remote.connect(settings, Shells.RUN).close());
  }

  static void check(UnreachableException error, UnreachableException.Kind kind, String... words) {
    String message = error.getMessage();
    assertEquals(kind, error.kind(), message);
    for (String word : words) {
      assertTrue(message.contains(word), message);
    }
    assertTrue(message.startsWith("lab: "), message);
  }
}
