package dev.hactl.modules.storage;

import dev.hactl.engine.module.Probe;
import dev.hactl.engine.module.Sh;
import dev.hactl.modules.look.Look;
import dev.hactl.modules.text.Lines;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiPredicate;

/**
 * A kernel module and the files that load it at boot.
 *
 * @param loaded what the kernel tells of it; empty when it is not loaded
 * @param builtIn whether it is part of the kernel itself
 * @param modules whether this kernel can load modules
 * @param tool whether there is a modprobe
 * @param files the files of modules-load.d and modprobe.d that are not empty
 */
record ModuleState(
    Optional<Loaded> loaded,
    boolean builtIn,
    boolean modules,
    boolean tool,
    SequencedMap<String, Lines> files) {

  /**
   * A loaded module.
   *
   * @param references how often it is in use
   * @param users modules that use it
   */
  record Loaded(int references, List<String> users) {}

  private static final String LISTS = "/etc/modules-load.d/";
  private static final String OPTIONS = "/etc/modprobe.d/";

  private static final String FILES =
      "grep -asH '' /etc/modules /etc/modules-load.d/*.conf /etc/modprobe.d/*.conf || :";

  /** Looks at all of it. */
  static Probe<ModuleState> probe(ModuleWish wish) {
    String pattern = "/" + wish.name().replaceAll("[-_]", "[-_]") + "\\.ko";
    String directory = Sh.quote("/sys/module/" + ModuleWish.plain(wish.name()));
    return Look.at("modules", "[ ! -e /proc/modules ] || { echo modules; cat /proc/modules; }")
        .and("files", FILES)
        .and(
            "about",
            "[ ! -d "
                + directory
                + " ] || echo there\n"
                + "! command -v modprobe > /dev/null || echo tool\n"
                + "read -r v < /proc/sys/kernel/osrelease\n"
                + "! grep -qs -e "
                + Sh.quote(pattern)
                + " \"/lib/modules/$v/modules.builtin\" || echo builtin\n")
        .probe(s -> read(wish, s));
  }

  private static ModuleState read(ModuleWish wish, Look.Seen seen) {
    Optional<Loaded> loaded =
        seen.text("modules")
            .lines()
            .map(l -> List.of(l.split(" ", -1)))
            .filter(w -> w.size() > 3 && w.getFirst().equals(ModuleWish.plain(wish.name())))
            .map(w -> new Loaded(Integer.parseInt(w.get(2)), users(w.get(3))))
            .findFirst();
    var about = seen.words("about").keySet();
    return new ModuleState(
        loaded,
        about.contains("builtin") || (about.contains("there") && loaded.isEmpty()),
        seen.text("modules").startsWith("modules\n"),
        about.contains("tool"),
        files(seen.raw("files")));
  }

  private static List<String> users(String column) {
    return List.of(column.split(",", -1)).stream()
        .filter(u -> !u.isEmpty() && !u.equals("-"))
        .toList();
  }

  private static SequencedMap<String, Lines> files(String text) {
    var files = new TreeMap<String, List<String>>();
    text.lines()
        .forEach(line -> {
          int colon = line.indexOf(':');
          if (line.startsWith("/etc/") && colon > 0) {
            files
                .computeIfAbsent(line.substring(0, colon), p -> new ArrayList<>())
                .add(line.substring(colon + 1));
          }
        });
    var all = new TreeMap<String, Lines>();
    files.forEach((path, lines) -> all.put(path, new Lines(lines)));
    return all;
  }

  /** Whether it is there, one way or the other. */
  boolean present() {
    return loaded.isPresent() || builtIn;
  }

  /** Whether a line loads the module at boot. */
  static boolean loads(String name, String path, String line) {
    boolean list = path.startsWith(LISTS) || path.equals("/etc/modules");
    String word = line.strip().split("\\s+", 2)[0];
    return list && ModuleWish.plain(word).equals(ModuleWish.plain(name));
  }

  /** Whether a line gives it parameters. */
  static boolean configures(String name, String path, String line) {
    String[] words = line.strip().split("\\s+", 3);
    return path.startsWith(OPTIONS)
        && words.length > 1
        && words[0].equals("options")
        && ModuleWish.plain(words[1]).equals(ModuleWish.plain(name));
  }

  /** Whether it is loaded at boot. */
  boolean listed(String name) {
    return any((path, line) -> loads(name, path, line));
  }

  /** Whether it gets exactly these parameters at boot. */
  boolean configured(String name, List<String> parameters) {
    var given = new ArrayList<String>();
    files.forEach((path, lines) ->
        lines.lines().stream()
            .filter(l -> configures(name, path, l))
            .map(l -> List.of(l.strip().split("\\s+", -1)))
            .forEach(w -> given.addAll(w.subList(2, w.size()))));
    return new TreeSet<>(given).equals(new TreeSet<>(parameters));
  }

  /** Whether a line speaks of the module at all. */
  boolean mentioned(String name) {
    return any((path, line) -> loads(name, path, line) || configures(name, path, line));
  }

  private boolean any(BiPredicate<String, String> test) {
    return files.entrySet().stream()
        .anyMatch(e -> e.getValue().lines().stream().anyMatch(l -> test.test(e.getKey(), l)));
  }
}
