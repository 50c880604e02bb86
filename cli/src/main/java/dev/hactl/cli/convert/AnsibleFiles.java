package dev.hactl.cli.convert;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Which files belong to a playbook or role of Ansible, and where they are to stand. */
final class AnsibleFiles {
  private static final List<String> PARTS =
      List.of("tasks", "handlers", "defaults", "vars", "meta", "templates", "files");

  private final Deque<Item> waiting = new ArrayDeque<>();
  private final Set<Path> met = new HashSet<>();
  private final Set<Path> rootsMet = new HashSet<>();

  /** What a file is. */
  enum Kind {
    /** Plays. */
    PLAYBOOK,
    /** Tasks or handlers. */
    TASKS,
    /** Variables. */
    VARS,
    /** What a role says of itself. */
    META,
    /** A template. */
    TEMPLATE,
    /** Anything that is taken as it is. */
    COPY
  }

  /**
   * A file.
   *
   * @param target where it is to stand, from the folder of the first playbook
   * @param root the folder of the playbook it belongs to
   * @param role the folder of the role it stands in
   */
  record Item(Path source, String target, Kind kind, Path root, Optional<Path> role) {}

  Optional<Item> next() {
    return Optional.ofNullable(waiting.poll());
  }

  /** Adds a playbook with what stands beside it. */
  void playbook(Path source, Path root, Kind kind) {
    add(source, root, kind, Optional.empty());
    Path folder = folder(source);
    if (kind == Kind.PLAYBOOK && rootsMet.add(folder)) {
      for (String name : List.of("group_vars", "host_vars")) {
        folder(folder.resolve(name), root, Kind.VARS, Optional.empty());
      }
      folder(folder.resolve("templates"), root, Kind.TEMPLATE, Optional.empty());
      folder(folder.resolve("files"), root, Kind.COPY, Optional.empty());
    }
  }

  static Path folder(Path file) {
    Path parent = file.getParent();
    return parent == null ? Path.of("") : parent;
  }

  private void add(Path source, Path root, Kind kind, Optional<Path> role) {
    Path real = source.toAbsolutePath().normalize();
    if (met.add(real)) {
      waiting.add(new Item(source, target(source, root, role), kind, root, role));
    }
  }

  private static String target(Path source, Path root, Optional<Path> role) {
    Path file = source.toAbsolutePath().normalize();
    if (role.isPresent()) {
      Path folder = role.get().toAbsolutePath().normalize();
      return roleTarget(folder, root) + "/" + folder.relativize(file);
    }
    Path base = root.toAbsolutePath().normalize();
    return file.startsWith(base) ? base.relativize(file).toString() : name(file);
  }

  /** Where the folder of a role is to stand. */
  static String roleTarget(Path role, Path root) {
    Path folder = role.toAbsolutePath().normalize();
    Path base = root.toAbsolutePath().normalize();
    return folder.startsWith(base) && !folder.equals(base)
        ? base.relativize(folder).toString()
        : "roles/" + name(folder);
  }

  static String name(Path path) {
    Path name = path.toAbsolutePath().normalize().getFileName();
    return name == null ? "" : name.toString();
  }

  /** Adds the files of a role. */
  void role(Path folder, Path root) {
    for (String part : PARTS) {
      Kind kind =
          switch (part) {
            case "tasks", "handlers" -> Kind.TASKS;
            case "defaults", "vars" -> Kind.VARS;
            case "meta" -> Kind.META;
            case "templates" -> Kind.TEMPLATE;
            default -> Kind.COPY;
          };
      folder(folder.resolve(part), root, kind, Optional.of(folder));
    }
  }

  private void folder(Path folder, Path root, Kind kind, Optional<Path> role) {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path file : all.filter(Files::isRegularFile).sorted().toList()) {
        String name = name(file);
        boolean yaml = name.endsWith(".yml") || name.endsWith(".yaml");
        boolean taken = kind == Kind.COPY || kind == Kind.TEMPLATE || yaml || kind == Kind.VARS;
        if (taken && !name.startsWith(".") && !name.endsWith("~")) {
          add(file, root, kind == Kind.META && !name.startsWith("main.") ? Kind.COPY : kind, role);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Adds what a file names, where it is found; what is not is told when the result is checked. */
  void named(References names, Item by) {
    Path beside = folder(by.source());
    for (String name : names.playbooks()) {
      found(List.of(beside), name).ifPresent(f -> playbook(f, by.root(), Kind.PLAYBOOK));
    }
    var homes = new ArrayList<Path>(List.of(beside));
    by.role().ifPresent(r -> homes.addAll(List.of(r.resolve("tasks"), r.resolve("vars"), r)));
    homes.addAll(List.of(by.root(), by.root().resolve("tasks"), by.root().resolve("vars")));
    for (String name : names.tasks()) {
      found(homes, name).ifPresent(f -> add(f, by.root(), Kind.TASKS, inside(f, by)));
    }
    for (String name : names.variables()) {
      found(homes, name)
          .ifPresent(f -> {
            if (Files.isDirectory(f)) {
              folder(f, by.root(), Kind.VARS, inside(f, by));
            } else {
              add(f, by.root(), Kind.VARS, inside(f, by));
            }
          });
    }
    for (String name : names.roles()) {
      roleNamed(name, by).ifPresent(r -> role(r, by.root()));
    }
  }

  private static Optional<Path> inside(Path file, Item by) {
    return by.role()
        .filter(r -> file.toAbsolutePath().normalize().startsWith(r.toAbsolutePath().normalize()));
  }

  private static Optional<Path> roleNamed(String name, Item by) {
    var homes = new ArrayList<Path>();
    by.role().ifPresent(r -> homes.add(folder(r.toAbsolutePath())));
    homes.add(by.root().resolve("roles"));
    homes.add(folder(by.root().toAbsolutePath().normalize()).resolve("roles"));
    homes.add(by.root());
    return homes.stream().map(h -> h.resolve(name)).filter(Files::isDirectory).findFirst();
  }

  private static Optional<Path> found(List<Path> homes, String name) {
    return homes.stream().map(h -> h.resolve(name)).filter(Files::exists).findFirst();
  }
}
