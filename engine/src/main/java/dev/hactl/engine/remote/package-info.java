/** Station 7: connections and one supervised shell per host and identity. */
@NullMarked
package dev.hactl.engine.remote;

import org.jspecify.annotations.NullMarked;
