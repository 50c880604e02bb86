/**
 * Station 3: node tree to immutable plays, tasks, blocks and handlers; every keyword is checked
 * here.
 */
@NullMarked
package dev.hactl.engine.model;

import org.jspecify.annotations.NullMarked;
