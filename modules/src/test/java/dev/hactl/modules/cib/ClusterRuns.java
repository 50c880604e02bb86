package dev.hactl.modules.cib;

import dev.hactl.engine.module.Diff;
import dev.hactl.engine.module.IndexedModules;
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
import java.util.function.Consumer;

/** A cluster of one node, and playbooks run on it by the real engine, over SSH. */
final class ClusterRuns implements AutoCloseable {
  /** A secret that nothing holds by chance; playbooks know it as {@code secret}. */
  static final String SECRET = "Zk4marker8Qw";

  private static final AtomicInteger RUNS = new AtomicInteger();
  private static final Modules MODULES = IndexedModules.of(ClusterRuns.class.getClassLoader());

  private final OneNodeCluster cluster;
  private final Path folder;

  private ClusterRuns(OneNodeCluster cluster, Path folder) {
    this.cluster = cluster;
    this.folder = folder;
  }

  /** Starts the cluster, with a door that hactl goes in by. */
  static ClusterRuns start(Path dir) throws Exception {
    OneNodeCluster cluster = OneNodeCluster.start(Files.createDirectory(dir.resolve("cluster")));
    Path folder = Files.createDirectory(dir.resolve("runs"));
    ClusterDoor door = ClusterDoor.of(cluster, Files.createDirectory(dir.resolve("door")));
    Files.writeString(folder.resolve("inventory.yml"), door.inventory());
    return new ClusterRuns(cluster, folder);
  }

  @Override
  public void close() {
    cluster.close();
  }

  OneNodeCluster cluster() {
    return cluster;
  }

  /** How often its configuration was written. */
  long epoch() {
    return cluster.cib().version().epoch();
  }

  /** How a run ended. */
  record Run(int exit, List<Event> events) {

    List<Event.TaskEnded> ended() {
      return events.stream()
          .filter(Event.TaskEnded.class::isInstance)
          .map(Event.TaskEnded.class::cast)
          .toList();
    }

    /** The exit code, then one word a task or item; with the message of what went wrong. */
    String story() {
      var words = new ArrayList<String>();
      words.add(Integer.toString(exit));
      ended().forEach(e -> words.add(word(e.outcome())));
      return String.join(" ", words);
    }

    /** What was or would be changed, a line each. */
    List<String> changes() {
      return ended().stream().flatMap(e -> e.changes().stream()).map(c -> c.what()).toList();
    }

    /** The differences, {@code subject: name before -> after} a line each. */
    List<String> diffs() {
      var lines = new ArrayList<String>();
      ended().stream()
          .flatMap(e -> e.diffs().stream())
          .map(Diff.Properties.class::cast)
          .forEach(d ->
              d.properties()
                  .forEach(p ->
                      lines.add(
                          d.subject() + ": " + p.name() + " " + p.before() + " -> " + p.after())));
      return lines;
    }

    private static String word(Outcome outcome) {
      return switch (outcome) {
        case Outcome.Failed f -> "failed(" + f.failure().message() + f.failure().stderr() + ")";
        case Outcome.Refused r -> "refused(" + r.message() + ")";
        case Outcome.Ok o -> "ok";
        case Outcome.Changed c -> c.derived() ? "derived" : "changed";
        case Outcome.Unknown u -> "unknown";
        case Outcome.Skipped s -> "skipped";
        case Outcome.Said s -> "said";
        case Outcome.Unreachable u -> "unreachable(" + u.message() + ")";
      };
    }
  }

  Run check(String tasks) {
    return run(tasks, RunOptions.defaults().withCheck(true), e -> {});
  }

  Run apply(String tasks) {
    return run(tasks, RunOptions.defaults().allowing(Set.of("disruptive")), e -> {});
  }

  /** Applies while somebody listens to what happens, and may act on it. */
  Run apply(String tasks, Consumer<Event> listener) {
    return run(tasks, RunOptions.defaults().allowing(Set.of("disruptive")), listener);
  }

  Run run(String tasks, RunOptions options, Consumer<Event> listener) {
    try {
      Files.writeString(
          folder.resolve("site.yml"),
          "- hosts: all\n  gather_facts: false\n  tasks:\n" + tasks.indent(4));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    var events = new ArrayList<Event>();
    String id = "cib-" + ProcessHandle.current().pid() + "-" + RUNS.incrementAndGet();
    Project project =
        Project.load(
            List.of(folder.resolve("site.yml")),
            List.of(folder.resolve("inventory.yml").toString()),
            (path, found) -> MODULES);
    int exit =
        Runner.run(
            project,
            new SecretVariable("secret", SECRET).given(options),
            event -> {
              events.add(event);
              listener.accept(event);
            },
            new RunControl(),
            id);
    return new Run(exit, List.copyOf(events));
  }
}
