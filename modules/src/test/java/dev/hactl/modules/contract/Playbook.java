package dev.hactl.modules.contract;

import dev.hactl.engine.module.Modules;
import dev.hactl.engine.report.Event;
import dev.hactl.engine.report.Outcome;
import dev.hactl.engine.run.Project;
import dev.hactl.engine.run.RunControl;
import dev.hactl.engine.run.RunOptions;
import dev.hactl.engine.run.Runner;
import dev.hactl.modules.SecretVariable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * An example as a playbook for one host, run by the real engine.
 *
 * @param folder where it lies, with the files and templates that examples name
 */
public record Playbook(Path folder, Modules modules) {
  /** A secret that no host would hold by chance. */
  static final String MARKER = "Xq7Kw3marker9Zt";

  /** The name under which playbooks get the secret. */
  static final String SECRET = "contract_secret";

  private static final AtomicInteger RUNS = new AtomicInteger();

  /** How a run ended. */
  public record Run(int exit, List<Event> events) {

    /** How each task, or item of a loop, ended, in order. */
    public List<Event.TaskEnded> ended() {
      return events.stream()
          .filter(Event.TaskEnded.class::isInstance)
          .map(Event.TaskEnded.class::cast)
          .toList();
    }

    /** What would need consent. */
    Set<String> tokens() {
      return ended().stream()
          .flatMap(e -> e.changes().stream())
          .map(Event.ChangeLine::impact)
          .map(impact ->
              impact instanceof dev.hactl.engine.module.Impact.Destructive d
                  ? d.token()
                  : "disruptive")
          .collect(Collectors.toSet());
    }

    /** How each task ended, a line each. */
    public String story() {
      return ended().stream()
          .map(e ->
              "      "
                  + e.task()
                  + e.item().map(i -> " (" + i + ")").orElse("")
                  + ": "
                  + e.outcome()
                  + " "
                  + e.changes().stream().map(Event.ChangeLine::what).toList())
          .collect(Collectors.joining("\n"));
    }

    /** Whether nothing was changed. */
    public boolean quiet() {
      return ended().stream()
          .noneMatch(e ->
              e.outcome() instanceof Outcome.Changed || e.outcome() instanceof Outcome.Unknown);
    }
  }

  /** Writes tasks as a playbook beside files and templates. */
  public static Playbook of(Path folder, Modules modules, String tasks, String inventory) {
    try {
      copy(Path.of("src/test/resources/contract"), folder);
      Files.writeString(folder.resolve("site.yml"), text(tasks));
      Files.writeString(folder.resolve("inventory.yml"), inventory);
      return new Playbook(folder, modules);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The playbook's text. */
  static String text(String tasks) {
    return "- hosts: all\n  gather_facts: false\n  tasks:\n" + tasks.indent(4);
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Path target = to.resolve(from.relativize(file).toString());
        if (!Files.isDirectory(file)) {
          Files.createDirectories(target.getParent());
          Files.copy(file, target);
        } else {
          Files.createDirectories(target);
        }
      }
    }
  }

  /** Foretells. */
  public Run check(Set<String> consents) {
    return run(RunOptions.defaults().withCheck(true).allowing(consents));
  }

  /** Makes it so. */
  public Run apply(Set<String> consents) {
    return run(RunOptions.defaults().allowing(consents));
  }

  /** Only reads and evaluates it; throws what a run would refuse before it connects. */
  void foresee() {
    Runner.check(project(), given(RunOptions.defaults().withCheck(true)));
  }

  private Run run(RunOptions options) {
    var events = new ArrayList<Event>();
    String id = "contract-" + ProcessHandle.current().pid() + "-" + RUNS.incrementAndGet();
    int exit = Runner.run(project(), given(options), events::add, new RunControl(), id);
    return new Run(exit, List.copyOf(events));
  }

  private Project project() {
    return Project.load(
        List.of(folder.resolve("site.yml")),
        List.of(folder.resolve("inventory.yml").toString()),
        (path, found) -> modules);
  }

  /** The options with the secret, and with diffs. */
  private static RunOptions given(RunOptions options) {
    return new SecretVariable(SECRET, MARKER).given(options);
  }
}
