package dev.hactl.engine.run;

import dev.hactl.engine.inventory.Inventory;
import dev.hactl.engine.inventory.InventoryReader;
import dev.hactl.engine.model.Playbook;
import dev.hactl.engine.model.PlaybookReader;
import dev.hactl.engine.module.Modules;
import dev.hactl.engine.plan.LocalFiles;
import dev.hactl.engine.source.Problems;
import dev.hactl.engine.template.Renderer;
import dev.hactl.engine.template.TemplateFiles;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * Everything that is read before the first connection.
 *
 * @param books the playbooks in order
 * @param inventory the hosts
 * @param modules the modules playbooks may call
 * @param warnings what was found that stops nothing
 */
public record Project(List<Book> books, Inventory inventory, Modules modules, Problems warnings) {

  /** A playbook with what renders its texts and finds its files. */
  public record Book(
      Playbook playbook, Renderer renderer, LocalFiles files, TemplateFiles templates) {}

  /**
   * Reads and checks playbooks and inventories.
   *
   * @param playbooks files
   * @param inventories files or comma lists of hosts
   * @throws dev.hactl.engine.source.SourceException with every problem found
   */
  public static Project load(List<Path> playbooks, List<String> inventories, Modules modules) {
    var problems = new Problems();
    var names = new TreeSet<>(modules.names());
    var books = new ArrayList<Book>();
    var folders = new ArrayList<Path>();
    for (Path path : playbooks) {
      Playbook playbook = PlaybookReader.read(path, path.toString(), names, problems);
      var templates = TemplateFiles.beside(playbook.folder());
      books.add(
          new Book(
              playbook, new Renderer(templates), LocalFiles.beside(playbook.folder()), templates));
      folders.add(playbook.folder());
    }
    Inventory inventory = InventoryReader.read(inventories, folders, problems);
    var project = new Project(List.copyOf(books), inventory, modules, problems);
    if (!problems.hasErrors()) {
      new StaticCheck(project, problems).run();
    }
    problems.throwIfErrors();
    return project;
  }
}
