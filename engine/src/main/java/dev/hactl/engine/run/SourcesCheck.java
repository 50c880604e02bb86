package dev.hactl.engine.run;

import dev.hactl.engine.model.ModuleDefaults;
import dev.hactl.engine.model.Play;
import dev.hactl.engine.model.PlaySources;
import dev.hactl.engine.model.Role;
import dev.hactl.engine.module.Binder;
import dev.hactl.engine.module.Module;
import dev.hactl.engine.source.Near;
import dev.hactl.engine.source.Node;
import dev.hactl.engine.source.Problems;
import dev.hactl.engine.template.Renderer;
import java.util.Optional;

/** Finds what is wrong with the variables and defaults of a play and its roles. */
final class SourcesCheck {
  private final Project.Book book;
  private final PlaySources sources;
  private final Problems problems;

  SourcesCheck(Project.Book book, Play play, Problems problems) {
    this.book = book;
    this.sources = play.sources();
    this.problems = problems;
  }

  void run() {
    sources.vars().forEach(this::texts);
    sources.varsFiles().forEach(this::texts);
    for (Role role : sources.roles()) {
      role.defaults().forEach(this::texts);
      role.vars().forEach(this::texts);
    }
    sources.uses().forEach(u -> u.vars().forEach(this::texts));
    sources.moduleDefaults().forEach(this::defaults);
  }

  private void texts(Node.Mapping vars) {
    book.renderer().check(vars, problems);
  }

  private void defaults(ModuleDefaults defaults) {
    Optional<Module<?>> module = book.modules().find(defaults.module());
    if (module.isPresent()) {
      texts(defaults.args());
      Binder.checkDefaults(
          defaults.module(),
          book.forms().of(module.get()),
          defaults.args(),
          problems,
          Renderer::dynamic);
      return;
    }
    problems.error(
        defaults.name().place(),
        "there is no module '" + defaults.name().text() + "'",
        defaults.name().text().startsWith("group/")
            ? "hactl has no groups of modules: name each module"
            : Near.hint(defaults.module(), book.modules().callable())
                .orElse("'hactl doc' lists the modules"));
  }
}
