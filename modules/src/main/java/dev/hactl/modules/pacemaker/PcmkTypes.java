package dev.hactl.modules.pacemaker;

import dev.hactl.engine.module.BadValue;
import dev.hactl.engine.module.Type;
import dev.hactl.engine.module.Types;
import dev.hactl.modules.cib.Agent;
import dev.hactl.modules.cib.Ids;
import dev.hactl.modules.cib.Meaning;
import dev.hactl.modules.cib.Rule;
import java.util.List;
import java.util.Locale;

/** Types of parameters that Pacemaker defines. */
final class PcmkTypes {
  private static final List<String> ROLES = List.of("started", "stopped", "promoted", "unpromoted");

  private PcmkTypes() {}

  /** The name of a resource or constraint. */
  static final Type.Plain<String> ID = Types.NAME.map("id", PcmkTypes::id);

  /** Names of resources. */
  static final Type.Plain<List<String>> IDS =
      Types.NAMES.map("list of ids", ids -> ids.stream().map(PcmkTypes::id).toList());

  /** A score; infinity is written INFINITY. */
  static final Type.Plain<String> SCORE = Types.NAME.map("score", PcmkTypes::score);

  /** A role; empty for any. */
  static final Type.Plain<String> ROLE = Types.NAME.map("role", PcmkTypes::role);

  /** An agent with its standard. */
  static final Type.Plain<Agent> AGENT = Types.NAME.map("agent", PcmkTypes::agent);

  /** A fence agent; its standard may be left out. */
  static final Type.Plain<Agent> FENCE_AGENT =
      Types.NAME.map(
          "fence agent", text -> agent(text.startsWith("stonith:") ? text : "stonith:" + text));

  /** Which nodes a location constraint is for. */
  static final Type.Plain<Rule> RULE =
      Types.NAME.map(
          "rule",
          text ->
              Rule.parse(text)
                  .orElseThrow(() ->
                      new BadValue(
                          "'" + text + "' is no rule",
                          "compare node attributes: '#uname eq db1', 'defined ping and ping gt 0'")));

  static String id(String text) {
    if (!Ids.isId(text)) {
      throw new BadValue(
          "'" + text + "' cannot be the name of a resource or constraint",
          "begin with a letter and use letters, digits, '-', '_' and '.'");
    }
    return text;
  }

  static String score(String text) {
    if (Meaning.score(text).isEmpty()) {
      throw new BadValue(
          "a score is wanted, this is '" + text + "'",
          "write a whole number, INFINITY or -INFINITY");
    }
    String upper = text.strip().toUpperCase(Locale.ROOT);
    String signless = upper.startsWith("+") ? upper.substring(1) : upper;
    return signless.equals("INF") ? "INFINITY" : signless.equals("-INF") ? "-INFINITY" : signless;
  }

  static String role(String text) {
    if (!text.isEmpty() && !ROLES.contains(Meaning.role(text))) {
      throw new BadValue(
          "'" + text + "' is no role", "write Promoted, Unpromoted, Started or Stopped");
    }
    return text;
  }

  private static Agent agent(String text) {
    return Agent.parse(text)
        .orElseThrow(() ->
            new BadValue(
                "'" + text + "' is no resource agent",
                "write its standard too: ocf:heartbeat:IPaddr2, systemd:nginx, lsb:mysql"));
  }
}
