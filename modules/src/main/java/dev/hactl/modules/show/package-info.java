/** What one screen tells about a pair: the cluster, its replicas, addresses, space and exports. */
@NullMarked
package dev.hactl.modules.show;

import org.jspecify.annotations.NullMarked;
