package dev.hactl.modules.packages;

import dev.hactl.engine.module.Answer;
import dev.hactl.engine.module.UnreadableAnswer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a host answered to a {@link Query}.
 *
 * @param tool the tool that serves the task; empty when the host has none
 * @param packages entries of the database that concern the task, and all unfinished ones
 * @param byName for rpm: the entries that each asked name or path stands for
 * @param journal whether dpkg was cut short before it could note how far it came
 * @param note a transaction of hactl that has not ended
 * @param lists how old the package lists are
 * @param archives local archives by path
 * @param lookups answers of the slower questions, by command
 */
record Observed(
    Optional<Tool> tool,
    List<Installed> packages,
    Map<String, List<Installed>> byName,
    boolean journal,
    Optional<Note> note,
    Lists lists,
    Map<String, Archive> archives,
    Map<String, String> lookups) {

  /**
   * The age of the package lists.
   *
   * @param seconds since they were fetched; empty when they never were, or when nobody asked
   * @param outdated whether a source was edited since
   */
  record Lists(Optional<Long> seconds, boolean outdated) {
    boolean younger(long valid) {
      return !outdated && seconds.filter(s -> s <= valid).isPresent();
    }

    String describe() {
      return seconds.isEmpty()
          ? "never fetched"
          : outdated ? "older than the sources" : Text.age(seconds.get()) + " old";
    }
  }

  /** Reads the answer to a query. */
  static Observed of(Query query, Answer answer) {
    if (answer.isMissing()) {
      throw new UnreadableAnswer("the package database gave no answer");
    }
    Sections sections = Sections.of(answer);
    Optional<Tool> tool = tool(query.choice(), sections.get("tools"));
    var lookups = new LinkedHashMap<String, String>();
    query
        .lookups()
        .forEach(l -> lookups.put(l.command(), sections.get("lookup " + l.command()).strip()));
    var archives = new LinkedHashMap<String, Archive>();
    query.archives().forEach(a -> archives.put(a, Archive.of(a, sections.get("archive " + a))));
    boolean dpkg = tool.filter(Tool::dpkg).isPresent();
    Map<String, List<Installed>> byName = dpkg ? Map.of() : rpm(sections.get("rpm"));
    List<Installed> packages =
        dpkg
            ? Installed.dpkg(sections.get("dpkg"))
            : byName.values().stream().flatMap(List::stream).distinct().toList();
    if (dpkg && packages.isEmpty()) {
      throw new UnreadableAnswer("dpkg-query printed no package, not even dpkg itself");
    }
    return new Observed(
        tool,
        Stream.concat(packages.stream(), own(query, sections, dpkg)).distinct().toList(),
        byName,
        sections.get("journal").contains("journal"),
        note(sections.get("note")),
        lists(tool.map(t -> sections.get("cache " + t.command())).orElse("")),
        archives,
        lookups);
  }

  /** The entries of packages that archives hold. */
  private static Stream<Installed> own(Query query, Sections sections, boolean dpkg) {
    return query.archives().stream()
        .flatMap(a -> sections.get("own " + a).lines())
        .filter(line -> line.indexOf('|') >= 0)
        .flatMap(line ->
            dpkg ? Installed.dpkg(line).stream() : Stream.of(Installed.rpm(line, List.of())));
  }

  private static Optional<Tool> tool(Choice choice, String text) {
    for (String word : text.strip().split("\\s+", -1)) {
      if (word.startsWith(choice + "=")) {
        return Tool.named(word.substring(word.indexOf('=') + 1));
      }
    }
    return Optional.empty();
  }

  private static Optional<Note> note(String text) {
    List<String> lines = text.strip().lines().filter(l -> !l.isEmpty()).toList();
    return lines.isEmpty()
        ? Optional.empty()
        : Optional.of(new Note(lines.getFirst().equals("running"), lines.subList(1, lines.size())));
  }

  private static Lists lists(String text) {
    boolean outdated = text.contains("stale");
    for (String line : text.strip().split("\n", -1)) {
      String[] f = line.split(" ", -1);
      if (f.length == 2) {
        long seconds = Long.parseLong(f[0]) - Long.parseLong(f[1]);
        return new Lists(Optional.of(Math.max(0, seconds)), outdated);
      }
    }
    return new Lists(Optional.empty(), outdated);
  }

  /** Reads what {@link PackageCollector} made of rpm's lines: a name, then its entries. */
  private static Map<String, List<Installed>> rpm(String text) {
    var byName = new LinkedHashMap<String, List<Installed>>();
    String name = "";
    for (String line : text.split("\n", -1)) {
      if (line.startsWith(PackageCollector.RPM_NAME)) {
        name = line.substring(PackageCollector.RPM_NAME.length());
        byName.put(name, new ArrayList<>());
      } else if (line.indexOf('|') > 0) {
        byName.getOrDefault(name, new ArrayList<>()).add(Installed.rpm(line, List.of()));
      }
    }
    return byName;
  }
}
