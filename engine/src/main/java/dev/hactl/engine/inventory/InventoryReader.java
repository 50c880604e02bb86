package dev.hactl.engine.inventory;

import dev.hactl.engine.source.Node;
import dev.hactl.engine.source.Place;
import dev.hactl.engine.source.Problems;
import dev.hactl.engine.source.SourceException;
import dev.hactl.engine.source.YamlReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads inventories: files in Ansible's YAML or INI form, programs that print one as JSON, folders
 * of all these, and {@code group_vars/} and {@code host_vars/} beside them.
 */
public final class InventoryReader {
  /** How long one call of a program may take where nobody says. */
  public static final Duration LIMIT = Duration.ofSeconds(60);

  private static final int MAX_DEPTH = 20;

  /** What is no inventory in a folder of inventories, as Ansible has it. */
  private static final List<String> IGNORED =
      List.of(
          "~", ".pyc", ".pyo", ".swp", ".bak", ".rpm", ".md", ".txt", ".rst", ".orig", ".cfg",
          ".retry");

  private static final Set<String> VARS = Set.of("group_vars", "host_vars", "vars_plugins");

  private final Problems problems;
  private final Drafts drafts;
  private final Duration limit;
  private final Set<Path> folders = new LinkedHashSet<>();
  private int found;

  private InventoryReader(Problems problems, Duration limit) {
    this.problems = problems;
    this.drafts = new Drafts(problems);
    this.limit = limit;
  }

  /**
   * Reads inventories; later ones add to earlier ones, and win.
   *
   * @param sources files, folders, programs, or comma lists of host names such as {@code db1,db2}
   *     or {@code db1,}
   * @param beside further folders that may hold {@code group_vars/} and {@code host_vars/} (the
   *     playbook's)
   */
  public static Inventory read(List<String> sources, List<Path> beside, Problems problems) {
    return read(sources, beside, LIMIT, problems);
  }

  /**
   * The same.
   *
   * @param limit how long one call of a program may take
   */
  public static Inventory read(
      List<String> sources, List<Path> beside, Duration limit, Problems problems) {
    var reader = new InventoryReader(problems, limit);
    for (String source : sources) {
      if (source.contains(",")) {
        reader.list(source);
      } else {
        reader.path(Path.of(source), source, 0);
      }
    }
    reader.folders.addAll(beside.stream().map(p -> p.toAbsolutePath().normalize()).toList());
    var vars = new VarsFolders(reader.drafts, problems);
    reader.folders.forEach(vars::in);
    return reader.finish(sources, vars);
  }

  private void list(String names) {
    Place place = Place.of("-i " + names);
    for (String name : names.split(",", -1)) {
      if (!name.isBlank()) {
        found++;
        try {
          HostWord word = HostWord.read(name.strip(), place);
          for (String host : word.names()) {
            drafts.host("all", host, place);
            word.portVariable(place).ifPresent(p -> drafts.hostVars(host, p, false));
          }
        } catch (SourceException e) {
          problems.addAll(e.problems());
        }
      }
    }
  }

  private void path(Path path, String shown, int depth) {
    if (Files.isDirectory(path)) {
      folder(path, shown, depth);
    } else {
      file(path, shown);
      Path folder = path.toAbsolutePath().normalize().getParent();
      if (folder != null) {
        folders.add(folder);
      }
    }
  }

  private void folder(Path path, String shown, int depth) {
    folders.add(path.toAbsolutePath().normalize());
    String[] names = path.toFile().list();
    if (names == null || depth > MAX_DEPTH) {
      problems.error(
          Place.of(shown),
          names == null
              ? "the folder cannot be read"
              : "folders stand inside each other too deeply");
      return;
    }
    Arrays.sort(names);
    int before = found;
    for (String name : names) {
      if (!name.startsWith(".")
          && !VARS.contains(name)
          && IGNORED.stream().noneMatch(name::endsWith)) {
        path(path.resolve(name), Path.of(shown).resolve(name).toString(), depth + 1);
      }
    }
    if (depth == 0 && found == before) {
      problems.error(
          Place.of(shown),
          "the folder holds no inventory",
          "not read are names that begin with a dot or end with " + String.join(" ", IGNORED));
    }
  }

  private void file(Path path, String shown) {
    found++;
    if (Files.isExecutable(path) && isProgram(path)) {
      ProgramInventory.read(new Program(path, shown, limit), drafts, problems);
      return;
    }
    if (hasEnding(path, ".yml", ".yaml", ".json")) {
      int before = problems.all().size();
      yaml(YamlReader.readVariables(path, shown, problems), shown, before);
      return;
    }
    int before = problems.all().size();
    Optional<Node> document =
        OtherText.read(path, shown, hasEnding(path, ".ini", ".cfg"), drafts, problems);
    if (document.isPresent()) {
      yaml(document, shown, before);
    }
  }

  private void yaml(Optional<Node> root, String shown, int problemsBefore) {
    if (root.isPresent()) {
      YamlInventory.read(root.get(), drafts, problems);
    } else if (problems.all().size() == problemsBefore) {
      problems.error(
          Place.of(shown), "the inventory is empty", "write 'all:' with 'hosts:' below it");
    }
  }

  private static boolean hasEnding(Path path, String... endings) {
    String name = path.toString();
    return Arrays.stream(endings).anyMatch(name::endsWith);
  }

  /**
   * Some file systems call every file executable, so its first bytes say whether it is a program.
   */
  private static boolean isProgram(Path path) {
    try (InputStream in = Files.newInputStream(path)) {
      byte[] first = in.readNBytes(4);
      return Arrays.equals(first, new byte[] {0x7f, 'E', 'L', 'F'})
          || (first.length > 1 && first[0] == '#' && first[1] == '!');
    } catch (IOException e) {
      return false; // whoever reads the file tells it
    }
  }

  private Inventory finish(List<String> sources, VarsFolders vars) {
    if (drafts.hostNames().isEmpty() && !problems.hasErrors()) {
      problems.error(
          Place.of(String.join(", ", sources)),
          "the inventory names no host",
          "write 'hosts:' below a group, with a line 'name:' for each");
    }
    var localhost = new ArrayList<Group.VarsSource>();
    if (!drafts.knows(Inventory.LOCALHOST)) {
      localhost.add(Localhost.VARS);
      localhost.addAll(vars.ofLocalhost(folders));
    }
    return drafts.finish(List.copyOf(localhost));
  }
}
