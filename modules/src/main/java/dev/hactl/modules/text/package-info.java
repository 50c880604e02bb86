/** Text that modules read from hosts and write back: marked probe output, line-managed files. */
@NullMarked
package dev.hactl.modules.text;

import org.jspecify.annotations.NullMarked;
