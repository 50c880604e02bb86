/**
 * Station 1: YAML text to a node tree with a place on every node, and problems that point with a
 * caret.
 */
@NullMarked
package dev.hactl.engine.source;

import org.jspecify.annotations.NullMarked;
