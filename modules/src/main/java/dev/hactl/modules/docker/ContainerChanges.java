package dev.hactl.modules.docker;

import dev.hactl.engine.module.Change;
import dev.hactl.engine.module.Diff;
import dev.hactl.engine.module.Footprint;
import dev.hactl.engine.module.Impact;
import dev.hactl.engine.module.Settle;
import dev.hactl.engine.module.Sh;
import dev.hactl.engine.module.Step;
import dev.hactl.engine.module.Thing;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** The single changes that can be made to a container. Pure. */
final class ContainerChanges {
  /** A container that ends right after its start has not converged. */
  private static final Settle SETTLE = new Settle(Duration.ofSeconds(30), Duration.ofMillis(2500));

  private final ContainerWish wish;
  private final DockerSeen before;
  private final String name;

  ContainerChanges(ContainerWish wish, DockerSeen before) {
    this.wish = wish;
    this.before = before;
    this.name = Sh.quote(wish.name());
  }

  /** The container as something that tasks share. */
  Thing thing() {
    return new Thing(Thing.Kind.OTHER, "the docker container " + wish.name());
  }

  private Change.Builder<DockerSeen> to(String what, Predicate<ContainerInfo> converged) {
    return Change.<DockerSeen>to(what, s -> s.container(wish.name()).filter(converged).isPresent())
        .touches(Footprint.of(thing()));
  }

  private boolean asWanted(DockerSeen seen, ContainerInfo container) {
    return Settings.fixed(wish.spec(), container, wish.spec().image().flatMap(seen::image))
            .isEmpty()
        && Settings.live(wish.spec(), container).isEmpty();
  }

  /** What is cut off in the middle would leave the host without the container. */
  private Step whole(String text) {
    Duration stop = Duration.ofSeconds(wish.stopTimeout().orElse(10L));
    return Step.protectedSh("set -e\n" + text, Step.DEADLINE.plus(stop));
  }

  private String tidy() {
    return before.container(wish.next()).isPresent()
        ? "docker rm -f -- " + Sh.quote(wish.next()) + " > /dev/null\n"
        : "";
  }

  private String stop() {
    String seconds = wish.stopTimeout().map(t -> "-t " + t + " ").orElse("");
    return "docker stop " + seconds + "-- " + name + " > /dev/null\n";
  }

  private String start() {
    return "docker start -- " + name + " > /dev/null\n";
  }

  Change<DockerSeen> create(boolean starts) {
    String image = wish.spec().image().orElseThrow().text();
    var change =
        Change.<DockerSeen>to(
                "create %s%s from %s".formatted(starts ? "and start " : "", wish.name(), image),
                s ->
                    s.container(wish.name())
                        .filter(c -> asWanted(s, c) && (!starts || c.status().running()))
                        .isPresent())
            .touches(Footprint.of(thing()))
            .diff(
                Diff.of(
                    "container " + wish.name(),
                    new Diff.Property("state", "absent", starts ? "running" : "created"),
                    new Diff.Property("image", "", image)))
            .step(
                whole(
                    tidy()
                        + CreateCommand.text(
                            wish.name(), wish.spec(), before.container(wish.next()))
                        + (starts ? start() : "")));
    return (starts ? change.settle(SETTLE) : change).build();
  }

  /**
   * The new container is made before the old one is stopped: what docker refuses leaves the old one
   * as it is.
   */
  Change<DockerSeen> recreate(ContainerInfo old, List<Diff.Property> differences) {
    boolean running = old.status().active();
    boolean starts =
        switch (wish.state()) {
          case STARTED -> true;
          case STOPPED, ABSENT -> false;
          case PRESENT -> running;
        };
    String next = Sh.quote(wish.next());
    String why = differences.isEmpty() ? "recreate" : Settings.names(differences);
    var change =
        Change.<DockerSeen>to(
                "replace the container %s (%s)".formatted(wish.name(), why),
                s ->
                    s.container(wish.name())
                        .filter(c -> !c.id().equals(old.id()) && asWanted(s, c))
                        .filter(c -> !starts || c.status().running())
                        .isPresent())
            .touches(Footprint.of(thing()))
            .diff(new Diff.Properties("container " + wish.name(), differences))
            .step(
                whole(
                    tidy()
                        + CreateCommand.text(wish.next(), wish.spec(), Optional.of(old))
                        + (running ? stop() : "")
                        + "docker rm -- "
                        + name
                        + " > /dev/null\ndocker rename -- "
                        + next
                        + " "
                        + name
                        + "\n"
                        + (starts ? start() : "")));
    if (running) {
      change.impact(
          new Impact.Disruptive(
              "stops and replaces the container %s (%s)".formatted(wish.name(), why)));
    }
    return (starts ? change.settle(SETTLE) : change).build();
  }

  /** What an interrupted replacement left, if nothing else takes it away. */
  Optional<Change<DockerSeen>> leftover() {
    return before
        .container(wish.next())
        .map(c ->
            Change.<DockerSeen>to(
                    "remove %s, left by an interrupted run".formatted(wish.next()),
                    s -> s.container(wish.next()).isEmpty())
                .touches(Footprint.of(thing()))
                .step(Step.sh(tidy()))
                .build());
  }

  Change<DockerSeen> update(List<Diff.Property> differences) {
    String memory =
        wish.spec()
            .memory()
            // Docker allows as much swap as memory where nothing is said of it.
            .map(m ->
                m == 0
                    ? "--memory 0 --memory-swap -1 "
                    : "--memory " + m + " --memory-swap " + 2 * m + " ")
            .filter(m -> differences.stream().anyMatch(d -> d.name().equals("memory")))
            .orElse("");
    String restart =
        wish.spec().restart().map(r -> "--restart " + Sh.quote(r.toString()) + " ").orElse("");
    return to(
            "set %s of the container %s".formatted(Settings.names(differences), wish.name()),
            c -> Settings.live(wish.spec(), c).isEmpty())
        .diff(new Diff.Properties("container " + wish.name(), differences))
        .step(Step.sh("docker update " + memory + restart + "-- " + name + " > /dev/null\n"))
        .build();
  }

  /** Starts, stops or restarts it where it has to be. */
  Optional<Change<DockerSeen>> activity(ContainerInfo container) {
    ContainerInfo.Status status = container.status();
    return switch (wish.state()) {
      case STARTED -> {
        if (status.paused()) {
          yield Optional.of(resume());
        }
        if (wish.restart() && status.active()) {
          yield Optional.of(restart(status));
        }
        yield status.running() ? Optional.empty() : Optional.of(start(status));
      }
      case STOPPED -> status.active() ? Optional.of(stop(status)) : Optional.empty();
      case PRESENT ->
          wish.restart() && status.active() ? Optional.of(restart(status)) : Optional.empty();
      case ABSENT -> Optional.empty();
    };
  }

  private Diff state(ContainerInfo.Status status, String after) {
    return Diff.of("container " + wish.name(), new Diff.Property("state", status.word(), after));
  }

  private Change<DockerSeen> start(ContainerInfo.Status status) {
    return to("start the container " + wish.name(), c -> c.status().running())
        .diff(state(status, "running"))
        .settle(SETTLE)
        .step(Step.sh(start()))
        .build();
  }

  private Change<DockerSeen> resume() {
    return to("resume the paused container " + wish.name(), c -> c.status().running())
        .diff(Diff.of("container " + wish.name(), new Diff.Property("state", "paused", "running")))
        .step(Step.sh("docker unpause -- " + name + " > /dev/null\n"))
        .build();
  }

  private Change<DockerSeen> restart(ContainerInfo.Status status) {
    String seconds = wish.stopTimeout().map(t -> "-t " + t + " ").orElse("");
    return to(
            "restart the container " + wish.name(),
            c -> c.status().running() && !c.status().started().equals(status.started()))
        .diff(state(status, "restarted"))
        .impact(new Impact.Disruptive("restarts the container " + wish.name()))
        .settle(SETTLE)
        .step(whole("docker restart " + seconds + "-- " + name + " > /dev/null\n"))
        .build();
  }

  private Change<DockerSeen> stop(ContainerInfo.Status status) {
    return to("stop the container " + wish.name(), c -> !c.status().active())
        .diff(state(status, "stopped"))
        .impact(new Impact.Disruptive("stops the container " + wish.name()))
        .step(whole(stop()))
        .build();
  }

  Change<DockerSeen> remove(ContainerInfo container) {
    boolean active = container.status().active();
    var change =
        Change.<DockerSeen>to(
                "remove the container " + wish.name(), s -> s.container(wish.name()).isEmpty())
            .touches(Footprint.of(thing()))
            .diff(state(container.status(), "absent"))
            .step(whole((active ? stop() : "") + "docker rm -- " + name + " > /dev/null\n"));
    if (active) {
      change.impact(new Impact.Disruptive("stops the container " + wish.name()));
    }
    return change.build();
  }
}
