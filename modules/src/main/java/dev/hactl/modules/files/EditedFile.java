package dev.hactl.modules.files;

import java.util.List;

/**
 * A file of which a module keeps some lines.
 *
 * @param file with its content
 * @param parent its directory
 */
record EditedFile(FileState file, FileState parent) {
  static EditedFile of(List<FileState> states) {
    return new EditedFile(states.get(0), states.get(1));
  }

  /** What stands in it; nothing when it is absent. */
  TextFile text() {
    return file.content().map(c -> TextFile.of(c.bytes())).orElseGet(TextFile::empty);
  }
}
