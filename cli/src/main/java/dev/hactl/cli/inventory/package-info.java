/** What {@code hactl inventory} prints. */
@NullMarked
package dev.hactl.cli.inventory;

import org.jspecify.annotations.NullMarked;
