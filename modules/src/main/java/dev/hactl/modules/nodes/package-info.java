/** What the modules for a cluster's nodes share, and the module for a node's Pacemaker. */
@NullMarked
package dev.hactl.modules.nodes;

import org.jspecify.annotations.NullMarked;
