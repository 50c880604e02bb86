package dev.hactl.cli;

import dev.hactl.cli.output.Terminal;
import dev.hactl.engine.module.Modules;
import dev.hactl.engine.source.Problem;
import dev.hactl.engine.source.Problems;
import dev.hactl.modules.user.UserModules;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Which modules a command is about: those built in, and those in a folder that the command line
 * names or that is called {@code modules} where the command is given.
 *
 * @param modules all of them
 * @param folder where the user's own are read from
 * @param problems what is wrong with files of a folder that nobody named
 */
record ModulesForm(Modules modules, Optional<Path> folder, List<Problem> problems) {
  private static final String FOLDER = "--module-path";
  private static final String PLAYBOOK = "--playbook";

  static Form add(Form form) {
    return form.value("FOLDER", "Also the modules in this folder.", "-M", FOLDER)
        .value("PLAYBOOK", "Also the modules beside this playbook.", "-p", PLAYBOOK);
  }

  /**
   * Reads them.
   *
   * @throws dev.hactl.engine.source.SourceException with everything wrong in a folder that the
   *     command line names
   */
  static ModulesForm read(Form.Filled filled) {
    Optional<Path> named = named(filled);
    Path folder = named.orElse(Path.of("modules"));
    if (!Files.isDirectory(folder)) {
      return new ModulesForm(AllModules.builtIn(), Optional.empty(), List.of());
    }
    var problems = new Problems();
    Modules modules = UserModules.read(folder, folder.toString(), AllModules.builtIn(), problems);
    if (named.isPresent()) {
      problems.throwIfErrors();
    }
    return new ModulesForm(modules, Optional.of(folder), problems.all());
  }

  private static Optional<Path> named(Form.Filled filled) {
    Optional<Path> folder = filled.path(FOLDER);
    Optional<Path> playbook = filled.path(PLAYBOOK);
    if (folder.isPresent() && playbook.isPresent()) {
      throw filled.refused(FOLDER + " and " + PLAYBOOK + " both say where modules are; name one");
    }
    folder
        .filter(f -> !Files.isDirectory(f))
        .ifPresent(f -> {
          throw filled.refused("there is no folder '" + f + "'");
        });
    playbook
        .filter(p -> !Files.isRegularFile(p))
        .ifPresent(p -> {
          throw filled.refused("there is no playbook '" + p + "'");
        });
    return folder.or(() -> playbook.map(p -> p.resolveSibling("modules")));
  }

  /** The file of a user's own module, if it is one. */
  Optional<Path> file(String name) {
    return folder.flatMap(f ->
        List.of(".yml", ".yaml").stream()
            .map(suffix -> f.resolve(name + suffix))
            .filter(Files::isRegularFile)
            .findFirst());
  }

  /** Tells what is wrong with files that nobody named, which is no reason to do nothing. */
  void complain(Terminal terminal) {
    problems.forEach(problem -> terminal.complain(problem.render()));
  }
}
