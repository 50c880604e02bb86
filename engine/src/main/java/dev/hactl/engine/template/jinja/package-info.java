/** Jinja's expressions in hactl's words; knows nothing of FreeMarker's classes. */
@NullMarked
package dev.hactl.engine.template.jinja;

import org.jspecify.annotations.NullMarked;
