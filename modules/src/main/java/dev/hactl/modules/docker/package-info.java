/** Docker's images and containers, by its command line on the hosts. */
@NullMarked
package dev.hactl.modules.docker;

import org.jspecify.annotations.NullMarked;
