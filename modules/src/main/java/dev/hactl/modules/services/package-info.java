/** Services: systemd units, and init scripts where there is no systemd. */
@NullMarked
package dev.hactl.modules.services;

import org.jspecify.annotations.NullMarked;
