package dev.hactl.modules.user;

import dev.hactl.engine.module.Module;
import dev.hactl.engine.module.Modules;
import dev.hactl.engine.module.TargetKind;
import dev.hactl.engine.source.Place;
import dev.hactl.engine.source.Problem;
import dev.hactl.engine.source.Problems;
import dev.hactl.engine.source.YamlReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The modules of a directory of YAML files, one a file, and of jars with modules in Java, before
 * those that are built in. How to write one is told in {@code docs/writing-modules.md}.
 */
public final class UserModules implements Modules {
  private static final Pattern FILE = Pattern.compile("(.*)\\.ya?ml");
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]*");

  private final Map<String, Module<?>> own;
  private final Set<String> broken;
  private final Modules builtIn;

  private UserModules(Map<String, Module<?>> own, Set<String> broken, Modules builtIn) {
    this.own = own;
    this.broken = broken;
    this.builtIn = builtIn;
  }

  /**
   * Reads {@code modules/} beside a playbook.
   *
   * @param directory where the files are; there need not be one
   * @param shown how messages call the directory
   * @param builtIn the modules that no file is found for
   * @param problems gets everything that is wrong with the files; such a module has a name, so that
   *     a playbook which calls it is not blamed, but is not found
   */
  public static Modules read(Path directory, String shown, Modules builtIn, Problems problems) {
    var own = new TreeMap<String, Module<?>>();
    var broken = new TreeSet<String>();
    List<Path> files = files(directory, shown, problems);
    for (Path file : files) {
      var name = FILE.matcher(file.getFileName().toString());
      if (name.matches()) {
        String path = shown + "/" + file.getFileName();
        Optional<Module<?>> module = read(name.group(1), file, path, builtIn, problems);
        if (module.isEmpty()) {
          broken.add(name.group(1));
        } else if (own.putIfAbsent(name.group(1), module.get()) != null) {
          problems.error(Place.of(path), "the module '" + name.group(1) + "' has two files");
        }
      }
    }
    for (Path file : files) {
      if (file.getFileName().toString().endsWith(".jar")) {
        String path = shown + "/" + file.getFileName();
        new JarModules(file, path, problems).read(builtIn, own, broken);
      }
    }
    return own.isEmpty() && broken.isEmpty() ? builtIn : new UserModules(own, broken, builtIn);
  }

  private static List<Path> files(Path directory, String shown, Problems problems) {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(directory)) {
      return files.sorted().toList();
    } catch (IOException e) {
      problems.error(Place.of(shown), "the directory cannot be read: " + e.getMessage());
      return List.of();
    }
  }

  private static Optional<Module<?>> read(
      String name, Path file, String shown, Modules builtIn, Problems problems) {
    if (!NAME.matcher(name).matches()) {
      problems.error(
          Place.of(shown),
          "'" + name + "' cannot be the name of a module",
          "names begin with a letter and hold small letters, digits and underscores");
      return Optional.empty();
    }
    if (builtIn.find(name).isPresent()) {
      problems.add(
          Problem.warning(
              "module-replaced",
              Place.of(shown),
              "this module takes the place of the built-in module '" + name + "'",
              "give it another name unless that is meant"));
    }
    return YamlReader.read(file, shown, problems)
        .flatMap(root -> DefinitionReader.read(name, root, problems))
        .map(UserModule::new);
  }

  /** Those of files, by name. */
  Collection<Module<?>> own() {
    return own.values();
  }

  @Override
  public Optional<Module<?>> find(String name) {
    return broken.contains(name)
        ? Optional.empty()
        : Optional.<Module<?>>ofNullable(own.get(name)).or(() -> builtIn.find(name));
  }

  @Override
  public Collection<String> names() {
    return withOwn(builtIn.names());
  }

  @Override
  public Optional<TargetKind<?>> target(String name) {
    return builtIn.target(name);
  }

  @Override
  public Collection<String> targets() {
    return builtIn.targets();
  }

  @Override
  public Collection<String> callable() {
    return withOwn(builtIn.callable());
  }

  private Collection<String> withOwn(Collection<String> names) {
    var all = new TreeSet<>(names);
    all.addAll(own.keySet());
    all.addAll(broken);
    return all;
  }
}
