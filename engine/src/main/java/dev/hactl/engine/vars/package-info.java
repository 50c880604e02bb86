/** Station 4b: scopes with precedence; every value knows where it came from. */
@NullMarked
package dev.hactl.engine.vars;

import org.jspecify.annotations.NullMarked;
