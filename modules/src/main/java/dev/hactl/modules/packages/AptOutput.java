package dev.hactl.modules.packages;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads what apt-get and apt-cache print in the C locale. */
final class AptOutput {
  private static final Pattern MOVE =
      Pattern.compile("(Inst|Remv|Purg) (\\S+)(?: \\[([^]]*)])?(?: \\((\\S+) .*)?.*");
  private static final Pattern UNKNOWN =
      Pattern.compile(
          "E: (?:Unable to locate package (\\S+)"
              + "|Version '[^']*' for '([^']*)' was not found"
              + "|Package '([^']*)' has no installation candidate"
              + "|Couldn't find any package by .* '([^']*)')");

  private AptOutput() {}

  /** Reads {@code apt-get -s}. */
  static Simulation simulation(String text) {
    var moves = new LinkedHashMap<String, Move>();
    var unknown = new ArrayList<String>();
    var errors = new ArrayList<String>();
    var uncertain = new ArrayList<String>();
    var downgraded = new HashSet<>(block(text, "The following packages will be DOWNGRADED:"));
    String virtual = "";
    for (String line : text.split("\n", -1)) {
      Matcher m = MOVE.matcher(line);
      Matcher u = UNKNOWN.matcher(line);
      if (m.matches()) {
        Move move = move(m, downgraded);
        moves.put(move.name(), move);
      } else if (line.contains("is a virtual package provided by:")) {
        virtual = line.strip();
      } else if (u.lookingAt() && virtual.isEmpty()) {
        unknown.add(first(u));
      } else if (line.startsWith("E: ")) {
        errors.add(line.substring(3));
        if (line.contains("dpkg was interrupted") || line.contains("Unmet dependencies")) {
          uncertain.add(line.substring(3));
        }
      }
    }
    if (!virtual.isEmpty() && !errors.isEmpty()) {
      errors.addFirst(virtual + " " + String.join(", ", providers(text)) + "; name one of them");
    }
    if (errors.stream().anyMatch(e -> e.contains("Held packages were changed"))) {
      errors.clear();
    }
    List<String> unmet = block(text, "The following packages have unmet dependencies:");
    if (!errors.isEmpty() && !unmet.isEmpty()) {
      errors.add(String.join(" ", unmet));
    }
    return new Simulation(
        List.copyOf(moves.values()),
        unknown,
        block(text, "The following held packages will be changed:"),
        errors,
        uncertain);
  }

  /** Reads {@code apt-cache policy}: the version that would be installed, by name. */
  static Map<String, String> candidates(String text) {
    var candidates = new LinkedHashMap<String, String>();
    String name = "";
    for (String line : text.split("\n", -1)) {
      if (!line.startsWith(" ") && line.endsWith(":")) {
        name = line.substring(0, line.length() - 1);
      } else if (line.startsWith("  Candidate: ") && !line.endsWith("(none)")) {
        candidates.put(name, line.substring("  Candidate: ".length()).strip());
      }
    }
    return candidates;
  }

  private static Move move(Matcher m, Set<String> downgraded) {
    String full = m.group(2);
    String name = full.indexOf(':') < 0 ? full : full.substring(0, full.indexOf(':'));
    String before = m.group(3) == null ? "" : m.group(3);
    String after = m.group(4) == null ? "" : m.group(4);
    Move.Kind kind =
        switch (m.group(1)) {
          case "Remv" -> Move.Kind.REMOVE;
          case "Purg" -> Move.Kind.PURGE;
          default ->
              before.isEmpty()
                  ? Move.Kind.INSTALL
                  : downgraded.contains(full)
                      ? Move.Kind.DOWNGRADE
                      : before.equals(after) ? Move.Kind.REINSTALL : Move.Kind.UPGRADE;
        };
    return new Move(kind, name, before, kind.removes() ? "" : after);
  }

  // The indented words below a headline.
  private static List<String> block(String text, String headline) {
    var words = new ArrayList<String>();
    int at = text.indexOf(headline);
    if (at < 0) {
      return words;
    }
    for (String line : text.substring(at + headline.length()).stripTrailing().split("\n", -1)) {
      if (line.isEmpty() && words.isEmpty()) {
        continue;
      }
      if (!line.startsWith(" ")) {
        break;
      }
      words.addAll(List.of(line.strip().split("\\s+", -1)));
    }
    return words;
  }

  private static List<String> providers(String text) {
    var names = new ArrayList<String>();
    int at = text.indexOf("is a virtual package provided by:");
    for (String line : text.substring(at).split("\n", -1)) {
      if (line.startsWith("  ")) {
        names.add(line.strip().split(" ", -1)[0]);
      }
    }
    return names;
  }

  private static String first(Matcher m) {
    for (int i = 1; i <= m.groupCount(); i++) {
      if (m.group(i) != null) {
        return m.group(i);
      }
    }
    return "";
  }
}
