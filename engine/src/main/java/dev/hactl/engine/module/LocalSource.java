package dev.hactl.engine.module;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/** A file or a folder of the controller. */
public sealed interface LocalSource {

  /** A file. */
  record OneFile(Content content) implements LocalSource {}

  /**
   * What a file is besides its bytes.
   *
   * @param program whether it may be executed
   * @param modified when it was written
   */
  record Attributes(boolean program, Instant modified) {}

  /**
   * A folder with everything in it.
   *
   * @param name its own name; empty when the author ended it with a slash and means what is in it
   * @param folders the folders in it, each before those inside it, without a slash at the beginning
   * @param files the files in it by the same kind of path
   * @param attributes of each file
   */
  record Folder(
      String name,
      List<String> folders,
      SequencedMap<String, Content> files,
      Map<String, Attributes> attributes)
      implements LocalSource {
    /** Copies the collections. */
    public Folder {
      folders = List.copyOf(folders);
      files = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(files));
      attributes = Map.copyOf(attributes);
    }
  }
}
