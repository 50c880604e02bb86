/** Station 8: the scheduler: order, barriers, handlers, retries, locks, journal. */
@NullMarked
package dev.hactl.engine.run;

import org.jspecify.annotations.NullMarked;
