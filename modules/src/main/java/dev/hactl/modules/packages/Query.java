package dev.hactl.modules.packages;

import java.util.List;

/**
 * What a package task asks its host.
 *
 * @param choice the tool the task wants
 * @param names packages, as the package database may know them
 * @param archives paths of local archives
 * @param cache whether the age of the package lists matters
 * @param lookups further questions
 */
record Query(
    Choice choice,
    List<String> names,
    List<String> archives,
    boolean cache,
    List<Lookup> lookups) {}
