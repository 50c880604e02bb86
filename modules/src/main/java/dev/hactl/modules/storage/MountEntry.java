package dev.hactl.modules.storage;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A mount, as the kernel tells of it: proc(5), /proc/pid/mountinfo.
 *
 * @param device major and minor number, such as {@code 7:0}
 * @param root which directory of the file system is mounted
 * @param point where
 * @param flags options of this mount
 * @param type of the file system
 * @param source what the kernel calls its source
 * @param options options of the file system itself
 */
record MountEntry(
    String device,
    String root,
    String point,
    List<String> flags,
    String type,
    String source,
    List<String> options) {

  /** Reads the table; a later mount hides an earlier one at the same place. */
  static List<MountEntry> parse(String table) {
    var all = new ArrayList<MountEntry>();
    for (String line : table.lines().toList()) {
      List<String> words = List.of(line.split(" ", -1));
      int dash = words.indexOf("-");
      if (dash >= 6 && words.size() >= dash + 3) {
        all.add(
            new MountEntry(
                words.get(2),
                unescaped(words.get(3)),
                unescaped(words.get(4)),
                List.of(words.get(5).split(",", -1)),
                words.get(dash + 1),
                unescaped(words.get(dash + 2)),
                words.size() > dash + 3 ? List.of(words.get(dash + 3).split(",", -1)) : List.of()));
      }
    }
    return List.copyOf(all);
  }

  /** The mount that is visible at a path. */
  static Optional<MountEntry> at(List<MountEntry> all, String path) {
    return all.reversed().stream().filter(m -> m.point().equals(path)).findFirst();
  }

  /** The mount that a path lies on. */
  static Optional<MountEntry> holding(List<MountEntry> all, String path) {
    return all.reversed().stream()
        .filter(m -> inside(path, m.point()))
        .max(Comparator.comparingInt(m -> m.point().length()));
  }

  /** Whether a path is a directory or inside it. */
  static boolean inside(String path, String directory) {
    return path.equals(directory)
        || path.startsWith(directory.endsWith("/") ? directory : directory + "/");
  }

  /** The tables of mounts write blanks and their like as a backslash and three octal digits. */
  static String unescaped(String text) {
    if (text.indexOf('\\') < 0) {
      return text;
    }
    var bytes = new ByteArrayOutputStream();
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) == '\\' && text.substring(i + 1).matches("(?s)[0-3][0-7]{2}.*")) {
        bytes.write(Integer.parseInt(text.substring(i + 1, i + 4), 8));
        i += 3;
      } else {
        bytes.writeBytes(text.substring(i, i + 1).getBytes(StandardCharsets.UTF_8));
      }
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  /** The opposite of {@link #unescaped}. */
  static String escaped(String text) {
    var out = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case ' ' -> out.append("\\040");
        case '\t' -> out.append("\\011");
        case '\n' -> out.append("\\012");
        case '\\' -> out.append("\\134");
        default -> out.append(c);
      }
    }
    return out.toString();
  }
}
