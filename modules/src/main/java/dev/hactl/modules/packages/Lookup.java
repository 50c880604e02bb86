package dev.hactl.modules.packages;

import dev.hactl.engine.module.Sh;
import java.util.List;

/**
 * A slower read-only command that only some tasks need. Lookups with the same command are put once,
 * with the operands of all of them.
 *
 * @param tool the tool that must be the host's
 * @param command shell text without the operands
 * @param operands package names; none for a question about the whole host
 */
record Lookup(Tool tool, String command, List<String> operands) {

  /** What newest version the cached lists offer. */
  static Lookup candidates(Tool tool, List<String> options, List<String> names) {
    String words = options.isEmpty() ? "" : Sh.words(options) + " ";
    return new Lookup(
        tool,
        tool.dpkg()
            // Without this option apt-cache would renew its own cache file: a probe must not write.
            ? "apt-cache -o Dir::Cache::pkgcache= " + words + "policy"
            : tool.command() + " -q -C " + RpmCommands.QUIET_LOGS + " " + words + "check-update",
        names);
  }
}
