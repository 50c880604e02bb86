/** The cluster's membership: Corosync's configuration, key and service on all members at once. */
@NullMarked
package dev.hactl.modules.corosync;

import org.jspecify.annotations.NullMarked;
