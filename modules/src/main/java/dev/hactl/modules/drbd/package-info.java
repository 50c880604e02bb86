/** Replicated disks: DRBD's resources, seen on all members of a cluster at once. */
@NullMarked
package dev.hactl.modules.drbd;

import org.jspecify.annotations.NullMarked;
