package dev.hactl.modules.packages;

import dev.hactl.modules.text.Lines;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/**
 * One section of an ini file as yum reads it: {@code key = value}, further lines of a value are
 * indented, comments begin with {@code #} or {@code ;}. Everything outside the section, and
 * comments within, keep their bytes.
 */
final class IniSection {
  private final List<String> lines;
  private final int start;
  private final int end;

  private IniSection(List<String> lines, int start, int end) {
    this.lines = lines;
    this.start = start;
    this.end = end;
  }

  /** Finds a section; {@link #exists} tells whether it is there. */
  static IniSection of(Lines file, String name) {
    List<String> lines = file.lines();
    int start = -1;
    for (int i = 0; i < lines.size(); i++) {
      boolean header = lines.get(i).startsWith("[");
      if (header && start >= 0) {
        return new IniSection(lines, start, i);
      }
      if (header && lines.get(i).strip().equals("[" + Lines.line(name) + "]")) {
        start = i;
      }
    }
    return new IniSection(lines, start, start < 0 ? -1 : lines.size());
  }

  boolean exists() {
    return start >= 0;
  }

  /** Whether the file has other sections. */
  boolean hasNeighbours() {
    return lines.stream().filter(l -> l.startsWith("[")).count() > (exists() ? 1 : 0);
  }

  /** Keys and values; the lines of a value are joined by a line feed. */
  Map<String, String> values() {
    var values = new LinkedHashMap<String, String>();
    String key = "";
    for (int i = start + 1; i < end; i++) {
      String line = lines.get(i);
      if (continues(line)) {
        if (!key.isEmpty()) {
          String more = Lines.show(line.strip());
          values.merge(key, more, (a, b) -> a.isEmpty() ? b : a + "\n" + b);
        }
      } else if (comment(line)) {
        key = "";
      } else {
        key = key(line);
        if (!key.isEmpty()) {
          values.put(key, Lines.show(line.substring(separator(line) + 1).strip()));
        }
      }
    }
    return values;
  }

  /** The file with the section holding exactly these values; a new section comes last. */
  Lines with(String name, SequencedMap<String, String> wanted) {
    var result = new ArrayList<String>();
    Map<String, String> present = exists() ? values() : Map.of();
    if (!exists()) {
      result.addAll(lines);
      if (!result.isEmpty() && !result.getLast().isBlank()) {
        result.add("");
      }
      result.add("[" + Lines.line(name) + "]");
      wanted.forEach((k, v) -> result.addAll(entry(k, v)));
      return new Lines(result);
    }
    result.addAll(lines.subList(0, start + 1));
    int lastSetting = result.size();
    boolean keep = true;
    for (int i = start + 1; i < end; i++) {
      String line = lines.get(i);
      if (!continues(line)) {
        String key = comment(line) ? "" : key(line);
        keep =
            key.isEmpty() || (wanted.containsKey(key) && wanted.get(key).equals(present.get(key)));
        if (!keep && wanted.containsKey(key) && !has(result, key)) {
          result.addAll(entry(key, wanted.get(key)));
          lastSetting = result.size();
        }
      }
      if (keep) {
        result.add(line);
        lastSetting = line.isBlank() ? lastSetting : result.size();
      }
    }
    var missing = new ArrayList<String>();
    wanted.forEach((k, v) -> {
      if (!present.containsKey(k)) {
        missing.addAll(entry(k, v));
      }
    });
    result.addAll(lastSetting, missing);
    result.addAll(lines.subList(end, lines.size()));
    return new Lines(result);
  }

  /** The file without the section. */
  Lines without() {
    if (!exists()) {
      return new Lines(lines);
    }
    var result = new ArrayList<>(lines.subList(0, start));
    result.addAll(lines.subList(end, lines.size()));
    return new Lines(result);
  }

  private static boolean has(List<String> lines, String key) {
    for (int i = lines.size() - 1; i >= 0 && !lines.get(i).startsWith("["); i--) {
      if (!continues(lines.get(i)) && !comment(lines.get(i)) && key(lines.get(i)).equals(key)) {
        return true;
      }
    }
    return false;
  }

  private static List<String> entry(String key, String value) {
    String[] parts = Lines.line(value).split("\n", -1);
    var lines = new ArrayList<String>();
    lines.add(key + " = " + parts[0]);
    for (int i = 1; i < parts.length; i++) {
      lines.add("    " + parts[i]);
    }
    return lines;
  }

  private static boolean continues(String line) {
    return !line.isBlank() && Character.isWhitespace(line.charAt(0));
  }

  private static boolean comment(String line) {
    return line.isBlank() || line.startsWith("#") || line.startsWith(";");
  }

  private static int separator(String line) {
    int equals = line.indexOf('=');
    int colon = line.indexOf(':');
    return equals < 0 || (colon >= 0 && colon < equals) ? colon : equals;
  }

  private static String key(String line) {
    int at = separator(line);
    return at <= 0 ? "" : line.substring(0, at).strip();
  }
}
