package dev.hactl.cli;

import dev.hactl.cli.config.Config;
import dev.hactl.engine.inventory.Host;
import dev.hactl.engine.inventory.Inventory;
import dev.hactl.engine.inventory.InventoryReader;
import dev.hactl.engine.model.ModuleNames;
import dev.hactl.engine.model.Play;
import dev.hactl.engine.model.Playbook;
import dev.hactl.engine.model.PlaybookReader;
import dev.hactl.engine.model.Task;
import dev.hactl.engine.module.Modules;
import dev.hactl.engine.source.Problems;
import dev.hactl.engine.source.SourceException;
import dev.hactl.engine.vars.HostVariables;
import dev.hactl.engine.vars.Scope;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The names that an option or operand can have, by what the help calls it. They come from the
 * inventories and playbooks that the unfinished command line names; what is wrong with those is
 * told when the command runs.
 */
final class Names {
  /** What {@link #of} has an answer for. */
  static final Set<String> KNOWN =
      Set.of(
          "INVENTORY",
          "FILE",
          "PLAYBOOK",
          "FOLDER",
          "DIR",
          "VARS",
          "PATTERN",
          "GROUP",
          "HOST",
          "CLUSTER",
          "VARIABLE",
          "TAGS",
          "TASK",
          "MODULE",
          "WHAT",
          "ID",
          "RULE",
          "ID@SOURCE",
          "HOSTS",
          "ARGUMENTS");

  /** What separates the parts of a host pattern, and what may begin one. */
  private static final String PATTERN = ",:!&";

  private Names() {}

  static Suggestion of(String label, String typed, int skipped, Written written) {
    return switch (label) {
      case "INVENTORY", "FILE", "PLAYBOOK" -> Suggestion.files(skipped);
      case "FOLDER", "DIR" -> Suggestion.folders(skipped);
      case "VARS" ->
          typed.startsWith("@", skipped) ? Suggestion.files(skipped + 1) : Suggestion.nothing();
      case "ID" -> Suggestion.words(typed, skipped, vaultIds(written));
      case "ID@SOURCE" -> Suggestion.files(Math.max(skipped, typed.indexOf('@') + 1));
      case "PATTERN" -> {
        Inventory inventory = inventory(written);
        var names = new TreeSet<>(inventory.hosts().keySet());
        names.addAll(groups(inventory));
        yield Suggestion.words(typed, after(PATTERN, typed, skipped), names);
      }
      case "GROUP" -> Suggestion.words(typed, skipped, groups(inventory(written)));
      case "HOST" -> Suggestion.words(typed, skipped, inventory(written).hosts().keySet());
      case "HOSTS" ->
          Suggestion.words(typed, after(",", typed, skipped), inventory(written).hosts().keySet());
      case "ARGUMENTS" -> Suggestion.words(typed, after(" ", typed, skipped), parameters(written));
      case "CLUSTER" -> Suggestion.words(typed, skipped, clusters(inventory(written)));
      case "VARIABLE" -> Suggestion.words(typed, skipped, variables(written));
      case "TAGS" -> Suggestion.words(typed, after(",", typed, skipped), tags(written));
      case "TASK" ->
          Suggestion.words(typed, skipped, tasks(written).map(t -> t.name().text()).toList());
      case "MODULE" -> Suggestion.words(typed, skipped, modules(written).names());
      case "RULE" -> Suggestion.words(typed, after(",", typed, skipped), LintRules.all().known());
      case "WHAT" -> Suggestion.words(typed, skipped, List.of("disruptive"));
      default -> Suggestion.nothing();
    };
  }

  /** Where the last part of a list begins. */
  private static int after(String separators, String typed, int skipped) {
    int at = typed.length();
    while (at > skipped && separators.indexOf(typed.charAt(at - 1)) < 0) {
      at--;
    }
    return at;
  }

  private static Inventory inventory(Written written) {
    List<Path> beside =
        written.all("PLAYBOOK").stream().map(p -> Playbook.folder(Path.of(p))).toList();
    List<String> sources =
        (written.all("INVENTORY").isEmpty() ? configured() : written.all("INVENTORY"))
            .stream().flatMap(Names::withoutPrograms).toList();
    return InventoryReader.read(sources, beside, new Problems());
  }

  private static List<String> configured() {
    try {
      return Config.of(System.getenv())
          .option("--inventory", "INVENTORY")
          .map(Config.Given::values)
          .orElse(List.of());
    } catch (SourceException wrong) {
      return List.of();
    }
  }

  /** The tab key starts no program, neither one that is named nor one in a folder. */
  private static Stream<String> withoutPrograms(String source) {
    Path path = Path.of(source);
    if (!Files.isDirectory(path)) {
      return isProgram(path) ? Stream.of() : Stream.of(source);
    }
    try (Stream<Path> files = Files.list(path)) {
      return files
          .filter(f -> Files.isRegularFile(f) && !isProgram(f))
          .map(Path::toString)
          .sorted()
          .toList()
          .stream();
    } catch (IOException unreadable) {
      return Stream.of();
    }
  }

  private static boolean isProgram(Path source) {
    if (!Files.isRegularFile(source) || !Files.isExecutable(source)) {
      return false;
    }
    try (InputStream in = Files.newInputStream(source)) {
      byte[] first = in.readNBytes(2);
      return first.length == 2 && (first[0] == 0x7f || (first[0] == '#' && first[1] == '!'));
    } catch (IOException unreadable) {
      return true;
    }
  }

  private static Set<String> clusters(Inventory inventory) {
    var clusters = new TreeSet<String>();
    inventory.hosts().values().forEach(h -> h.cluster().ifPresent(clusters::add));
    return clusters;
  }

  private static Set<String> variables(Written written) {
    Inventory inventory = inventory(written);
    Stream<Host> hosts =
        written.all("HOST").isEmpty()
            ? inventory.hosts().values().stream()
            : written.all("HOST").stream().map(inventory::host).flatMap(Optional::stream);
    var names = new TreeSet<String>();
    hosts.forEach(h -> names.addAll(variables(h, inventory)));
    return names;
  }

  /** Without the group of those in no other one where there are none. */
  private static Set<String> groups(Inventory inventory) {
    var names = new TreeSet<>(inventory.groups().keySet());
    if (inventory.members("ungrouped").isEmpty()) {
      names.remove("ungrouped");
    }
    return names;
  }

  /** None of a host that has an encrypted file: the tab key asks for no password. */
  private static Set<String> variables(Host host, Inventory inventory) {
    try {
      return Scope.of(HostVariables.of(host, inventory)).names();
    } catch (SourceException closed) {
      return Set.of();
    }
  }

  /** Whose vault passwords are given already. */
  private static Set<String> vaultIds(Written written) {
    var ids = new TreeSet<String>();
    for (String given : written.all("ID@SOURCE")) {
      int at = given.indexOf('@');
      if (at > 0) {
        ids.add(given.substring(0, at));
      }
    }
    return ids;
  }

  private static Set<String> tags(Written written) {
    var tags = new TreeSet<String>();
    tasks(written).forEach(t -> tags.addAll(t.keywords().tags()));
    return tags;
  }

  private static Stream<Task> tasks(Written written) {
    return written.all("PLAYBOOK").stream()
        .map(Path::of)
        .filter(Files::isRegularFile)
        .map(Names::playbook)
        .flatMap(p -> p.plays().stream())
        .flatMap(Play::all);
  }

  private static Playbook playbook(Path path) {
    var problems = new Problems();
    Modules modules = AllModules.beside(path, problems);
    return PlaybookReader.read(
        path, path.toString(), ModuleNames.of(new TreeSet<>(modules.callable())), problems);
  }

  /** Those of the module that is called, as they are written. */
  private static Set<String> parameters(Written written) {
    String module = written.all("MODULE").stream().findFirst().orElse("command");
    var names = new TreeSet<String>();
    modules(written)
        .find(module)
        .ifPresent(m -> m.form().fields().forEach(f -> names.add(f.name() + "=")));
    return names;
  }

  private static Modules modules(Written written) {
    return Stream.concat(
            written.all("FOLDER").stream().map(Path::of),
            written.all("PLAYBOOK").stream().map(p -> Path.of(p).resolveSibling("modules")))
        .findFirst()
        .or(() -> Optional.of(Path.of("modules")))
        .map(AllModules::with)
        .orElseThrow();
  }
}
