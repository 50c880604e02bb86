/** The system itself: names, accounts, keys, kernel settings, timed jobs. */
@NullMarked
package dev.hactl.modules.system;

import org.jspecify.annotations.NullMarked;
