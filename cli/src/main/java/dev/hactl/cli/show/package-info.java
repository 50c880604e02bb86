/** {@code hactl show}: what the nodes of a cluster told, put together, as text and as JSON. */
@NullMarked
package dev.hactl.cli.show;

import org.jspecify.annotations.NullMarked;
