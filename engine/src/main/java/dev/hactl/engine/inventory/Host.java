package dev.hactl.engine.inventory;

import java.util.List;
import java.util.Optional;

/**
 * A host of the inventory.
 *
 * @param name unique
 * @param groups every group it belongs to, {@code all} first, parents before children, by name
 *     within a level
 * @param vars its own variables from the inventory file, then from {@code host_vars/}
 * @param cluster the cluster it belongs to
 */
public record Host(
    String name, List<String> groups, List<Group.VarsSource> vars, Optional<String> cluster) {}
