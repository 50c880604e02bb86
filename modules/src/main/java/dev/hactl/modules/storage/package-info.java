/**
 * Block devices and what lies on them: loop devices, volumes, file systems, mounts, exports, and
 * the kernel modules they need.
 *
 * <p>Data is guarded twice: by what was seen when the plan was made, and by a guard that looks
 * again right before a step that would overwrite something.
 */
@NullMarked
package dev.hactl.modules.storage;

import org.jspecify.annotations.NullMarked;
