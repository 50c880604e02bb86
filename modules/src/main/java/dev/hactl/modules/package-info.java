/** Every built-in module, a family per package. */
@NullMarked
package dev.hactl.modules;

import org.jspecify.annotations.NullMarked;
