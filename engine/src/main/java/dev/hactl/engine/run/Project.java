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
 * @param inventoryRead whether the inventory was understood; if not, nothing can be said about
 *     hosts
 * @param problems what was found so far, warnings among them
 */
public record Project(
    List<Book> books, Inventory inventory, boolean inventoryRead, Problems problems) {

  /**
   * A playbook with the modules it may call, what renders its texts and what finds its files.
   *
   * @param playbook the plays
   * @param modules those built in and those in a folder beside the playbook
   * @param renderer renders its texts
   * @param files finds files on the controller
   * @param templates finds templates on the controller
   */
  public record Book(
      Playbook playbook,
      Modules modules,
      Renderer renderer,
      LocalFiles files,
      TemplateFiles templates) {}

  /** Finds the modules a playbook may call. */
  public interface ModulesOf {
    /**
     * The modules of a playbook.
     *
     * @param playbook the file as the user named it
     * @param problems gets what is wrong with modules beside it
     */
    Modules playbook(Path playbook, Problems problems);
  }

  /**
   * Reads and checks playbooks and inventories; what is wrong is in {@link #problems}.
   *
   * @param playbooks files
   * @param inventories files or comma lists of hosts
   */
  public static Project read(List<Path> playbooks, List<String> inventories, ModulesOf modulesOf) {
    var problems = new Problems();
    var books = new ArrayList<Book>();
    var folders = new ArrayList<Path>();
    for (Path path : playbooks) {
      Modules modules = modulesOf.playbook(path, problems);
      Playbook playbook =
          PlaybookReader.read(path, path.toString(), new TreeSet<>(modules.callable()), problems);
      var templates = TemplateFiles.beside(playbook.folder());
      books.add(
          new Book(
              playbook,
              modules,
              new Renderer(templates),
              LocalFiles.beside(playbook.folder()),
              templates));
      folders.add(playbook.folder());
    }
    var ofInventory = new Problems();
    Inventory inventory = InventoryReader.read(inventories, folders, ofInventory);
    problems.addAll(ofInventory.all());
    var project = new Project(List.copyOf(books), inventory, !ofInventory.hasErrors(), problems);
    new StaticCheck(project, problems).run();
    return project;
  }

  /**
   * Reads and checks playbooks and inventories.
   *
   * @throws dev.hactl.engine.source.SourceException with every problem found
   */
  public static Project load(List<Path> playbooks, List<String> inventories, ModulesOf modulesOf) {
    Project project = read(playbooks, inventories, modulesOf);
    project.problems().throwIfErrors();
    return project;
  }
}
