package dev.hactl.modules.storage;

import dev.hactl.engine.module.Change;
import dev.hactl.engine.module.Decision;
import dev.hactl.engine.module.Thing;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Decides about a mount and its line of fstab. Pure. */
final class MountPlan {
  private final MountWish wish;
  private final MountState now;
  private final MountChanges changes;

  MountPlan(MountWish wish, MountState now) {
    this.wish = wish;
    this.now = now;
    this.changes = new MountChanges(wish, now);
  }

  /** The verdict. */
  Decision<MountState> decide() {
    Optional<String> refusal = clustered();
    if (refusal.isPresent()) {
      return refused(refusal.get());
    }
    int lines = now.fstab().about(wish.entry()).size();
    if (lines > 1 && wish.state().keeps()) {
      return new Decision.Impossible<>(
          "%s has %d lines for %s: leave one of them".formatted(wish.fstab(), lines, wish.path()));
    }
    return switch (wish.state()) {
      case PRESENT, ABSENT_FROM_FSTAB -> end(kept());
      case MOUNTED, EPHEMERAL -> mounted();
      case REMOUNTED -> remounted();
      case UNMOUNTED -> unmounted();
      case ABSENT -> managed().isPresent() ? end(kept()) : unmounted();
    };
  }

  private static Decision<MountState> refused(String why) {
    return new Decision.Refused<>(why);
  }

  private Decision<MountState> end(List<Change<MountState>> todo) {
    return Decision.change(todo, wish.things());
  }

  /** The resource of the cluster that mounts the same. */
  private Optional<ClusterConfig.Resource> managed() {
    return now.cluster()
        .mounting(wish.path(), wish.src())
        .or(() -> now.cluster().mounting(wish.path(), now.source().real()));
  }

  /** Why the cluster's own mounts are left to it. */
  private Optional<String> clustered() {
    Optional<String> by =
        managed()
            .map(r ->
                "the cluster's resource %s mounts %s"
                    .formatted(
                        r.id(),
                        r.parameters().getOrDefault("device", "")
                            + " at "
                            + r.parameters().getOrDefault("directory", "")));
    MountWish.State state = wish.state();
    if (by.isPresent() && state.keeps()) {
      return Optional.of(
          by.get() + ": a line in " + wish.fstab() + " would mount it behind the cluster's back");
    }
    if (by.isPresent() && (state.mounts() || state == MountWish.State.UNMOUNTED)) {
      return Optional.of(by.get() + ": only the cluster mounts and unmounts it");
    }
    boolean drbd =
        wish.src().startsWith("/dev/drbd") || now.source().real().startsWith("/dev/drbd");
    return drbd && state.keeps()
        ? Optional.of(
            wish.src()
                + " is a DRBD device, which only the Primary can mount: let the cluster mount it"
                + " (ocf:heartbeat:Filesystem), or mount it until the next boot with 'state:"
                + " ephemeral'")
        : Optional.empty();
  }

  private List<Change<MountState>> kept() {
    Fstab after = changes.wanted(now.fstab());
    return after.equals(now.fstab()) ? List.of() : List.of(changes.keep(after));
  }

  private Decision<MountState> mounted() {
    var todo = new ArrayList<>(kept());
    Optional<MountEntry> there = now.at(wish);
    if (there.isEmpty()) {
      return Decision.ask(MountPoint.probe(wish, now.source()), point -> mount(todo, point));
    }
    if (!now.shows(wish, there.get())) {
      return refused(
          "%s is mounted from %s (%s), not from %s: unmount that first"
              .formatted(wish.path(), there.get().source(), there.get().type(), wish.src()));
    }
    List<String> flags = Flags.missing(wish.options(), there.get());
    if (!flags.isEmpty()) {
      todo.add(changes.flags(flags, there.get()));
    }
    return end(todo);
  }

  private Decision<MountState> mount(List<Change<MountState>> todo, MountPoint point) {
    boolean missing = (wish.device() || wish.binds()) && !point.source();
    if (missing) {
      return new Decision.Blocked<>(
          wish.src().startsWith("/")
              ? Thing.path(wish.src())
              : new Thing(Thing.Kind.OTHER, wish.src()),
          "there is no " + wish.src() + " on this host");
    }
    if (point.blocked() && !wish.binds()) {
      return new Decision.Impossible<>(wish.path() + " is there and is no directory");
    }
    Optional<Signature> replica =
        point.signatures().stream().filter(s -> s.type().equals("drbd")).findFirst();
    if (replica.isPresent()) {
      return refused(
          wish.src()
              + " bears DRBD metadata: it is the disk of a replica, and writing to it past DRBD"
              + " would destroy the replica");
    }
    if (point.read() && point.signatures().isEmpty()) {
      return new Decision.Blocked<>(Thing.path(wish.src()), wish.src() + " bears no file system");
    }
    var all = new ArrayList<>(todo);
    all.add(changes.mount(point.directory()));
    return end(all);
  }

  private Decision<MountState> remounted() {
    return now.at(wish).isEmpty()
        ? new Decision.Blocked<>(
            Thing.path(wish.path()), "nothing is mounted at " + wish.path() + " to mount again")
        : end(List.of(changes.remount()));
  }

  private Decision<MountState> unmounted() {
    if (now.at(wish).isEmpty()) {
      return end(gone(List.of()));
    }
    List<MountEntry> below = now.below(wish);
    if (!below.isEmpty()) {
      return refused(
          "%s cannot be unmounted: %s is mounted inside it"
              .formatted(wish.path(), below.getFirst().point()));
    }
    return Decision.ask(
        MountUsers.probe(wish.path()), users -> end(gone(List.of(changes.unmount(users)))));
  }

  private List<Change<MountState>> gone(List<Change<MountState>> first) {
    var todo = new ArrayList<>(first);
    todo.addAll(kept());
    if (wish.state() == MountWish.State.ABSENT
        && (now.emptyPoint() || !first.isEmpty())
        && !wish.swap()) {
      todo.add(changes.removePoint(!first.isEmpty()));
    }
    return todo;
  }
}
