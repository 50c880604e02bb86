package dev.hactl.modules.corosync;

import java.util.Collection;
import java.util.Comparator;
import java.util.Set;

/**
 * What it takes until a running Corosync follows a changed setting.
 *
 * <p>The settings that it reads only when it starts are those that its function {@code
 * remove_ro_entries} takes out of a reload (exec/cfg.c of corosync 3.1). Members whose settings of
 * {@link #ALL_DOWN} differ cannot hear each other: one after the other would split the cluster.
 */
enum Turn {
  /** {@code corosync-cfgtool -R}. */
  RELOAD,
  /** A restart of each member, one after the other. */
  RESTART,
  /** It must be down on all members. */
  ALL_DOWN;

  private static final Set<String> DOWN =
      Set.of(
          "totem.version",
          "totem.transport",
          "totem.cluster_name",
          "totem.ip_version",
          "totem.secauth",
          "totem.crypto_model",
          "totem.crypto_hash",
          "totem.crypto_cipher",
          "totem.keyfile",
          "totem.key");

  private static final Set<String> FRESH =
      Set.of("totem.threads", "totem.ip_dscp", "totem.netmtu", "quorum.provider");

  static Turn of(String setting) {
    if (DOWN.contains(setting)
        || setting.matches("totem\\.interface\\.\\d+\\.(mcastaddr|mcastport|broadcast|ttl)")) {
      return ALL_DOWN;
    }
    return FRESH.contains(setting) || setting.startsWith("system.") ? RESTART : RELOAD;
  }

  /** The strongest that any of these settings needs. */
  static Turn of(Collection<String> settings) {
    return settings.stream().map(Turn::of).max(Comparator.naturalOrder()).orElse(RELOAD);
  }
}
