package dev.hactl.engine.module;

import java.util.Collection;
import java.util.List;

/** Which hosts a {@link TargetKind} means. */
public sealed interface TargetChoice {

  /** These, at least one. */
  record Hosts(List<String> names) implements TargetChoice {
    /** Copies the list. */
    public Hosts {
      names = List.copyOf(names);
    }
  }

  /**
   * None, or nobody can tell.
   *
   * @param why what was seen
   * @param advice what to do about it
   */
  record Nobody(String why, String advice) implements TargetChoice {}

  /** These, or nobody for this reason. */
  static TargetChoice of(Collection<String> names, String why, String advice) {
    return names.isEmpty() ? new Nobody(why, advice) : new Hosts(List.copyOf(names));
  }
}
