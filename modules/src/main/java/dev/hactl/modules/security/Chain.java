package dev.hactl.modules.security;

import dev.hactl.engine.module.BadValue;
import dev.hactl.engine.module.Type;
import dev.hactl.engine.module.Types;
import java.util.List;

/** What may be said of a chain of rules, iptables(8). */
final class Chain {
  private Chain() {}

  static final Type.Plain<String> NAME =
      Types.NAME.map(
          "chain",
          c -> {
            if (!c.matches("[A-Za-z0-9_][A-Za-z0-9_.:-]{0,28}")) {
              throw new BadValue(
                  "'" + c + "' is not the name of a chain", "at most 29 letters, digits, '_', '-'");
            }
            return c;
          });

  static final Type.Plain<String> POLICY =
      Types.NAME.map(
          "policy",
          p -> {
            if (!List.of("ACCEPT", "DROP", "QUEUE", "RETURN").contains(p)) {
              throw new BadValue("'" + p + "' is not one of ACCEPT, DROP, QUEUE, RETURN");
            }
            return p;
          });
}
