/** Packet filters and mandatory access control. */
@NullMarked
package dev.hactl.modules.security;

import org.jspecify.annotations.NullMarked;
