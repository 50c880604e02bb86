package dev.hactl.engine.inventory;

import dev.hactl.engine.source.Place;
import dev.hactl.engine.source.Problems;
import dev.hactl.engine.source.SourceFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Finds whom the words of a pattern name; what names nobody is noted. */
final class PatternMatch {
  private static final Pattern SUBSCRIPT =
      Pattern.compile("([^~].*)\\[(?:(-?[0-9]{1,9})|([0-9]{1,9})[:-]([0-9]{0,9}))]");

  private final Inventory inventory;
  private final Place place;
  private final Problems problems;

  /**
   * A match.
   *
   * @param place where the pattern stands
   */
  PatternMatch(Inventory inventory, Place place, Problems problems) {
    this.inventory = inventory;
    this.place = place;
    this.problems = problems;
  }

  /** The names of the hosts that a pattern selects. */
  Set<String> select(String pattern) {
    var chosen = new LinkedHashSet<String>();
    var keep = new ArrayList<Set<String>>();
    var drop = new LinkedHashSet<String>();
    boolean adds = false;
    List<HostPattern.Part> parts = HostPattern.of(pattern, this::known).parts();
    for (HostPattern.Part part : parts) {
      Set<String> named = named(part.word());
      switch (part.kind()) {
        case ADD -> {
          adds = true;
          chosen.addAll(named);
        }
        case KEEP -> keep.add(named);
        case DROP -> drop.addAll(named);
      }
    }
    if (!adds && !parts.isEmpty()) {
      chosen.addAll(inventory.hosts().keySet());
    }
    keep.forEach(chosen::retainAll);
    chosen.removeAll(drop);
    return chosen;
  }

  private boolean known(String name) {
    return inventory.hosts().containsKey(name) || inventory.groups().containsKey(name);
  }

  /** Whom one word names, in the order in which its subscript counts them. */
  private Set<String> named(String word) {
    if (word.equals("all") || word.equals("*")) {
      return new LinkedHashSet<>(inventory.hosts().keySet());
    }
    if (known(word)) {
      return exactly(word);
    }
    if (word.startsWith("@")) {
      return listed(word.substring(1).strip());
    }
    Matcher subscript = SUBSCRIPT.matcher(word);
    if (subscript.matches()) {
      return subscript(word, subscript);
    }
    Set<String> found = Set.of();
    try {
      if (word.startsWith("~")) {
        found = matching(Pattern.compile(word.substring(1)).asPredicate());
      } else if (word.matches(".*[*?\\[].*")) {
        found = matching(glob(word).asMatchPredicate());
      } else if (word.equals(Inventory.LOCALHOST)) {
        found = Set.of(word);
      }
    } catch (PatternSyntaxException e) {
      String kind = word.startsWith("~") ? "regular expression" : "pattern of names";
      problems.error(place, "'" + word + "' is not a " + kind + ": " + e.getDescription());
      return Set.of();
    }
    if (found.isEmpty()) {
      problems.add(inventory.nobody(word, place));
    }
    return found;
  }

  private Set<String> exactly(String word) {
    return inventory.groups().containsKey(word)
        ? new LinkedHashSet<>(inventory.inOrderOf(word))
        : Set.of(word);
  }

  private Set<String> matching(Predicate<String> test) {
    var found = new LinkedHashSet<String>();
    inventory.groups().keySet().stream()
        .filter(test)
        .forEach(g -> found.addAll(inventory.inOrderOf(g)));
    inventory.hosts().keySet().stream().filter(test).forEach(found::add);
    return found;
  }

  /** As a shell's names of files: {@code * ? [abc] [!abc]}. */
  private static Pattern glob(String word) {
    var regex = new StringBuilder();
    for (int i = 0; i < word.length(); i++) {
      char c = word.charAt(i);
      int end = c == '[' ? word.indexOf(']', i + 2) : -1;
      if (c == '*') {
        regex.append(".*");
      } else if (c == '?') {
        regex.append('.');
      } else if (end > 0) {
        String set = word.substring(i + 1, end).replaceAll("[\\\\\\[^&]", "\\\\$0");
        regex.append('[').append(set.startsWith("!") ? "^" + set.substring(1) : set).append(']');
        i = end;
      } else {
        regex.append(Pattern.quote(String.valueOf(c)));
      }
    }
    return Pattern.compile(regex.toString());
  }

  private Set<String> subscript(String word, Matcher m) {
    String base = m.group(1);
    List<String> all = List.copyOf(named(base));
    if (all.isEmpty()) {
      return Set.of(); // said already, or a group without hosts
    }
    int from;
    int to;
    if (m.group(2) != null) {
      int at = Integer.parseInt(m.group(2));
      from = at < 0 ? all.size() + at : at;
      to = from;
    } else {
      from = Integer.parseInt(m.group(3));
      to = m.group(4).isEmpty() ? all.size() - 1 : Integer.parseInt(m.group(4));
    }
    if (from < 0 || from >= all.size() || to < from) {
      problems.error(
          place,
          "'" + word + "' names nobody: '" + base + "' has " + hosts(all.size()),
          "the first is [0], the last [-1]; [0:1] are the first two");
      return Set.of();
    }
    return new LinkedHashSet<>(all.subList(from, Math.min(to + 1, all.size())));
  }

  private static String hosts(int number) {
    return number == 1 ? "1 host" : number + " hosts";
  }

  /** The hosts that the patterns in a file select. */
  private Set<String> listed(String name) {
    Path file;
    try {
      file = place.line() == 0 ? Path.of(name) : Path.of(place.file().name()).resolveSibling(name);
    } catch (InvalidPathException e) {
      problems.error(place, "'@" + name + "' is not the name of a file");
      return Set.of();
    }
    try {
      List<String> lines = Files.readAllLines(file);
      var source = new SourceFile(file.toString(), String.join("\n", lines));
      var words = new ArrayList<String>();
      for (int i = 0; i < lines.size(); i++) {
        String line = lines.get(i).strip();
        if (!line.isEmpty() && !line.startsWith("#")) {
          Place at = source.at(i + 1, 1);
          if (line.contains("@")) {
            problems.error(at, "a file of patterns cannot name another one");
          } else {
            new PatternMatch(inventory, at, problems).select(line);
            words.add(line);
          }
        }
      }
      // Each line was judged at its own place; together they are one pattern.
      return words.isEmpty()
          ? Set.of()
          : new PatternMatch(inventory, place, new Problems()).select(String.join(",", words));
    } catch (NoSuchFileException e) {
      problems.error(place, "there is no file '" + file + "' of patterns");
    } catch (IOException e) {
      problems.error(place, "the file '" + file + "' cannot be read: " + e.getMessage());
    }
    return Set.of();
  }
}
