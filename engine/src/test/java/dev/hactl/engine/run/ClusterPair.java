package dev.hactl.engine.run;

import dev.hactl.engine.module.Module;
import dev.hactl.engine.module.Modules;
import dev.hactl.engine.report.Event;
import dev.hactl.engine.report.Outcome;
import dev.hactl.lab.LoopbackHost;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Two hosts, a and b, that are a cluster, and runs of playbooks that know one module. */
final class ClusterPair implements AutoCloseable {
  private final LoopbackHost one = LoopbackHost.start();
  private final LoopbackHost two = LoopbackHost.start();
  private final Path folder;
  private final Modules modules;
  private String group = "pair:\n  cluster: pair\n";

  /**
   * Starts them.
   *
   * @param folder for playbook and inventory
   * @param name of the module
   */
  ClusterPair(Path folder, String name, Module<?> module) {
    this.folder = folder;
    this.modules = new Only(name, module);
  }

  /** From now on they are in no cluster. */
  void part() {
    group = "pair:\n";
  }

  /** Ends b. */
  void lose() {
    two.close();
  }

  @Override
  public void close() {
    one.close();
    two.close();
  }

  private record Only(String name, Module<?> module) implements Modules {
    @Override
    public Optional<Module<?>> find(String wanted) {
      return wanted.equals(name) ? Optional.of(module) : Optional.empty();
    }

    @Override
    public Collection<String> names() {
      return List.of(name);
    }

    @Override
    public Collection<String> callable() {
      return names();
    }
  }

  /**
   * How a run went.
   *
   * @param ends how each task ended on each host with what was changed, as it was told
   */
  record Run(int exit, List<String> ends) {
    /** The exit code and the ends, whichever host was first. */
    String sorted() {
      return new Run(exit, ends.stream().sorted().toList()).toString();
    }

    @Override
    public String toString() {
      return exit + " " + String.join(" ", ends);
    }
  }

  Run run(RunOptions options, String playbook) throws IOException {
    return run(options, playbook, e -> {});
  }

  Run run(RunOptions options, String playbook, Consumer<Event> listener) throws IOException {
    return run(options, playbook, listener, new RunControl());
  }

  Run run(RunOptions options, String playbook, Consumer<Event> listener, RunControl control)
      throws IOException {
    Path inventory = folder.resolve("inventory.yml");
    Files.writeString(
        inventory,
        group + "  hosts:\n" + one.inventory("a").indent(4) + two.inventory("b").indent(4));
    Path site = folder.resolve("site.yml");
    Files.writeString(site, playbook);
    var events = new ArrayList<Event>();
    Project project =
        Project.load(List.of(site), List.of(inventory.toString()), (path, problems) -> modules);
    int exit =
        Runner.run(
            project,
            options,
            event -> {
              events.add(event);
              listener.accept(event);
            },
            control,
            "r" + System.nanoTime());
    return new Run(
        exit,
        events.stream()
            .filter(Event.TaskEnded.class::isInstance)
            .map(Event.TaskEnded.class::cast)
            .map(ClusterPair::end)
            .toList());
  }

  private static String end(Event.TaskEnded e) {
    return e.host()
        + ":"
        + word(e.outcome())
        + e.changes().stream().map(Event.ChangeLine::what).toList();
  }

  private static String word(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Failed f -> "failed(" + f.failure().message() + ")";
      case Outcome.Refused r -> "refused(" + r.message() + ")";
      case Outcome.Ok o -> "ok";
      case Outcome.Changed c -> "changed";
      case Outcome.Unknown u -> "unknown";
      case Outcome.Skipped s -> "skipped";
      case Outcome.Said s -> "said";
      case Outcome.Unreachable u -> "unreachable";
    };
  }
}
