package dev.hactl.modules.cib;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MeaningTest {

  @ParameterizedTest
  @CsvSource({
    "timeout, 60s, 1min, true",
    "timeout, 60, 60000ms, true",
    "timeout, PT1M, 60sec, true",
    "timeout, 1h, 3600, true",
    "timeout, 1hr, 60m, true",
    "timeout, 60s, 61s, false",
    "timeout, soon, Soon, false",
    "interval, 0, 0s, true",
    "score, INFINITY, 1000000, true",
    "score, +INFINITY, inf, true",
    "score, -INFINITY, -2000000, true",
    "score, 10, +10, true",
    "score, 10, -10, false",
    "migration-threshold, INFINITY, 1000000, true",
    "stonith-enabled, true, on, true",
    "stonith-enabled, yes, 1, true",
    "stonith-enabled, false, n, true",
    "stonith-enabled, true, false, false",
    "fencing-timeout, 60s, 1min, true",
    "target-role, Master, Promoted, true",
    "role, slave, Unpromoted, true",
    "role, Started, Stopped, false",
    "ip, 1, true, false",
    "clone-max, 1, 2, false",
  })
  void sameMeaning(String name, String one, String other, boolean same) {
    assertEquals(same, Meaning.same(name, one, other));
    assertEquals(same, Meaning.same(name, other, one));
  }
}
