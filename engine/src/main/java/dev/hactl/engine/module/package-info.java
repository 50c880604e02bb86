/** Station 5: what a module is: a form, a probe and a pure plan. */
@NullMarked
package dev.hactl.engine.module;

import org.jspecify.annotations.NullMarked;
