package dev.hactl.engine.run;

import dev.hactl.engine.inventory.Inventory;
import dev.hactl.engine.inventory.InventoryReader;
import dev.hactl.engine.model.Playbook;
import dev.hactl.engine.model.PlaybookReader;
import dev.hactl.engine.model.Prompt;
import dev.hactl.engine.model.Task;
import dev.hactl.engine.module.Forms;
import dev.hactl.engine.module.Modules;
import dev.hactl.engine.source.Node;
import dev.hactl.engine.source.Problems;
import dev.hactl.engine.template.Renderer;
import dev.hactl.engine.value.Value;
import dev.hactl.engine.vault.Keyring;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

/**
 * Everything that is read before the first connection.
 *
 * @param books the playbooks in order
 * @param inventory the hosts
 * @param inventoryRead whether the inventory was understood; if not, nothing can be said about
 *     hosts
 * @param problems what was found so far, warnings among them
 * @param answers what the operator said when asked for variables
 */
public record Project(
    List<Book> books,
    Inventory inventory,
    boolean inventoryRead,
    Problems problems,
    Map<Prompt, Value> answers) {

  /**
   * A playbook with the modules it may call, what renders its texts and what finds its files.
   *
   * @param playbook the plays
   * @param modules those built in and those in a folder beside the playbook
   * @param forms of these modules
   * @param shelves where the files that its tasks name are looked for
   */
  public record Book(Playbook playbook, Modules modules, Forms forms, Shelves shelves) {

    /** Renders its texts. */
    Renderer renderer() {
      return shelves.first().renderer();
    }

    /** Where the files that a task names are looked for. */
    Shelf shelf(Task task) {
      return shelves.of(task.home());
    }
  }

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

  /** Plays that stand in no file. */
  public interface Plays {
    /**
     * The list of plays.
     *
     * @param modules those that the plays may call
     * @param problems gets what is wrong with what they are made from
     */
    Node of(Modules modules, Problems problems);
  }

  /** How a playbook is read. */
  private interface Reading {
    Playbook read(Path path, Modules modules, Forms forms, Problems problems);
  }

  /**
   * Reads and checks playbooks and inventories; what is wrong is in {@link #problems}.
   *
   * @param playbooks files
   * @param inventories files or comma lists of hosts; without any, nothing is said about hosts
   */
  public static Project read(List<Path> playbooks, List<String> inventories, ModulesOf modulesOf) {
    return read(playbooks, inventories, modulesOf, Keyring.EMPTY);
  }

  /**
   * The same with encrypted texts among them.
   *
   * @param keyring the passwords that open them; {@link #problems} hands it on
   */
  public static Project read(
      List<Path> playbooks, List<String> inventories, ModulesOf modulesOf, Keyring keyring) {
    return read(playbooks, inventories, InventoryReader.LIMIT, modulesOf, keyring);
  }

  /**
   * The same.
   *
   * @param limit how long one call of an inventory program may take
   */
  public static Project read(
      List<Path> playbooks,
      List<String> inventories,
      Duration limit,
      ModulesOf modulesOf,
      Keyring keyring) {
    return read(playbooks, Project::file, inventories, limit, modulesOf, keyring);
  }

  private static Playbook file(Path path, Modules modules, Forms forms, Problems problems) {
    return PlaybookReader.read(path, path.toString(), new NamesOfModules(modules, forms), problems);
  }

  /**
   * The same for plays that stand in no file.
   *
   * @param path what they are called, in the folder where the files that they name are looked for
   */
  public static Project adHoc(
      Path path,
      Plays plays,
      List<String> inventories,
      Duration limit,
      ModulesOf modulesOf,
      Keyring keyring) {
    return read(
        List.of(path),
        (p, modules, forms, problems) ->
            PlaybookReader.of(
                plays.of(modules, problems), p, new NamesOfModules(modules, forms), problems),
        inventories,
        limit,
        modulesOf,
        keyring);
  }

  private static Project read(
      List<Path> playbooks,
      Reading reading,
      List<String> inventories,
      Duration limit,
      ModulesOf modulesOf,
      Keyring keyring) {
    var problems = new Problems(keyring);
    var first = new Problems(keyring);
    var books = new ArrayList<Book>();
    var inventory = new AtomicReference<Inventory>();
    List<Path> folders = playbooks.stream().map(Playbook::folder).toList();
    // Side by side: reading takes as long as the files are long, and most machines have two
    // processors.
    Parallel.each(
        List.<Runnable>of(
            () -> playbooks.forEach(p -> books.add(book(p, reading, modulesOf, problems))),
            () -> inventory.set(InventoryReader.read(inventories, folders, limit, first))),
        2,
        Runnable::run);
    var ofInventory = first;
    List<Path> imported = books.stream().flatMap(Project::folders).distinct().toList();
    if (!folders.containsAll(imported)) {
      // Variables beside playbooks of other folders count too; which folders, is known only now.
      ofInventory = new Problems(keyring);
      var all = new LinkedHashSet<>(folders);
      all.addAll(imported);
      inventory.set(InventoryReader.read(inventories, List.copyOf(all), limit, ofInventory));
    }
    Inventory found = Objects.requireNonNull(inventory.get());
    if (!inventories.isEmpty()) { // without one nobody expects hosts
      problems.addAll(ofInventory.all());
    }
    if (ofInventory.vaulted()) {
      problems.sawVaulted();
    }
    var project =
        new Project(
            List.copyOf(books),
            found,
            !inventories.isEmpty() && !ofInventory.hasErrors(),
            problems,
            Map.of());
    new StaticCheck(project, problems).run();
    return project;
  }

  private static Stream<Path> folders(Book book) {
    return book.playbook().plays().stream().map(p -> p.sources().folder());
  }

  /**
   * The same with answers to prompts.
   *
   * @param given by prompt
   */
  public Project answered(Map<Prompt, Value> given) {
    return new Project(books, inventory, inventoryRead, problems, given);
  }

  private static Book book(Path path, Reading reading, ModulesOf modulesOf, Problems problems) {
    Modules modules = modulesOf.playbook(path, problems);
    var forms = new Forms();
    Playbook playbook = reading.read(path, modules, forms, problems);
    return new Book(playbook, modules, forms, new Shelves(playbook.folder(), problems.keyring()));
  }

  /**
   * Reads and checks playbooks and inventories.
   *
   * @throws dev.hactl.engine.source.SourceException with every problem found
   */
  public static Project load(List<Path> playbooks, List<String> inventories, ModulesOf modulesOf) {
    return load(playbooks, inventories, modulesOf, Keyring.EMPTY);
  }

  /** The same with encrypted texts among them, which the keyring opens. */
  public static Project load(
      List<Path> playbooks, List<String> inventories, ModulesOf modulesOf, Keyring keyring) {
    Project project = read(playbooks, inventories, modulesOf, keyring);
    project.problems().throwIfErrors();
    return project;
  }
}
