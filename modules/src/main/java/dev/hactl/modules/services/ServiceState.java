package dev.hactl.modules.services;

import dev.hactl.engine.module.Answer;
import dev.hactl.engine.module.UnreadableAnswer;
import java.util.List;

/** What is known about one service on a host. */
sealed interface ServiceState permits UnitState, ServiceState.Script, ServiceState.Manager {

  /**
   * An init script, or an Upstart job.
   *
   * @param name without suffix
   * @param kind what was found
   * @param enabled whether a start link exists for a level that boots into service
   * @param running what its {@code status} action says: 0 means running (LSB)
   */
  record Script(String name, Kind kind, boolean enabled, boolean running) implements ServiceState {
    enum Kind {
      SCRIPT,
      UPSTART,
      MISSING
    }
  }

  /**
   * systemd itself.
   *
   * @param stale units whose files changed since it read them
   */
  record Manager(List<String> stale) implements ServiceState {
    /** Copies the list. */
    public Manager {
      stale = List.copyOf(stale);
    }
  }

  /** Whether it runs, and is not about to stop or to fail. */
  default boolean up() {
    return switch (this) {
      case UnitState unit -> unit.isUp();
      case Script script -> script.running();
      case Manager manager -> true;
    };
  }

  /** Reads an answer of {@link UnitCollector}. */
  static ServiceState parse(String unit, Answer answer) {
    String text = answer.raw();
    if (answer.isMissing() || text.isEmpty()) {
      throw new UnreadableAnswer("the state of " + unit + " could not be read");
    }
    List<String> lines = text.lines().toList();
    if (lines.getFirst().equals("Stale")) {
      return new Manager(lines.subList(1, lines.size()));
    }
    return lines.getFirst().equals("Manager=systemd")
        ? UnitState.parse(unit, lines)
        : script(lines.get(1).split(" ", -1));
  }

  private static Script script(String[] words) {
    Script.Kind kind =
        switch (words[1]) {
          case "script" -> Script.Kind.SCRIPT;
          case "upstart" -> Script.Kind.UPSTART;
          default -> Script.Kind.MISSING;
        };
    return new Script(
        UnitName.script(words[0]), kind, words[2].equals("yes"), words[3].equals("0"));
  }
}
