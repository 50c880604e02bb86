package dev.hactl.engine.inventory;

import dev.hactl.engine.source.Near;
import dev.hactl.engine.source.Node;
import dev.hactl.engine.source.Place;
import dev.hactl.engine.source.Problem;
import dev.hactl.engine.source.Problems;
import dev.hactl.engine.source.YamlReader;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/**
 * Reads {@code group_vars/} and {@code host_vars/}: {@code NAME.yml}, {@code NAME.yaml}, {@code
 * NAME.json} or {@code NAME}, or a folder {@code NAME/} whose files are read by name, folders
 * inside it too. What has another ending, begins with a dot or ends with {@code ~} is not looked
 * at.
 */
final class VarsFolders {
  private static final List<String> ENDINGS = List.of(".yml", ".yaml", ".json");
  private static final int MAX_DEPTH = 20;

  private final Drafts drafts;
  private final Problems problems;
  private final Path here = Path.of("").toAbsolutePath();

  VarsFolders(Drafts drafts, Problems problems) {
    this.drafts = drafts;
    this.problems = problems;
  }

  /** Reads what stands in the two folders inside of this one. */
  void in(Path folder) {
    Map<String, List<Path>> groupFiles = entries(folder.resolve("group_vars"));
    Map<String, List<Path>> hostFiles = entries(folder.resolve("host_vars"));
    if (!groupFiles.isEmpty()) {
      groupFiles.forEach((name, own) -> strayGroup(name, own.getFirst(), groupFiles.keySet()));
      read(groupFiles, drafts.groupNames(), "group", drafts::groupFile);
    }
    if (!hostFiles.isEmpty()) {
      hostFiles.forEach((name, own) -> strayHost(name, own.getFirst()));
      read(hostFiles, drafts.hostNames(), "host", drafts::hostFile);
    }
  }

  /** Variables of this machine for plays that name it where no inventory does. */
  List<Group.VarsSource> ofLocalhost(Collection<Path> folders) {
    var found = new ArrayList<Group.VarsSource>();
    for (Path folder : folders) {
      Map<String, List<Path>> files = entries(folder.resolve("host_vars"));
      read(
          files,
          Set.of(Inventory.LOCALHOST),
          "host",
          (name, m) -> found.add(new Group.VarsSource("host_vars", m, false)));
    }
    return found;
  }

  /** What a folder holds, by the name of the group or host that it is for. */
  private static Map<String, List<Path>> entries(Path folder) {
    String[] names = folder.toFile().list();
    if (names == null || names.length == 0) {
      return Map.of();
    }
    Arrays.sort(names);
    var byName = new TreeMap<String, List<Path>>();
    for (String name : names) {
      if (!name.startsWith(".") && !name.endsWith("~")) {
        byName.computeIfAbsent(base(name), n -> new ArrayList<>()).add(folder.resolve(name));
      }
    }
    return byName;
  }

  private static String base(String file) {
    for (String ending : ENDINGS) {
      if (file.endsWith(ending) && file.length() > ending.length()) {
        return file.substring(0, file.length() - ending.length());
      }
    }
    return file;
  }

  private void read(
      Map<String, List<Path>> files,
      Set<String> names,
      String kind,
      BiConsumer<String, Node.Mapping> into) {
    for (String name : names) {
      List<Path> own = files.getOrDefault(name, List.of());
      if (own.size() > 1) {
        problems.error(
            Place.of(shown(own.get(1))),
            "the variables of the "
                + kind
                + " '"
                + name
                + "' stand in "
                + shown(own.get(0))
                + " too",
            "keep one of them, or make both files of the folder " + name + "/");
      }
      own.forEach(f -> file(f, name, 0, into));
    }
  }

  private void file(Path path, String name, int depth, BiConsumer<String, Node.Mapping> into) {
    File file = path.toFile();
    if (!file.isDirectory()) {
      YamlReader.readVariablesIfPossible(path, shown(path), problems)
          .flatMap(n -> Variables.mapping(n, problems))
          .ifPresent(m -> into.accept(name, m));
      return;
    }
    String[] inside = file.list();
    if (inside == null || depth > MAX_DEPTH) {
      problems.error(
          Place.of(shown(path)),
          inside == null
              ? "the folder cannot be read"
              : "folders stand inside each other too deeply");
      return;
    }
    Arrays.sort(inside);
    for (String entry : inside) {
      boolean known =
          !entry.startsWith(".") && (!entry.contains(".") || !base(entry).equals(entry));
      Path found = path.resolve(entry);
      if (known && !entry.endsWith("~") && (!entry.contains(".") || Files.isRegularFile(found))) {
        file(found, name, depth + 1, into);
      }
    }
  }

  private void strayGroup(String name, Path file, Set<String> others) {
    if (drafts.groupNames().contains(name)) {
      return;
    }
    if (drafts.hostNames().contains(name)) {
      stray(file, "'" + name + "' is a host, not a group", "move it to host_vars/");
      return;
    }
    Near.name(name, drafts.groupNames())
        .filter(near -> !others.contains(near))
        .ifPresent(near ->
            stray(file, "no group is named '" + name + "'", "did you mean '" + near + "'?"));
  }

  private void strayHost(String name, Path file) {
    if (!drafts.hostNames().contains(name) && drafts.groupNames().contains(name)) {
      stray(file, "'" + name + "' is a group, not a host", "move it to group_vars/");
    }
  }

  private void stray(Path file, String why, String advice) {
    problems.add(
        Problem.warning(
            "vars-file-unread", Place.of(shown(file)), "nobody reads this: " + why, advice));
  }

  private String shown(Path file) {
    return file.startsWith(here) ? here.relativize(file).toString() : file.toString();
  }
}
