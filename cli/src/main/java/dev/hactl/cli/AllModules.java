package dev.hactl.cli;

import dev.hactl.engine.module.IndexedModules;
import dev.hactl.engine.module.Modules;
import dev.hactl.engine.source.Problems;
import dev.hactl.modules.user.UserModules;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/** The modules a playbook may call: those built in, and those in a folder beside it. */
final class AllModules {
  private AllModules() {}

  static Modules builtIn() {
    return IndexedModules.of(Objects.requireNonNull(AllModules.class.getClassLoader()));
  }

  /** Those a playbook may call: {@code modules/} beside it first. */
  static Modules beside(Path playbook, Problems problems) {
    Path folder = playbook.resolveSibling("modules");
    return Files.isDirectory(folder)
        ? UserModules.read(folder, folder.toString(), builtIn(), problems)
        : builtIn();
  }

  /**
   * The modules of a folder, which need not exist, before those that are built in.
   *
   * @throws dev.hactl.engine.source.SourceException with everything wrong in its files
   */
  static Modules with(Path folder) {
    var problems = new Problems();
    Modules modules = UserModules.read(folder, folder.toString(), builtIn(), problems);
    problems.throwIfErrors();
    return modules;
  }
}
