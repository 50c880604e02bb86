/**
 * Station 5b: what would be better otherwise, though nothing forbids it: rules with ids, which look
 * at playbooks as they are written and at tasks as they come to be on a host.
 */
@NullMarked
package dev.hactl.engine.lint;

import org.jspecify.annotations.NullMarked;
