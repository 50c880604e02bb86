/** Functions that expressions may call beside what FreeMarker has; knows nothing of FreeMarker. */
@NullMarked
package dev.hactl.engine.template.function;

import org.jspecify.annotations.NullMarked;
