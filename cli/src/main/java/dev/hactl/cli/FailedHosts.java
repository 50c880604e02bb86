package dev.hactl.cli;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.hactl.engine.source.Place;
import dev.hactl.engine.source.Problem;
import dev.hactl.engine.source.SourceException;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The hosts that {@code --limit @failed} means: those that failed or were not reached in the last
 * run of the same playbooks that left a journal. A run that was ended counts as far as it came; a
 * check leaves no journal, nor does a run that found nothing to do.
 *
 * @param run the run
 * @param hosts by name, at least one
 */
record FailedHosts(String run, Set<String> hosts) {
  static final String WORD = "@failed";
  private static final Pattern IN_PATTERN =
      Pattern.compile("(?<=^|[,:])(\\s*[!&]?\\s*)@failed(?=\\s*(?:$|[,:]))");
  private static final Pattern SPECIAL = Pattern.compile("[^\\w-]");

  /**
   * Looks for them.
   *
   * @throws SourceException when there was no such run, or nothing failed in it
   */
  static FailedHosts last(List<Path> playbooks, Map<String, String> environment) {
    List<String> names =
        playbooks.stream().map(p -> p.toAbsolutePath().normalize().toString()).toList();
    String shown = playbooks.stream().map(Path::toString).collect(Collectors.joining(" "));
    for (Path journal : journals(Journal.folder(environment))) {
      try {
        if (isOf(journal, names)) {
          String run = journal.getFileName().toString().replaceFirst("\\.jsonl$", "");
          Set<String> failed = failed(journal);
          if (failed.isEmpty()) {
            throw wrong("no host failed in the last run of " + shown + " (" + run + ")");
          }
          return new FailedHosts(run, failed);
        }
      } catch (IOException unreadable) {
        // A journal that was cut off, or is another user's, tells nothing.
      }
    }
    throw wrong("no run of " + shown + " has left a journal");
  }

  private static SourceException wrong(String message) {
    return new SourceException(
        Problem.error(
            Place.of("--limit"), WORD + ": " + message, "name the hosts, or leave --limit out"));
  }

  private static List<Path> journals(Path folder) {
    String[] names = folder.toFile().list((dir, name) -> name.endsWith(".jsonl"));
    if (names == null) {
      return List.of();
    }
    Arrays.sort(names, Comparator.reverseOrder()); // their names begin with the time
    var journals = new ArrayList<Path>();
    for (String name : names) {
      journals.add(folder.resolve(name));
    }
    return journals;
  }

  private static boolean isOf(Path journal, List<String> playbooks) throws IOException {
    try (BufferedReader lines = Files.newBufferedReader(journal)) {
      String first = lines.readLine();
      return first != null && playbooks.equals(JSON.std.mapFrom(first).get("playbooks"));
    }
  }

  private static Set<String> failed(Path journal) throws IOException {
    var failed = new TreeSet<String>();
    try (BufferedReader lines = Files.newBufferedReader(journal)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith("{\"event\":\"recap\"")) {
          return ofRecap(JSON.std.mapFrom(line));
        }
        if (line.contains("\"failed\"") || line.contains("\"unreachable\"")) {
          ofTask(JSON.std.mapFrom(line), failed);
        }
      }
    }
    return failed;
  }

  private static void ofTask(Map<String, Object> event, Set<String> into) {
    Object outcome = event.get("outcome");
    boolean counts =
        "unreachable".equals(outcome)
            || ("failed".equals(outcome) && !Boolean.TRUE.equals(event.get("ignored")));
    if (counts) {
      into.add(String.valueOf(event.get("host")));
    }
  }

  private static Set<String> ofRecap(Map<String, Object> recap) {
    var failed = new TreeSet<String>();
    if (recap.get("hosts") instanceof Map<?, ?> hosts) {
      hosts.forEach((host, counts) -> {
        if (counts instanceof Map<?, ?> c && (some(c, "failed") || some(c, "unreachable"))) {
          failed.add(String.valueOf(host));
        }
      });
    }
    return failed;
  }

  private static boolean some(Map<?, ?> counts, String kind) {
    return counts.get(kind) instanceof Number number && number.intValue() > 0;
  }

  /** A pattern with these hosts in the place of the word. */
  String into(String pattern) {
    return IN_PATTERN.matcher(pattern).replaceAll(m -> Matcher.quoteReplacement(words(m.group(1))));
  }

  /** Several words take hosts away as one does, but only one word can keep several. */
  private String words(String prefix) {
    return prefix.strip().equals("&")
        ? "&~^("
            + hosts.stream()
                .map(h -> SPECIAL.matcher(h).replaceAll("\\\\$0"))
                .collect(Collectors.joining("|"))
            + ")$"
        : hosts.stream().map(h -> prefix + h).collect(Collectors.joining(","));
  }
}
