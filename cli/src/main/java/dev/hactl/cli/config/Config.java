package dev.hactl.cli.config;

import dev.hactl.engine.source.Place;
import dev.hactl.engine.source.SourceException;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the configuration files say: {@code hactl.yml} in the working folder, or the file that
 * {@code HACTL_CONFIG} names, before the user's own {@code ~/.config/hactl/hactl.yml}. Each setting
 * comes from the first file that has it.
 *
 * @param given by setting
 */
public record Config(Map<Setting, Given> given) {
  /** Nothing said. */
  public static final Config NONE = new Config(Map.of());

  /** The name of the files. */
  public static final String NAME = "hactl.yml";

  /** The variable that names another file than the working folder's. */
  public static final String VARIABLE = "HACTL_CONFIG";

  /**
   * A setting's value.
   *
   * @param values one, or several of a list; names of files as they are found from here
   */
  public record Given(List<String> values, Place place) {}

  /**
   * Reads the files, at the cost of two looks when there are none.
   *
   * @throws SourceException with everything that is wrong in them
   */
  public static Config of(Map<String, String> environment) {
    return of(new File(NAME), environment);
  }

  /**
   * The same for another folder than the working one.
   *
   * @param own the project's file
   */
  static Config of(File own, Map<String, String> environment) {
    String named = environment.getOrDefault(VARIABLE, "");
    var files = new ArrayList<ConfigFile>();
    if (!named.isEmpty()) {
      files.add(new ConfigFile(Path.of(named), named, true));
    } else if (own.isFile()) {
      files.add(new ConfigFile(own.toPath(), own.getPath(), false));
    }
    File users = new File(home(environment), NAME);
    if (users.isFile()) {
      files.add(new ConfigFile(users.toPath(), users.getPath(), false));
    }
    return files.isEmpty() ? NONE : ConfigFile.read(files);
  }

  private static File home(Map<String, String> environment) {
    String folder = environment.getOrDefault("XDG_CONFIG_HOME", "");
    return new File(
        folder.isEmpty() ? System.getProperty("user.home", "/") + "/.config" : folder, "hactl");
  }

  /** What an option is to be where the command line does not say. */
  public Optional<Given> option(String name, String label) {
    if (given.isEmpty()) {
      return Optional.empty();
    }
    return given.entrySet().stream()
        .filter(e -> e.getKey().option().equals(name) && e.getKey().label().equals(label))
        .map(Map.Entry::getValue)
        .findFirst();
  }
}
