package dev.hactl.modules.files;

import java.util.List;
import java.util.Optional;

/**
 * What the file module looks at.
 *
 * @param self what stands at the path, a link unfollowed
 * @param followed the same with a link followed
 * @param parent its directory
 * @param source what a wanted link leads to
 * @param tree everything at and below the path, when attributes of a whole tree are wanted
 */
record FileSeen(
    FileState self,
    FileState followed,
    FileState parent,
    Optional<FileState> source,
    List<FileState> tree) {}
