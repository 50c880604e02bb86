/** The commands, terminal output and report formats. */
@NullMarked
package dev.hactl.cli;

import org.jspecify.annotations.NullMarked;
