package dev.hactl.engine.run;

import dev.hactl.engine.report.Event;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Which plays a host is meant to take part in, and which of them began on it. */
final class Attendance {
  private final List<PlayScope> expected = new ArrayList<>();
  private final Set<PlayScope> begun = Collections.newSetFromMap(new IdentityHashMap<>());

  /** The host belongs to the play. */
  void expect(PlayScope play) {
    expected.add(play);
  }

  /** The play begins on the host. */
  void begins(PlayScope play) {
    begun.add(play);
  }

  /** What began was only foretold. */
  void clear() {
    begun.clear();
  }

  /** The plays that never began on the host. */
  Optional<Event.Missed> missed() {
    List<String> plays =
        expected.stream().filter(p -> !begun.contains(p)).map(p -> p.play().name()).toList();
    return plays.isEmpty()
        ? Optional.empty()
        : Optional.of(new Event.Missed(plays, begun.isEmpty()));
  }
}
