package dev.hactl.engine.model;

import dev.hactl.engine.source.Node;
import dev.hactl.engine.source.Problems;
import dev.hactl.engine.source.YamlReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads the files that a playbook is made of, each once however often it is imported. */
final class Documents {
  private static final List<String> ENDINGS = List.of(".yml", ".yaml", "");

  private final Path folder;
  private final Path shown;
  private final Problems problems;
  private final ReadAhead ahead;
  private final Map<Path, Optional<Node>> read = new HashMap<>();
  private final Map<Path, Optional<Node>> opened = new HashMap<>();

  /**
   * A reader.
   *
   * @param playbook the file that is run
   * @param shown how the user named it
   */
  Documents(Path playbook, String shown, Problems problems) {
    this.folder = Playbook.folder(playbook);
    this.shown = Path.of(shown);
    this.problems = problems;
    this.ahead = new ReadAhead(this::shown, problems);
  }

  /** Begins to read files of tasks that will be asked for. */
  void begin(List<Path> files) {
    List<Path> unread = files.stream().filter(f -> !read.containsKey(f)).toList();
    if (!unread.isEmpty()) {
      ahead.begin(unread);
    }
  }

  /** A file as messages name it: from where the user stands. */
  String shown(Path file) {
    return shown.resolveSibling(folder.relativize(file.toAbsolutePath())).normalize().toString();
  }

  /** The root of a file; empty when it is empty or wrong. */
  Optional<Node> read(Path file) {
    Optional<Node> known = read.get(file);
    if (known == null) {
      known = ahead.root(file).filter(n -> !empty(n));
      read.put(file, known);
    }
    return known;
  }

  private static boolean empty(Node root) {
    return root instanceof Node.Scalar s && s.kind() == Node.Kind.NULL;
  }

  /** The mapping that a file is, which may be encrypted; empty when it is empty or wrong. */
  Optional<Node.Mapping> mapping(Path file, String what) {
    Optional<Node> known = opened.get(file);
    if (known == null) {
      known = YamlReader.readVariables(file, shown(file), problems).filter(n -> !empty(n));
      opened.put(file, known);
    }
    return known.flatMap(root -> {
      if (root instanceof Node.Mapping m) {
        return Optional.of(m);
      }
      problems.error(root.place(), what + " is a mapping, this is a " + root.describe());
      return Optional.empty();
    });
  }

  /** The list of tasks that a file is; empty when it is empty or wrong. */
  Optional<Node.Sequence> tasks(Path file) {
    return read(file)
        .flatMap(root -> {
          if (root instanceof Node.Sequence s) {
            return Optional.of(s);
          }
          problems.error(
              root.place(),
              "a file of tasks is a list, this is a " + root.describe(),
              root instanceof Node.Mapping m && m.get("tasks").isPresent()
                  ? "write the tasks alone, without 'tasks:'"
                  : "begin each task with '- '");
          return Optional.empty();
        });
  }

  /** The file of a role's folder with or without its ending, as in {@code tasks/main.yml}. */
  static Optional<Path> named(Path folder, String name) {
    return ENDINGS.stream()
        .map(e -> folder.resolve(name + e))
        .filter(Files::isRegularFile)
        .findFirst();
  }

  /** The same where a folder of files may stand for one file: all of them, by name. */
  static List<Path> allNamed(Path folder, String name) {
    Path inside = folder.resolve(name);
    return Files.isDirectory(inside) ? yaml(inside) : named(folder, name).stream().toList();
  }

  /** The YAML files of a folder and of those in it, by name. */
  static List<Path> yaml(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(Files::isRegularFile)
          .filter(f -> f.toString().endsWith(".yml") || f.toString().endsWith(".yaml"))
          .sorted()
          .toList();
    } catch (IOException e) {
      return List.of();
    }
  }

  /** The names in some folders, for "did you mean". */
  static List<String> names(List<Path> folders) {
    var names = new ArrayList<String>();
    for (Path folder : folders) {
      if (Files.isDirectory(folder)) {
        try (Stream<Path> files = Files.list(folder)) {
          files.map(f -> f.getFileName().toString()).sorted().forEach(names::add);
        } catch (IOException e) {
          // Nothing is known of what is in it.
        }
      }
    }
    return names;
  }
}
