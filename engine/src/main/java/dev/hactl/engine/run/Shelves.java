package dev.hactl.engine.run;

import dev.hactl.engine.model.Home;
import dev.hactl.engine.model.Role;
import dev.hactl.engine.plan.LocalFiles;
import dev.hactl.engine.template.Renderer;
import dev.hactl.engine.template.TemplateFiles;
import dev.hactl.engine.template.function.Lookups;
import dev.hactl.engine.vault.Keyring;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The shelves of one run's playbook: one for each playbook and role that it is made of. */
final class Shelves {
  private final Path main;
  private final Keyring keyring;
  private final Shelf first;
  private final Map<Label, Shelf> others = new ConcurrentHashMap<>();

  /** A playbook's folder, and a role's. */
  private record Label(Path folder, Optional<Path> role) {}

  /** Shelves of the playbook in a folder, what is encrypted there opened with a keyring. */
  Shelves(Path folder, Keyring keyring) {
    this.main = folder;
    this.keyring = keyring;
    var templates = TemplateFiles.beside(folder, keyring);
    this.first =
        new Shelf(
            new Renderer(templates, Lookups.beside(folder, keyring)),
            LocalFiles.beside(folder, keyring),
            templates);
  }

  /** That of the playbook that is run. */
  Shelf first() {
    return first;
  }

  /** That of a task. */
  Shelf of(Home home) {
    if (home.role().isEmpty() && home.folder().equals(main)) {
      return first;
    }
    var label = new Label(home.folder(), home.role().map(Role::folder));
    Shelf known = others.get(label);
    return known != null ? known : others.computeIfAbsent(label, this::make);
  }

  private Shelf make(Label label) {
    boolean same = label.folder().equals(main);
    TemplateFiles templates =
        same ? first.templates() : TemplateFiles.beside(label.folder(), keyring);
    LocalFiles files = same ? first.files() : LocalFiles.beside(label.folder(), keyring);
    if (label.role().isPresent()) {
      templates = templates.after(label.role().get());
      files = files.after(label.role().get());
    }
    return new Shelf(first.renderer().with(templates), files, templates);
  }
}
