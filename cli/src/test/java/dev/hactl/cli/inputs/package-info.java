/** Inputs that nobody wrote by hand: whatever is in them, hactl answers, and soon. */
@NullMarked
package dev.hactl.cli.inputs;

import org.jspecify.annotations.NullMarked;
