/** Station 4c: FreeMarker expressions and templates over the values of one host. */
@NullMarked
package dev.hactl.engine.template;

import org.jspecify.annotations.NullMarked;
