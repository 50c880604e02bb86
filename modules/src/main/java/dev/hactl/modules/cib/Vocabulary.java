package dev.hactl.modules.cib;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The words a cluster understands. Pacemaker 2.0 replaced {@code <master>} by promotable clones,
 * and schema 3.7 (Pacemaker 2.1.0) the roles Master and Slave by Promoted and Unpromoted.
 *
 * @param promotedRoles whether the schema knows the newer names of roles
 * @param promotableClones whether a clone can be promotable
 */
public record Vocabulary(boolean promotedRoles, boolean promotableClones) {
  private static final Pattern SCHEMA = Pattern.compile("pacemaker-(\\d+)\\.(\\d+)");
  private static final Pattern FEATURES = Pattern.compile("(\\d+)\\.(\\d+).*");

  static Vocabulary of(Element cib) {
    return new Vocabulary(
        atLeast(SCHEMA.matcher(cib.attribute("validate-with", "")), 3, 7),
        atLeast(FEATURES.matcher(cib.attribute("crm_feature_set", "")), 3, 1));
  }

  private static boolean atLeast(Matcher version, int major, int minor) {
    if (!version.matches()) {
      return true; // "pacemaker-next", "none": newer than any number
    }
    int first = Integer.parseInt(version.group(1));
    return first > major || (first == major && Integer.parseInt(version.group(2)) >= minor);
  }

  /** A role as this cluster writes it. */
  public String role(String role) {
    return switch (Meaning.role(role)) {
      case "promoted" -> promotedRoles ? "Promoted" : "Master";
      case "unpromoted" -> promotedRoles ? "Unpromoted" : "Slave";
      case "started" -> "Started";
      case "stopped" -> "Stopped";
      default -> role;
    };
  }

  /** The name of an attribute of a clone as this cluster writes it. */
  String cloneMeta(String name) {
    return switch (name) {
      case "promoted-max", "master-max" -> promotableClones ? "promoted-max" : "master-max";
      case "promoted-node-max", "master-node-max" ->
          promotableClones ? "promoted-node-max" : "master-node-max";
      default -> name;
    };
  }
}
