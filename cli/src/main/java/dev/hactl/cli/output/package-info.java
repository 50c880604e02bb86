/** What a person or a program reads of a run: one class per format, each a consumer of events. */
@NullMarked
package dev.hactl.cli.output;

import org.jspecify.annotations.NullMarked;
