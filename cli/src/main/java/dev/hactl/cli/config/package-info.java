/** The configuration file {@code hactl.yml}: what would otherwise be typed each time. */
@NullMarked
package dev.hactl.cli.config;

import org.jspecify.annotations.NullMarked;
