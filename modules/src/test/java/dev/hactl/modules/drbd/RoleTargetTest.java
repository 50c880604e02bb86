package dev.hactl.modules.drbd;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hactl.engine.module.Members;
import dev.hactl.engine.module.Members.Seen;
import dev.hactl.engine.module.TargetChoice;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which members {@code drbd_primary} and {@code drbd_secondary} mean. */
class RoleTargetTest {
  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      quoteCharacter = '`',
      value = {
        // roles of a and b, - for unseen => primary => secondary
        "Primary Secondary => a => b",
        "Secondary Primary => b => a",
        "Primary Primary => a b => r is Secondary nowhere (a: Primary, b: Primary)",
        "Secondary Secondary => r is Primary nowhere (a: Secondary, b: Secondary) => a b",
        "Primary - => a => r is Secondary nowhere (a: Primary; not seen: b (lost))",
        "none - => r is Primary nowhere (a: not up; not seen: b (lost)) => r is Secondary nowhere (a: not up; not seen: b (lost))",
      })
  void theMembersWithTheRoleAreChosen(String roles, String primary, String secondary) {
    var all = new LinkedHashMap<String, Seen<String>>();
    String[] each = roles.split(" ");
    for (int i = 0; i < each.length; i++) {
      String role = each[i];
      all.put(
          i == 0 ? "a" : "b",
          role.equals("-")
              ? new Seen.Unknown<>("lost")
              : new Seen.Observed<>(role.equals("none") ? "" : role));
    }
    var members = new Members<>(all, Set.of("a", "b"));
    assertEquals(primary, told(new DrbdPrimary().choose(List.of("r"), members)));
    assertEquals(secondary, told(new DrbdSecondary().choose(List.of("r"), members)));
  }

  private static String told(TargetChoice choice) {
    return switch (choice) {
      case TargetChoice.Hosts(List<String> names) -> String.join(" ", names);
      case TargetChoice.Nobody(String why, String advice) -> why;
    };
  }
}
