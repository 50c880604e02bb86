/** How {@code hactl lint} tells what it found. */
@NullMarked
package dev.hactl.cli.lint;

import org.jspecify.annotations.NullMarked;
