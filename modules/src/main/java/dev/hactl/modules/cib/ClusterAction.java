package dev.hactl.modules.cib;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Something the cluster would do, as {@code crm_simulate} sums it up.
 *
 * @param verb {@code Start Stop Restart Move Promote Demote Fence ...}
 * @param resource or node, for a fencing
 * @param where the node, or from where to where and in which roles
 * @param why as Pacemaker puts it; may be empty
 */
public record ClusterAction(String verb, String resource, String where, String why) {
  private static final Pattern LINE =
      Pattern.compile(
          "\\s*\\*\\s+([A-Z][a-z]+)(?: \\([^)]*\\))?\\s+(\\S+)\\s*(?:\\(([^)]*)\\))?\\s*(.*)");

  /** What takes a running service away, if only for a moment. */
  private static final Set<String> DISTURBING =
      Set.of("Stop", "Restart", "Recover", "Move", "Migrate", "Demote", "Fence");

  /** Whether a running service is stopped, moved or restarted, or a node fenced. */
  public boolean isDisturbing() {
    return DISTURBING.contains(verb);
  }

  /** The summary of an output; empty when it has none. */
  static List<ClusterAction> all(String output) {
    var actions = new ArrayList<ClusterAction>();
    boolean inside = false;
    for (String line : output.lines().toList()) {
      if (line.strip().startsWith("Transition Summary")) {
        inside = true;
      } else if (inside && !line.isBlank()) {
        Matcher m = LINE.matcher(line);
        if (!m.matches()) {
          break;
        }
        actions.add(
            new ClusterAction(
                m.group(1),
                m.group(2),
                m.group(3) == null ? "" : m.group(3).strip().replaceAll("\\s+", " "),
                m.group(4).strip()));
      } else if (inside && !actions.isEmpty()) {
        break;
      }
    }
    return List.copyOf(actions);
  }

  @Override
  public String toString() {
    return verb
        + " "
        + resource
        + (where.isEmpty() ? "" : " (" + where + ")")
        + (why.isEmpty() ? "" : " " + why);
  }
}
