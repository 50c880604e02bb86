package dev.hactl.modules.docker;

import dev.hactl.engine.module.Change;
import dev.hactl.engine.module.Decision;
import dev.hactl.engine.module.Diff;
import dev.hactl.engine.module.Thing;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Decides about a container. Pure. */
final class ContainerPlan {
  private final ContainerWish wish;
  private final DockerSeen seen;
  private final Optional<ContainerInfo> now;
  private final Optional<ImageInfo> image;
  private final ContainerChanges changes;

  ContainerPlan(ContainerWish wish, DockerSeen seen) {
    this.wish = wish;
    this.seen = seen;
    this.now = seen.container(wish.name());
    this.image = wish.spec().image().flatMap(seen::image);
    this.changes = new ContainerChanges(wish, seen);
  }

  /** The verdict. */
  Decision<DockerSeen> decide() {
    Optional<ClusterContainers.Claim> claim = seen.cluster().container(wish.name());
    if (claim.isPresent()) {
      return new Decision.Refused<>(
          "the cluster's resource %s starts and stops the container %s: two masters would start it twice"
              .formatted(claim.get().resource(), wish.name()));
    }
    if (!seen.daemon().answers()) {
      return seen.daemon().forbidden()
          ? new Decision.Impossible<>(seen.daemon().message())
          : new Decision.Blocked<>(seen.daemon().missing(), seen.daemon().message());
    }
    if (wish.state() == ContainerWish.State.ABSENT) {
      var todo = new ArrayList<Change<DockerSeen>>();
      changes.leftover().ifPresent(todo::add);
      now.map(changes::remove).ifPresent(todo::add);
      return decided(todo);
    }
    return now.map(this::there).orElseGet(this::missing);
  }

  private Decision<DockerSeen> decided(List<Change<DockerSeen>> todo) {
    var things = new ArrayList<Thing>(Daemon.things());
    things.add(changes.thing());
    wish.spec().image().ifPresent(i -> things.add(i.thing()));
    wish.spec().sources().forEach(s -> things.add(Thing.path(s)));
    return new Decision.Decided<>(todo, things);
  }

  private Decision<DockerSeen> missing() {
    return obstacle()
        .orElseGet(
            () -> decided(List.of(changes.create(wish.state() == ContainerWish.State.STARTED))));
  }

  /** What a new container would lack. */
  private Optional<Decision<DockerSeen>> obstacle() {
    if (wish.spec().image().isEmpty()) {
      return Optional.of(
          new Decision.Impossible<>(
              "there is no container " + wish.name() + "; give its 'image' to make one"));
    }
    ImageName name = wish.spec().image().get();
    if (image.isEmpty()) {
      return Optional.of(
          new Decision.Blocked<>(
              name.thing(), "there is no image " + name + " on this host; docker_image brings it"));
    }
    return wish.spec().sources().stream()
        .filter(s -> !seen.paths().contains(s))
        .findFirst()
        .map(s ->
            new Decision.Blocked<>(
                Thing.path(s),
                "there is no " + s + " on this host, and docker would make an empty folder of it"));
  }

  private Decision<DockerSeen> there(ContainerInfo container) {
    List<Diff.Property> fixed = Settings.fixed(wish.spec(), container, image);
    if (!fixed.isEmpty() || wish.recreate()) {
      return obstacle().orElseGet(() -> decided(List.of(changes.recreate(container, fixed))));
    }
    var todo = new ArrayList<Change<DockerSeen>>();
    List<Diff.Property> live = Settings.live(wish.spec(), container);
    if (!live.isEmpty()) {
      todo.add(changes.update(live));
    }
    changes.leftover().ifPresent(todo::add);
    changes.activity(container).ifPresent(todo::add);
    return decided(todo);
  }
}
