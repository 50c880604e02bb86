package dev.hactl.engine.run;

import dev.hactl.engine.inventory.Inventory;
import dev.hactl.engine.inventory.InventoryReader;
import dev.hactl.engine.model.Playbook;
import dev.hactl.engine.model.PlaybookReader;
import dev.hactl.engine.module.Forms;
import dev.hactl.engine.module.Modules;
import dev.hactl.engine.plan.LocalFiles;
import dev.hactl.engine.source.Problems;
import dev.hactl.engine.template.Renderer;
import dev.hactl.engine.template.TemplateFiles;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;

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
   * @param forms of these modules
   * @param renderer renders its texts
   * @param files finds files on the controller
   * @param templates finds templates on the controller
   */
  public record Book(
      Playbook playbook,
      Modules modules,
      Forms forms,
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
    var ofInventory = new Problems();
    var books = new ArrayList<Book>();
    var inventory = new AtomicReference<Inventory>();
    List<Path> folders = playbooks.stream().map(Playbook::folder).toList();
    // Side by side: reading takes as long as the files are long, and most machines have two
    // processors.
    Parallel.each(
        List.<Runnable>of(
            () -> playbooks.forEach(p -> books.add(book(p, modulesOf, problems))),
            () -> inventory.set(InventoryReader.read(inventories, folders, ofInventory))),
        2,
        Runnable::run);
    Inventory found = Objects.requireNonNull(inventory.get());
    problems.addAll(ofInventory.all());
    var project = new Project(List.copyOf(books), found, !ofInventory.hasErrors(), problems);
    new StaticCheck(project, problems).run();
    return project;
  }

  private static Book book(Path path, ModulesOf modulesOf, Problems problems) {
    Modules modules = modulesOf.playbook(path, problems);
    Playbook playbook =
        PlaybookReader.read(path, path.toString(), new TreeSet<>(modules.callable()), problems);
    var templates = TemplateFiles.beside(playbook.folder());
    return new Book(
        playbook,
        modules,
        new Forms(),
        new Renderer(templates),
        LocalFiles.beside(playbook.folder()),
        templates);
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
