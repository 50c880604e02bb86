package dev.hactl.modules.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CutsTest {
  private static final List<String> PROGRAMS =
      List.of(
          "look a",
          "mkdir /run/x",
          "ask a",
          "sed s/x/y/",
          "write a",
          "look b",
          "ask a",
          "sleep 1",
          "count a",
          "ask b",
          "look c");
  private static final List<Integer> STEPS = IntStream.range(1, 11).boxed().toList();

  private static List<List<String>> of(Cuts cuts) {
    return cuts.of(PROGRAMS, STEPS).stream()
        .map(row -> row.stream().map(c -> c.nth() + " " + c.pattern()).toList())
        .toList();
  }

  @Test
  void evenlyThroughTheSteps() {
    assertEquals(List.of(List.of("2 *"), List.of("7 *")), of(Cuts.spread(2)));
    assertEquals(List.of(), Cuts.spread(2).of(PROGRAMS, List.of()));
  }

  @Test
  void aroundWhatCounts() {
    assertEquals(List.of(List.of("1 write*", "2 look*")), of(Cuts.around("write", "look")));
    assertEquals(
        List.of(List.of("1 write a*"), List.of("1 sleep*")), of(Cuts.each("write a", "sleep")));
    assertEquals(List.of(), of(Cuts.around("never", "ever")));
  }

  @Test
  void beforeEachKindOfProgram() {
    assertEquals(
        List.of(
            List.of("1 mkdir *", "1 ask *", "1 write *"),
            List.of("2 look *"),
            List.of("1 count *")),
        of(Cuts.everywhere("write")));
  }

  @Test
  void wordsAreNoPattern() {
    assertEquals("sed s/\\[a\\]\\*\\?\\\\n/*", Cut.before(1, "sed s/[a]*?\\n/").pattern());
  }
}
