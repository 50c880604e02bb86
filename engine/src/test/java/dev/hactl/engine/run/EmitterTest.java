package dev.hactl.engine.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hactl.engine.report.Event;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EmitterTest {
  private final ExecutorService helpers = Executors.newCachedThreadPool();
  private final List<String> told = Collections.synchronizedList(new ArrayList<>());

  @AfterEach
  void end() {
    helpers.shutdownNow();
  }

  private static Event event(String what) {
    return new Event.Noted("db1", what);
  }

  private void hear(Event event) {
    told.add(((Event.Noted) event).message());
  }

  @Test
  void theOrderStays() {
    List<String> expected = IntStream.range(0, 2_000).mapToObj(Integer::toString).toList();
    try (var emitter = new Emitter(this::hear, helpers)) {
      for (int i = 0; i < expected.size(); i++) {
        if (i % 7 == 0) {
          emitter.emit(event(expected.get(i)));
          assertEquals(i + 1, told.size());
        } else {
          emitter.behind(event(expected.get(i)));
        }
      }
    }
    assertEquals(expected, told);
  }

  @Test
  void nobodyWaitsForWhatIsToldBehind() throws InterruptedException {
    var may = new CountDownLatch(1);
    var emitter =
        new Emitter(
            event -> {
              try {
                assertTrue(may.await(1, TimeUnit.MINUTES));
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
              hear(event);
            },
            helpers);
    emitter.behind(event("one"));
    emitter.behind(event("two"));
    assertEquals(List.of(), told);
    may.countDown();
    emitter.close();
    assertEquals(List.of("one", "two"), told);
  }

  @Test
  void aReporterThatBreaksIsHeardOfAtTheNextWord() {
    var emitter =
        new Emitter(
            event -> {
              throw new IllegalStateException("no more room");
            },
            helpers);
    emitter.behind(event("one"));
    assertEquals(
        "no more room",
        assertThrows(IllegalStateException.class, () -> emitter.emit(event("two"))).getMessage());
  }

  @Test
  void withoutHelpersAllIsToldAtOnce() {
    var emitter = new Emitter(this::hear);
    emitter.behind(event("one"));
    assertEquals(List.of("one"), told);
  }
}
