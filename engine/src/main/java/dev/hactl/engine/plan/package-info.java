/** Station 6: observations and desired state to a plan per host and task. */
@NullMarked
package dev.hactl.engine.plan;

import org.jspecify.annotations.NullMarked;
