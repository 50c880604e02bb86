/** Modules that steer the run and change no host. */
@NullMarked
package dev.hactl.modules.control;

import org.jspecify.annotations.NullMarked;
