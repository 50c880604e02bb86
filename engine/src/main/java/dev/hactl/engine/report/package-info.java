/** Station 9: the sealed events that a run emits and every output format consumes. */
@NullMarked
package dev.hactl.engine.report;

import org.jspecify.annotations.NullMarked;
