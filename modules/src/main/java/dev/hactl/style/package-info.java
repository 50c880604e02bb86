/** Rules about playbooks as such, whatever their tasks do. */
@NullMarked
package dev.hactl.style;

import org.jspecify.annotations.NullMarked;
