package dev.hactl.modules.storage;

import dev.hactl.engine.module.Change;
import dev.hactl.engine.module.Decision;
import dev.hactl.engine.module.Thing;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Decides about a volume group and a logical volume. Pure. */
final class LvmPlan {
  private final LvmWish wish;
  private final LvmState now;
  private final LvmChanges changes;

  LvmPlan(LvmWish wish, LvmState now) {
    this.wish = wish;
    this.now = now;
    this.changes = new LvmChanges(wish, now);
  }

  /** The verdict. */
  Decision<LvmState> decide() {
    if (!now.tool()) {
      return new Decision.Blocked<>(
          Thing.command("lvm"), "there is no LVM on this host (package lvm2)");
    }
    return wish.present() ? present() : absent();
  }

  private static Decision<LvmState> refused(String why) {
    return new Decision.Refused<>(why);
  }

  private Decision<LvmState> present() {
    var fresh = new ArrayList<LvmState.Disk>();
    for (LvmState.Disk disk : now.disks()) {
      Optional<LvmState.Physical> known = now.physical(disk);
      if (known.filter(p -> p.group().equals(wish.group())).isPresent()) {
        continue;
      }
      Optional<Decision<LvmState>> unfit = unfit(disk, known);
      if (unfit.isPresent()) {
        return unfit.get();
      }
      fresh.add(disk);
    }
    var todo = new ArrayList<Change<LvmState>>();
    Optional<LvmState.Group> group = now.group(wish);
    if (group.isEmpty() && fresh.isEmpty()) {
      return new Decision.Blocked<>(
          wish.groupThing(), "there is no volume group " + wish.group() + "; give its 'pvs'");
    }
    if (group.isEmpty()) {
      todo.add(changes.createGroup(fresh));
    } else if (!fresh.isEmpty()) {
      todo.add(changes.extendGroup(fresh));
    }
    return wish.volume().isEmpty()
        ? Decision.change(todo, wish.things())
        : volume(todo, group, !fresh.isEmpty());
  }

  /** Why a disk cannot become part of the group. */
  private Optional<Decision<LvmState>> unfit(
      LvmState.Disk disk, Optional<LvmState.Physical> known) {
    String path = disk.path();
    if (disk.real().isEmpty()) {
      return Optional.of(new Decision.Blocked<>(Thing.path(path), "there is no device " + path));
    }
    Optional<String> other = known.map(LvmState.Physical::group).filter(g -> !g.isEmpty());
    if (other.isPresent()) {
      return Optional.of(refused("%s belongs to the volume group %s".formatted(path, other.get())));
    }
    if (!disk.users().isEmpty()) {
      return Optional.of(refused(path + " is in use: " + String.join(", ", disk.users())));
    }
    return switch (disk.reading()) {
      case FsState.Reading.NoTool n ->
          Optional.of(
              new Decision.Blocked<>(
                  Thing.command("wipefs"), "there is no wipefs on this host (package util-linux)"));
      case FsState.Reading.Failed f ->
          Optional.of(
              new Decision.Blocked<>(Thing.path(path), path + " cannot be read: " + f.why()));
      // A physical volume that LVM knows as nobody's holds nothing.
      case FsState.Reading.Done d
          when disk.signatures().isEmpty() || known.isPresent() || wish.force() ->
          Optional.empty();
      case FsState.Reading.Done d ->
          Optional.of(
              refused(
                  "%s bears %s: it is not overwritten"
                      .formatted(path, Signature.show(disk.signatures()))));
    };
  }

  private Decision<LvmState> volume(
      List<Change<LvmState>> todo, Optional<LvmState.Group> group, boolean moreRoom) {
    Optional<LvmState.Volume> volume = now.volume(wish);
    if (volume.isEmpty()) {
      if (wish.size().isEmpty() && wish.share().isEmpty()) {
        return new Decision.Blocked<>(
            Thing.path(wish.device()),
            "there is no logical volume " + wish.name() + "; give its 'size'");
      }
      if (!moreRoom && wish.size().isPresent() && group.isPresent()) {
        Optional<Decision<LvmState>> full = room(group.get(), wish.size().get().bytes());
        if (full.isPresent()) {
          return full.get();
        }
      }
      todo.add(changes.createVolume());
      return Decision.change(todo, wish.things());
    }
    Optional<Decision<LvmState>> unfit = sized(todo, group.orElseThrow(), volume.get(), moreRoom);
    if (unfit.isPresent()) {
      return unfit.get();
    }
    if (!volume.get().active()) {
      todo.add(changes.activate());
    }
    return Decision.change(todo, wish.things());
  }

  private Optional<Decision<LvmState>> room(LvmState.Group group, long bytes) {
    return new Size(bytes).roundedTo(group.extent()).bytes() <= group.free()
        ? Optional.empty()
        : Optional.of(
            new Decision.Impossible<>(
                "the volume group %s has only %s left, %s are wanted"
                    .formatted(
                        wish.group(), new Size(group.free()).show(), new Size(bytes).show())));
  }

  private Optional<Decision<LvmState>> sized(
      List<Change<LvmState>> todo, LvmState.Group group, LvmState.Volume volume, boolean moreRoom) {
    if (wish.size().isEmpty()) {
      return Optional.empty();
    }
    long wanted = wish.size().get().roundedTo(group.extent()).bytes();
    if (wanted == volume.bytes()) {
      return Optional.empty();
    }
    String sizes =
        "%s holds %s and %s are wanted"
            .formatted(wish.name(), new Size(volume.bytes()).show(), new Size(wanted).show());
    if (wanted < volume.bytes()) {
      return Optional.of(
          refused(sizes + ": a volume is never made smaller, its end would be lost"));
    }
    Optional<Signature> last = now.bears().stream().filter(Signature::atTheEnd).findFirst();
    if (last.isPresent() && !volume.open()) {
      return Optional.of(
          refused(
              "%s, but it bears %s at its end, which would no longer be found there"
                  .formatted(sizes, last.get().show())));
    }
    if (!moreRoom) {
      Optional<Decision<LvmState>> full = room(group, wanted - volume.bytes());
      if (full.isPresent()) {
        return full;
      }
    }
    todo.add(changes.extendVolume(volume, wanted));
    return Optional.empty();
  }

  private Decision<LvmState> absent() {
    Optional<LvmState.Group> group = now.group(wish);
    if (wish.volume().isPresent()) {
      Optional<LvmState.Volume> volume = now.volume(wish);
      if (volume.isEmpty()) {
        return Decision.ok(wish.things());
      }
      return volume.get().open()
          ? refused("the logical volume " + wish.name() + " is in use")
          : Decision.change(changes.removeVolume(volume.get()), wish.things());
    }
    if (group.isEmpty()) {
      return Decision.ok(wish.things());
    }
    List<String> left =
        now.volumes().stream()
            .filter(v -> v.group().equals(wish.group()))
            .map(LvmState.Volume::name)
            .toList();
    return left.isEmpty()
        ? Decision.change(changes.removeGroup(), wish.things())
        : refused(
            "the volume group %s still holds %s".formatted(wish.group(), String.join(", ", left)));
  }
}
