package dev.hactl.modules.files;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One line that a file has or has not.
 *
 * @param present whether it is wanted
 * @param line the line; empty only when lines are removed by what they look like
 * @param regexp what the lines it stands for look like
 * @param search text that the lines it stands for contain
 * @param backrefs whether the line holds references to groups of {@code regexp}; nothing is added
 *     then when nothing matches
 * @param firstMatch take the first matching line instead of the last
 * @param insertion where it goes when no line matches
 */
record LineEdit(
    boolean present,
    Optional<String> line,
    Optional<Pattern> regexp,
    Optional<String> search,
    boolean backrefs,
    boolean firstMatch,
    Insertion insertion) {

  TextFile apply(TextFile file) {
    if (!present) {
      return remove(file);
    }
    TextFile once = keep(file);
    if (!backrefs) {
      return once;
    }
    // A line that its own expression no longer finds would leave the next match to the next run.
    TextFile all = once;
    for (int round = 0; round < file.lines().size(); round++) {
      TextFile more = keep(all);
      if (more.equals(all)) {
        return all;
      }
      all = more;
    }
    return once;
  }

  private TextFile remove(TextFile file) {
    List<String> lines = file.mutable();
    lines.removeIf(l -> matches(file, TextFile.bare(l)));
    return lines.size() == file.lines().size() ? file : file.with(lines);
  }

  private TextFile keep(TextFile file) {
    String wanted = file.own(line.orElseThrow());
    List<String> lines = file.mutable();
    // An expression that does not find the line it makes must not make it again in every run.
    if (!backrefs
        && !matches(file, wanted)
        && lines.stream().map(TextFile::bare).anyMatch(wanted::equals)) {
      return file;
    }
    int at = matching(file, lines);
    if (at >= 0) {
      String old = lines.get(at);
      String line = backrefs ? expanded(wanted, TextFile.bare(old)) : wanted;
      if (line.equals(TextFile.bare(old))) {
        return file;
      }
      lines.set(at, old.endsWith("\r") ? line + "\r" : line);
      // Replacing the last line does not say anything about its end.
      return new TextFile(lines, file.endOpen(), file.charset());
    }
    if (backrefs) {
      return file;
    }
    boolean windows = !lines.isEmpty() && lines.stream().allMatch(l -> l.endsWith("\r"));
    lines.add(insertion.index(lines, firstMatch), windows ? wanted + "\r" : wanted);
    return file.with(lines);
  }

  private String expanded(String wanted, String old) {
    Matcher match = regexp.orElseThrow().matcher(old);
    return match.find() ? Regex.expand(wanted, match) : wanted;
  }

  private int matching(TextFile file, List<String> lines) {
    int found = -1;
    for (int i = 0; i < lines.size(); i++) {
      if (matches(file, TextFile.bare(lines.get(i)))) {
        found = i;
        if (firstMatch) {
          break;
        }
      }
    }
    return found;
  }

  private boolean matches(TextFile file, String candidate) {
    if (regexp.isPresent()) {
      return regexp.get().matcher(candidate).find();
    }
    if (search.isPresent()) {
      return candidate.contains(file.own(search.get()));
    }
    return candidate.equals(file.own(line.orElseThrow()));
  }
}
