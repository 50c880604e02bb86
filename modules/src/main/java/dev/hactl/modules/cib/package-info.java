/**
 * Pacemaker's configuration (the CIB) as one document: read, edited in memory, compared by meaning,
 * shown as objects, and written back as one versioned patch. Everything that no edit names stays as
 * it was.
 */
@NullMarked
package dev.hactl.modules.cib;

import org.jspecify.annotations.NullMarked;
