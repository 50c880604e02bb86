/** Station 2: typed values with origin and taint; everything a variable can hold. */
@NullMarked
package dev.hactl.engine.value;

import org.jspecify.annotations.NullMarked;
