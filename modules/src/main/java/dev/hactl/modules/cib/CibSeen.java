package dev.hactl.modules.cib;

import dev.hactl.engine.module.Answer;

/** What one node of a cluster says of its configuration. */
public sealed interface CibSeen {

  /** The read-only question. */
  String SCRIPT =
      """
      command -v cibadmin >/dev/null 2>&1 || exit 127
      cibadmin --query 2>/dev/null
      """;

  /** Pacemaker runs here and answers. */
  record Running(Cib cib) implements CibSeen {}

  /** Pacemaker is installed and does not run, or has lost its cluster. */
  record Down() implements CibSeen {}

  /** There is no Pacemaker. */
  record NotInstalled() implements CibSeen {}

  /** Reads the answer; throws {@link dev.hactl.engine.module.UnreadableAnswer}. */
  static CibSeen read(Answer answer) {
    if (answer.status() == 127) {
      return new NotInstalled();
    }
    return answer.status() == 0 ? new Running(Cib.parse(answer.raw())) : new Down();
  }
}
