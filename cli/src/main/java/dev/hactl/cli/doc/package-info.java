/** Modules and keywords described in the terminal. */
@NullMarked
package dev.hactl.cli.doc;

import org.jspecify.annotations.NullMarked;
