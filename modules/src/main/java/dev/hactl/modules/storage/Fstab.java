package dev.hactl.modules.storage;

import dev.hactl.modules.text.Lines;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * fstab(5): one file system a line; whatever is not ours keeps its bytes.
 *
 * @param lines the file
 */
record Fstab(Lines lines) {

  /** One line that means something. */
  record Entry(String src, String path, String type, String options, String dump, String pass) {

    static Optional<Entry> of(String line) {
      String text = line.strip();
      if (text.isEmpty() || text.startsWith("#")) {
        return Optional.empty();
      }
      List<String> words = new ArrayList<>(List.of(text.split("[ \\t]+", -1)));
      if (words.size() < 3) {
        return Optional.empty();
      }
      if (words.size() == 3) {
        words.add("defaults");
      }
      while (words.size() < 6) {
        words.add("0");
      }
      return Optional.of(
          new Entry(
              unescaped(words.get(0)),
              unescaped(words.get(1)),
              words.get(2),
              unescaped(words.get(3)),
              words.get(4),
              words.get(5)));
    }

    private static String unescaped(String text) {
      return Lines.show(MountEntry.unescaped(text));
    }

    /** The line to write. */
    String line() {
      return Lines.line(
          String.join(
              " ",
              MountEntry.escaped(src),
              MountEntry.escaped(path),
              type,
              MountEntry.escaped(options),
              dump,
              pass));
    }

    /** Whether it is about the same mount point, or the same swap area. */
    boolean about(Entry other) {
      return other.type.equals("swap")
          ? type.equals("swap") && src.equals(other.src)
          : path.equals(other.path) && !type.equals("swap");
    }
  }

  /** The lines about the same thing. */
  List<Entry> about(Entry entry) {
    return lines.lines().stream()
        .flatMap(l -> Entry.of(l).stream())
        .filter(e -> e.about(entry))
        .toList();
  }

  /** The file with this entry in the place of the line about the same thing, or at the end. */
  Fstab with(Entry entry) {
    return new Fstab(
        lines.edit(all -> {
          for (int i = 0; i < all.size(); i++) {
            Optional<Entry> old = Entry.of(all.get(i)).filter(e -> e.about(entry));
            if (old.isPresent()) {
              if (!old.get().equals(entry)) {
                all.set(i, entry.line());
              }
              return all;
            }
          }
          all.add(entry.line());
          return all;
        }));
  }

  /** The file without the lines about the same thing. */
  Fstab without(Entry entry) {
    Predicate<String> ours = l -> Entry.of(l).filter(e -> e.about(entry)).isPresent();
    return new Fstab(
        lines.edit(all -> {
          all.removeIf(ours);
          return all;
        }));
  }
}
