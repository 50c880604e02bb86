/** Station 4a: hosts, groups, clusters and how to reach them. */
@NullMarked
package dev.hactl.engine.inventory;

import org.jspecify.annotations.NullMarked;
