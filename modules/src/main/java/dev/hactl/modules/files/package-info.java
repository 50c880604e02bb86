/**
 * Files, directories, links and what stands in them.
 *
 * <p>{@link dev.hactl.modules.files.FileProbe} is for every family that has to look at files: any
 * number of its questions costs a handful of processes on the host.
 */
@NullMarked
package dev.hactl.modules.files;

import org.jspecify.annotations.NullMarked;
