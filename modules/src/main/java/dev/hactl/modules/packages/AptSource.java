package dev.hactl.modules.packages;

import dev.hactl.engine.module.BadValue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;

/**
 * One source in the one-line form of sources.list(5).
 *
 * @param type {@code deb} or {@code deb-src}
 * @param options what stands in brackets, sorted
 * @param uri where
 * @param suite the suite, or a path that ends in a slash
 * @param components none for a path
 */
record AptSource(
    String type, List<String> options, String uri, String suite, List<String> components) {

  /** Reads a task's text; throws {@link BadValue} when it is no source. */
  static AptSource of(String text) {
    String line = text.strip();
    if (line.startsWith("ppa:")) {
      throw new BadValue(
          "'" + line + "' needs a look-up at Launchpad",
          "write the deb line of the archive, and put its key in place with a copy task");
    }
    if (line.indexOf('\n') >= 0 || line.startsWith("Types:")) {
      throw new BadValue(
          "the deb822 form is understood where it stands on a host, but not here",
          "write one line: deb [options] URI suite component...");
    }
    return parse(line)
        .orElseThrow(() ->
            new BadValue(
                "'" + line + "' is not a package source",
                "write: deb [options] URI suite component... (sources.list(5))"));
  }

  /** Reads a line of a file; empty for comments and anything that is no source. */
  static Optional<AptSource> parse(String line) {
    String text = line.strip();
    var options = new TreeSet<String>();
    int open = text.indexOf('[');
    if (open > 0 && text.substring(0, open).strip().matches("deb(-src)?")) {
      int close = text.indexOf(']', open);
      if (close < 0) {
        return Optional.empty();
      }
      options.addAll(words(text.substring(open + 1, close)));
      text = text.substring(0, open) + " " + text.substring(close + 1);
    }
    int comment = text.indexOf('#');
    List<String> words = words(comment < 0 ? text : text.substring(0, comment));
    if (words.size() < 3
        || !words.getFirst().matches("deb(-src)?")
        || words.get(1).indexOf(':') < 0) {
      return Optional.empty();
    }
    boolean flat = words.get(2).endsWith("/");
    if (flat == (words.size() > 3)) {
      return Optional.empty();
    }
    return Optional.of(
        new AptSource(
            words.getFirst(),
            List.copyOf(options),
            words.get(1),
            words.get(2),
            List.copyOf(words.subList(3, words.size()))));
  }

  /** The line as it is written. */
  String line() {
    var words = new ArrayList<String>();
    words.add(type);
    if (!options.isEmpty()) {
      words.add("[" + String.join(" ", options) + "]");
    }
    words.add(uri);
    words.add(suite);
    words.addAll(components);
    return String.join(" ", words);
  }

  /** Whether apt asks no key for it. */
  boolean trusted() {
    return options.contains("trusted=yes") || options.contains("allow-insecure=yes");
  }

  /** A file name made of the URI. */
  String fileName() {
    String place = uri.replaceFirst("^[a-z0-9+]+:/*", "").replaceFirst("^[^/@]*@", "");
    String name = place.replaceAll("[^A-Za-z0-9]+", "_").replaceAll("^_+|_+$", "");
    return name.isEmpty() ? "hactl" : name;
  }

  /**
   * How the files that apt fetches from it begin in /var/lib/apt/lists: the URI without scheme and
   * account, awkward characters in hexadecimal, slashes as underscores.
   */
  String listPrefix() {
    String base = uri.replaceFirst("^[a-z0-9+]+:(//)?", "").replaceFirst("^[^/@]*@", "");
    String place = base + (base.endsWith("/") ? "" : "/");
    place += components.isEmpty() ? suite : "dists/" + suite + "/";
    var name = new StringBuilder();
    for (int i = 0; i < place.length(); i++) {
      char c = place.charAt(i);
      if (c == '/') {
        name.append('_');
      } else if ("\\|{}[]<>\"^~_=!@#$%^&*".indexOf(c) >= 0 || c <= ' ' || c > '~') {
        name.append('%').append(String.format("%02x", (int) c));
      } else {
        name.append(c);
      }
    }
    return name.toString();
  }

  /** Whether a stanza of the deb822 form says the same or more. */
  boolean coveredBy(List<String> stanza) {
    return has(stanza, "types", type)
        && (has(stanza, "uris", uri) || has(stanza, "uris", uri.replaceFirst("/$", "")))
        && has(stanza, "suites", suite)
        && components.stream().allMatch(c -> has(stanza, "components", c))
        && !has(stanza, "enabled", "no");
  }

  private static boolean has(List<String> stanza, String field, String word) {
    boolean within = false;
    for (String line : stanza) {
      if (!line.startsWith(" ") && !line.startsWith("\t")) {
        within = line.toLowerCase(Locale.ROOT).startsWith(field + ":");
      }
      String value = within ? line.substring(line.indexOf(':') < 0 ? 0 : value(line)) : "";
      if (words(value).stream().anyMatch(w -> w.equals(word) || w.equals(word + "/"))) {
        return true;
      }
    }
    return false;
  }

  private static int value(String line) {
    return line.startsWith(" ") || line.startsWith("\t") ? 0 : line.indexOf(':') + 1;
  }

  private static List<String> words(String text) {
    return Arrays.stream(text.strip().split("\\s+", -1)).filter(w -> !w.isEmpty()).toList();
  }
}
