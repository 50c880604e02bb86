package dev.hactl.modules.docker;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The file .dockerignore: what does not go into an image. A pattern means what it matches and all
 * that is inside; one with an exclamation mark takes back; the last that matches counts.
 */
final class IgnoreFile {
  static final String NAME = ".dockerignore";

  private final List<Rule> rules = new ArrayList<>();

  /** A line of it. */
  private record Rule(Pattern pattern, boolean back) {}

  private IgnoreFile() {}

  static IgnoreFile parse(String text) {
    var file = new IgnoreFile();
    for (String raw : text.lines().toList()) {
      String line = raw.strip();
      if (line.isEmpty() || line.startsWith("#")) {
        continue;
      }
      boolean back = line.startsWith("!");
      String glob = clean(back ? line.substring(1).strip() : line);
      if (!glob.isEmpty()) {
        file.rules.add(new Rule(Pattern.compile(regex(glob) + "(/.*)?", Pattern.DOTALL), back));
      }
    }
    return file;
  }

  private static String clean(String glob) {
    var parts = new ArrayList<String>();
    for (String part : glob.split("/", -1)) {
      if (part.equals("..") && !parts.isEmpty()) {
        parts.removeLast();
      } else if (!part.isEmpty() && !part.equals(".") && !part.equals("..")) {
        parts.add(part);
      }
    }
    return String.join("/", parts);
  }

  private static String regex(String glob) {
    var regex = new StringBuilder();
    for (int i = 0; i < glob.length(); i++) {
      char c = glob.charAt(i);
      switch (c) {
        case '*' -> {
          if (!glob.startsWith("**", i)) {
            regex.append("[^/]*");
          } else if (glob.startsWith("**/", i)) {
            regex.append("(.*/)?");
            i += 2;
          } else {
            regex.append(".*");
            i++;
          }
        }
        case '?' -> regex.append("[^/]");
        case '[' -> {
          int end = glob.indexOf(']', i + 2);
          if (end < 0) {
            regex.append("\\[");
          } else {
            String inside = glob.substring(i + 1, end).replace("\\", "\\\\").replace("[", "\\[");
            regex.append('[').append(inside).append(']');
            i = end;
          }
        }
        case '\\' -> {
          i = Math.min(i + 1, glob.length() - 1);
          regex.append(Pattern.quote(glob.substring(i, i + 1)));
        }
        default -> regex.append(Pattern.quote(String.valueOf(c)));
      }
    }
    return regex.toString();
  }

  /** Whether a file or folder stays out. */
  boolean ignores(String path) {
    boolean ignored = false;
    for (Rule rule : rules) {
      if (ignored == rule.back() && rule.pattern().matcher(path).matches()) {
        ignored = !rule.back();
      }
    }
    return ignored;
  }
}
