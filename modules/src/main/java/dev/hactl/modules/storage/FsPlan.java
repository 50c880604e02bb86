package dev.hactl.modules.storage;

import dev.hactl.engine.module.Change;
import dev.hactl.engine.module.Decision;
import dev.hactl.engine.module.Probe;
import dev.hactl.engine.module.Sh;
import dev.hactl.engine.module.Thing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Decides about the file system of a device. Pure. */
final class FsPlan {
  /** What a file system may leave unused at the end of its device, in blocks of 4 KiB. */
  private static final long REST = 1024L * 4096;

  private final FsWish wish;
  private final FsState now;
  private final FsChanges changes;

  FsPlan(FsWish wish, FsState now) {
    this.wish = wish;
    this.now = now;
    this.changes = new FsChanges(wish, now);
  }

  /** The verdict. */
  Decision<FsState> decide() {
    Optional<Decision<FsState>> unready = unready();
    if (unready.isPresent()) {
      return unready.get();
    }
    if (now.device().kind() == FsState.Kind.MISSING) {
      return Decision.ok(wish.thing().absent()); // only reached when none is wanted
    }
    if (!wish.present()) {
      return away();
    }
    FsWish.Type type = wish.type().orElseThrow();
    boolean right =
        now.signatures().size() == 1 && now.signatures().getFirst().type().equals(type.word());
    if (right) {
      return unfinished(type, now.signatures().getFirst());
    }
    return make(type);
  }

  private static Decision<FsState> refused(String why) {
    return new Decision.Refused<>(why);
  }

  private Optional<Decision<FsState>> unready() {
    FsState.Device device = now.device();
    switch (device.kind()) {
      case MISSING -> {
        return wish.present()
            ? Optional.of(blocked("there is no device " + wish.device()))
            : Optional.empty();
      }
      case OTHER -> {
        return Optional.of(
            new Decision.Impossible<>(wish.device() + " is neither a block device nor a file"));
      }
      case BLOCK, FILE -> {}
    }
    Optional<Decision<FsState>> replica = replica();
    if (replica.isPresent()) {
      return replica;
    }
    return switch (now.reading()) {
      case FsState.Reading.Done d when device.bytes() == 0 ->
          Optional.of(blocked(wish.device() + " has no size: nothing is attached to it"));
      case FsState.Reading.Done d -> Optional.empty();
      case FsState.Reading.NoTool n ->
          Optional.of(
              new Decision.Blocked<>(
                  Thing.command("wipefs"),
                  "there is no wipefs on this host (package util-linux), so what "
                      + wish.device()
                      + " bears cannot be told"));
      case FsState.Reading.Failed f when device.bytes() == 0 ->
          Optional.of(blocked(wish.device() + " has no size: nothing is attached to it"));
      case FsState.Reading.Failed f ->
          Optional.of(blocked(wish.device() + " cannot be read: " + f.why()));
    };
  }

  private Decision<FsState> blocked(String why) {
    return new Decision.Blocked<>(wish.thing(), why);
  }

  private Optional<Decision<FsState>> replica() {
    if (DrbdDevice.minor(now.device().real()).isEmpty()) {
      return Optional.empty();
    }
    Optional<DrbdDevice> replica = now.replica();
    if (replica.isEmpty()) {
      return Optional.of(blocked("the DRBD device " + wish.device() + " is not up"));
    }
    DrbdDevice r = replica.get();
    return r.role().equals("Primary")
        ? Optional.empty()
        : Optional.of(
            blocked(
                "the DRBD resource %s is %s here; its file system is made and seen where it is Primary"
                    .formatted(r.resource(), r.role())));
  }

  private Decision<FsState> make(FsWish.Type type) {
    boolean over = !now.signatures().isEmpty();
    String bears = wish.device() + " bears " + Signature.show(now.signatures());
    if (over && !wish.force()) {
      return refused(bears + ": it is not overwritten");
    }
    Optional<Decision<FsState>> hindered = hindered(over ? bears + ", and " : "");
    if (hindered.isPresent()) {
      return hindered.get();
    }
    if (!now.maker()) {
      return noMaker(type);
    }
    return Decision.change(over ? changes.replace(type) : changes.make(type), wish.thing());
  }

  private Decision<FsState> noMaker(FsWish.Type type) {
    return new Decision.Blocked<>(
        Thing.command(type.maker()), "there is no " + type.maker() + " on this host");
  }

  /** What forbids writing to the device at all. */
  private Optional<Decision<FsState>> hindered(String before) {
    if (!now.users().isEmpty()) {
      return Optional.of(
          refused(before + wish.device() + " is in use: " + String.join(", ", now.users())));
    }
    Optional<DrbdDevice> stale = now.replica().filter(r -> !r.disk().equals("UpToDate"));
    if (stale.isPresent()) {
      return Optional.of(
          refused(
              "%sthe replica of %s on this host is %s, not UpToDate"
                  .formatted(before, stale.get().resource(), stale.get().disk())));
    }
    return now.device().readOnly()
        ? Optional.of(new Decision.Impossible<>(wish.device() + " is read-only"))
        : Optional.empty();
  }

  /** The wanted file system is there; an interrupted run may not have finished it. */
  private Decision<FsState> unfinished(FsWish.Type type, Signature seen) {
    boolean ours =
        now.note()
            .filter(n -> n.type().equals(type.word()) && n.uuid().equalsIgnoreCase(seen.uuid()))
            .isPresent();
    if (!ours || !now.users().isEmpty()) {
      return there(type, seen);
    }
    if (now.superBlock().filter(SuperBlock::unfinished).isPresent()) {
      return hindered("")
          .orElseGet(() ->
              now.maker()
                  ? Decision.change(changes.again(type, seen), wish.thing())
                  : noMaker(type));
    }
    return switch (type) {
      case EXT2, EXT3, EXT4 -> there(type, seen); // it was mounted since, so it was whole
      case SWAP -> there(type, seen); // one write
      case XFS ->
          Decision.ask(
              check("xfs_repair -n -- "), whole -> whole ? there(type, seen) : doubtful(type));
      case BTRFS ->
          Decision.ask(
              check("btrfs check --readonly -- "),
              whole -> whole ? there(type, seen) : doubtful(type));
      case VFAT ->
          Decision.ask(
              check("fsck.vfat -n -- "), whole -> whole ? there(type, seen) : doubtful(type));
    };
  }

  private Probe<Boolean> check(String command) {
    return Probe.sh(command + Sh.quote(wish.device()) + " > /dev/null 2>&1", a -> a.status() == 0)
        .within(Duration.ofMinutes(5));
  }

  private Decision<FsState> doubtful(FsWish.Type type) {
    return refused(
        "making the %s on %s was interrupted and it is not whole; if nothing on it matters, remove it with 'state: absent' and its consent"
            .formatted(type.word(), wish.device()));
  }

  private Decision<FsState> there(FsWish.Type type, Signature seen) {
    var todo = new ArrayList<Change<FsState>>();
    if (wish.uuid().filter(u -> !u.equalsIgnoreCase(seen.uuid())).isPresent()) {
      if (!now.users().isEmpty()) {
        return refused(
            "the UUID of %s cannot be changed while it is in use: %s"
                .formatted(wish.device(), String.join(", ", now.users())));
      }
      todo.add(changes.uuid(type, seen));
    }
    if (wish.label().filter(l -> !l.equals(seen.label())).isPresent()) {
      if (!type.ext() && !now.users().isEmpty()) {
        return refused(
            "the label of %s cannot be changed while it is in use: %s"
                .formatted(wish.device(), String.join(", ", now.users())));
      }
      todo.add(changes.label(type, seen));
    }
    if (wish.grow() && now.superBlock().isPresent()) {
      long used = now.superBlock().get().bytes();
      if (now.device().bytes() - used > REST) {
        if (type == FsWish.Type.XFS && now.mounted().isEmpty()) {
          return new Decision.Impossible<>(
              "an XFS grows only while it is mounted, and " + wish.device() + " is not");
        }
        todo.add(changes.grow(type, used));
      }
    }
    return Decision.change(List.copyOf(todo), wish.thing());
  }

  private Decision<FsState> away() {
    if (now.signatures().isEmpty()) {
      return Decision.ok(wish.thing());
    }
    String bears = wish.device() + " bears " + Signature.show(now.signatures());
    return hindered(bears + ", and ")
        .orElseGet(() -> Decision.change(changes.wipe(), wish.thing()));
  }
}
