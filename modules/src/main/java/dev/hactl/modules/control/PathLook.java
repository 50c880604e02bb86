package dev.hactl.modules.control;

import dev.hactl.engine.module.Probe;
import dev.hactl.engine.module.Sh;
import java.util.Optional;

/** Looks at a path, and for a text in it. */
final class PathLook {
  private PathLook() {}

  static Probe<Sight> at(String path, Optional<SearchPattern> search) {
    String word = Sh.quote(path);
    String there =
        search
            .map(s -> grep(s) + " < " + word + " 2> /dev/null && exit " + Sight.AS_SOUGHT.status())
            .map(grep -> "[ -f " + word + " ] && " + grep + "\nexit " + Sight.OTHERWISE.status())
            .orElse("exit " + Sight.AS_SOUGHT.status());
    return Probe.sh(
        "[ -e " + word + " ] || exit " + Sight.ABSENT.status() + "\n" + there, Sight::of);
  }

  /** A grep that reads standard input and says by its status whether something matches. */
  static String grep(SearchPattern pattern) {
    return "grep -q" + (pattern.ignoreCase() ? "i" : "") + "E -e " + Sh.quote(pattern.extended());
  }
}
