/** What the vault commands do with files and texts; the command line is read elsewhere. */
@NullMarked
package dev.hactl.cli.vault;

import org.jspecify.annotations.NullMarked;
