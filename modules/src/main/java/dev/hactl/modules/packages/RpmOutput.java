package dev.hactl.modules.packages;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the tables and messages of dnf 4 and yum 3 in the C locale. */
final class RpmOutput {
  private static final Pattern UNKNOWN =
      Pattern.compile("(?:No match for argument: (.+)|No package (\\S+) available\\.?)");

  private RpmOutput() {}

  /**
   * Reads {@code install|upgrade|remove --assumeno}.
   *
   * @param text what the tool printed
   * @param before versions of the packages now, by name
   */
  static Simulation simulation(String text, Map<String, String> before) {
    var moves = new LinkedHashMap<String, Move>();
    var unknown = new ArrayList<String>();
    var errors = new ArrayList<String>();
    var uncertain = new ArrayList<String>();
    Move.Kind kind = null;
    var row = new ArrayList<String>();
    boolean inError = false;
    for (String line : text.split("\n", -1)) {
      Matcher u = UNKNOWN.matcher(line.strip());
      if (u.matches()) {
        unknown.add(u.group(1) == null ? u.group(2) : u.group(1));
      } else if (line.contains("no cache for") || line.contains("Cannot find a valid baseurl")) {
        uncertain.add(line.strip());
      } else if (line.startsWith("Error:")) {
        inError = true;
        String rest = line.substring("Error:".length()).strip();
        if (!rest.isEmpty()) {
          errors.add(rest);
        }
      } else if (inError && line.startsWith(" ")) {
        errors.add(line.strip());
      } else if (line.startsWith("Transaction Summary")) {
        kind = null;
      } else if (!line.isEmpty() && !line.startsWith(" ") && line.strip().endsWith(":")) {
        kind = headline(line.strip().toLowerCase(Locale.ROOT));
        row.clear();
      } else if (kind != null && line.startsWith(" ") && !line.strip().startsWith("replacing ")) {
        row.addAll(List.of(line.strip().split("\\s+", -1)));
        // name, architecture, version, repository, size, unit: a long name stands on its own line.
        if (row.size() >= 5) {
          Move move = move(kind, row, before);
          moves.put(move.name(), move);
          row.clear();
        }
      }
    }
    errors.removeIf(e ->
        (e.startsWith("Unable to find a match") && !unknown.isEmpty())
            || e.startsWith("Nothing to do"));
    return new Simulation(List.copyOf(moves.values()), unknown, List.of(), errors, uncertain);
  }

  /** Reads {@code check-update}: the newer version of each package that has one, by name. */
  static Map<String, Update> updates(String text) {
    var updates = new LinkedHashMap<String, Update>();
    var row = new ArrayList<String>();
    for (String line : text.split("\n", -1)) {
      if (line.startsWith("Obsoleting Packages")) {
        break;
      }
      String[] words = line.strip().split("\\s+", -1);
      if (line.startsWith(" ") ? row.isEmpty() : words.length != 3 && words.length != 1) {
        row.clear();
        continue;
      }
      row.addAll(List.of(words));
      int dot = row.getFirst().lastIndexOf('.');
      if (row.size() == 3 && dot > 0) {
        String name = row.getFirst().substring(0, dot);
        updates.put(name, new Update(row.get(1), row.getFirst().substring(dot + 1)));
      }
      if (row.size() >= 3 || dot <= 0) {
        row.clear();
      }
    }
    return updates;
  }

  /** A newer version. */
  record Update(String version, String architecture) {}

  private static Move.@org.jspecify.annotations.Nullable Kind headline(String line) {
    if (line.startsWith("installing")) {
      return Move.Kind.INSTALL; // also "Installing dependencies:", "Installing for dependencies:"
    }
    if (line.startsWith("upgrading") || line.startsWith("updating")) {
      return Move.Kind.UPGRADE;
    }
    if (line.startsWith("downgrading")) {
      return Move.Kind.DOWNGRADE;
    }
    if (line.startsWith("reinstalling")) {
      return Move.Kind.REINSTALL;
    }
    return line.startsWith("removing") ? Move.Kind.REMOVE : null;
  }

  private static Move move(Move.Kind kind, List<String> row, Map<String, String> before) {
    String name = row.get(0);
    String version = row.get(2).startsWith("0:") ? row.get(2).substring(2) : row.get(2);
    return kind.removes()
        ? new Move(kind, name, version, "")
        : new Move(kind, name, before.getOrDefault(name, ""), version);
  }
}
