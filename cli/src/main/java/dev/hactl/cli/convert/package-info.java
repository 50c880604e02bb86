/**
 * Turns what was written for Ansible into what hactl reads, by changing as little of it as can be.
 */
@NullMarked
package dev.hactl.cli.convert;

import org.jspecify.annotations.NullMarked;
