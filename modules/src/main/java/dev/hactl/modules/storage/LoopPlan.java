package dev.hactl.modules.storage;

import dev.hactl.engine.module.Change;
import dev.hactl.engine.module.Decision;
import dev.hactl.engine.module.Thing;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Decides about an image and its loop device. Pure. */
final class LoopPlan {
  private final LoopWish wish;
  private final LoopState now;
  private final LoopChanges changes;

  LoopPlan(LoopWish wish, LoopState now) {
    this.wish = wish;
    this.now = now;
    this.changes = new LoopChanges(wish, now);
  }

  /** The verdict. */
  Decision<LoopState> decide() {
    if (!now.losetup()) {
      return new Decision.Blocked<>(
          Thing.command("losetup"), "there is no losetup on this host (package util-linux)");
    }
    Optional<LoopDevice> orphan = now.attached().stream().filter(LoopDevice::deleted).findFirst();
    if (orphan.isPresent()) {
      return refused(
          "%s is still attached to a deleted image %s, which may hold the only copy of its data:"
                  .formatted(orphan.get().path(), wish.path())
              + " save that first, then detach it");
    }
    return switch (wish.state()) {
      case ATTACHED -> image();
      case DETACHED, ABSENT -> away();
    };
  }

  private static Decision<LoopState> refused(String why) {
    return new Decision.Refused<>(why);
  }

  private Decision<LoopState> image() {
    return switch (now.image().kind()) {
      case OTHER ->
          refused(wish.path() + " is there and is no regular file: it is never replaced by one");
      case MISSING -> missing();
      case FILE -> sized();
    };
  }

  private Decision<LoopState> missing() {
    if (wish.size().isEmpty()) {
      return new Decision.Blocked<>(
          Thing.path(wish.path()),
          "there is no image " + wish.path() + "; give its 'size' to make one");
    }
    if (!now.image().parent()) {
      return new Decision.Blocked<>(
          Thing.path(wish.directory()), "there is no directory " + wish.directory());
    }
    return attach(new ArrayList<>(List.of(changes.create(wish.size().get()))));
  }

  private Decision<LoopState> sized() {
    LoopState.Image image = now.image();
    var todo = new ArrayList<Change<LoopState>>();
    if (wish.size().isEmpty() || wish.size().get().bytes() == image.bytes()) {
      return attach(todo);
    }
    long wanted = wish.size().get().bytes();
    String sizes =
        "%s holds %s and %s are wanted"
            .formatted(
                wish.path(), new Size(image.bytes()).show(), wish.size().orElseThrow().show());
    if (wanted < image.bytes()) {
      return refused(sizes + ": an image is never made smaller, its end would be lost");
    }
    if (!wish.grow()) {
      return refused(sizes + ": an image that is there is made larger only with 'grow: true'");
    }
    Optional<Signature> last = image.signatures().stream().filter(Signature::atTheEnd).findFirst();
    if (last.isPresent()) {
      return refused(
          sizes
              + ", but it bears "
              + last.get().show()
              + " at its end, which would no longer be found there");
    }
    todo.add(changes.grow(wish.size().get()));
    return attach(todo);
  }

  private Decision<LoopState> attach(List<Change<LoopState>> todo) {
    Optional<String> clash = clash();
    if (clash.isPresent()) {
      return refused(clash.get());
    }
    List<LoopDevice> attached = now.attached();
    if (attached.isEmpty()) {
      todo.add(changes.attach());
    } else if (todo.isEmpty() && attached.getFirst().bytes() < now.image().bytes() / 512 * 512) {
      if (!wish.grow()) {
        return refused(
            "%s shows only %s of %s: it was made larger while attached; 'grow: true' lets the device see it"
                .formatted(
                    attached.getFirst().path(),
                    new Size(attached.getFirst().bytes()).show(),
                    wish.path()));
      }
      todo.add(changes.resize(attached.getFirst()));
    }
    if (wish.boot() && !now.systemd()) {
      return new Decision.Impossible<>(
          "systemd does not run here, so nothing would attach "
              + wish.path()
              + " at boot; say 'boot: false'");
    }
    todo.addAll(unit());
    return Decision.change(todo, wish.things());
  }

  /** What makes it impossible to attach the image, or to leave it as it is attached. */
  private Optional<String> clash() {
    List<LoopDevice> attached = now.attached();
    if (attached.size() > 1) {
      return Optional.of(
          "%s is attached twice, to %s and %s: two users would destroy each other's data"
              .formatted(wish.path(), attached.getFirst().path(), attached.get(1).path()));
    }
    if (attached.isEmpty()) {
      return wish.device()
          .flatMap(now::device)
          .filter(d -> !d.free())
          .map(d -> d.path() + " is attached to " + d.file() + (d.deleted() ? ", deleted" : ""));
    }
    LoopDevice device = attached.getFirst();
    if (wish.device().filter(d -> !d.equals(device.path())).isPresent()) {
      return Optional.of(
          "%s is attached to %s, not to %s: detach it there first"
              .formatted(wish.path(), device.path(), wish.device().get()));
    }
    if (device.offset() != 0 || device.limit() != 0) {
      return Optional.of(
          "%s shows only a part of %s (offset %d, limit %d)"
              .formatted(device.path(), wish.path(), device.offset(), device.limit()));
    }
    if (device.autoclear()) {
      return Optional.of(
          device.path()
              + " is detached as soon as its last user goes (autoclear): it was made by mount(8),"
              + " or somebody detached it while it was in use");
    }
    return device.readOnly()
        ? Optional.of(device.path() + " is attached read-only")
        : Optional.empty();
  }

  private List<Change<LoopState>> unit() {
    boolean right =
        wish.wantsUnit()
            ? now.enabled() && now.unit().filter(LoopUnit.text(wish)::equals).isPresent()
            : !now.enabled() && now.unit().isEmpty();
    if (right) {
      return List.of();
    }
    return List.of(wish.wantsUnit() ? changes.unit() : changes.noUnit());
  }

  private Decision<LoopState> away() {
    List<LoopDevice> attached = now.attached();
    boolean remove = wish.state() == LoopWish.State.ABSENT;
    if (remove && now.image().kind() == LoopState.Kind.OTHER) {
      return refused(wish.path() + " is no regular file, so it is not removed");
    }
    if (attached.isEmpty()) {
      var todo = new ArrayList<>(unit());
      if (remove && now.image().kind() == LoopState.Kind.FILE) {
        todo.add(changes.remove());
      }
      return Decision.change(todo, wish.things());
    }
    return Decision.ask(
        LoopUsers.probe(),
        users -> {
          for (LoopDevice device : attached) {
            Optional<String> user = users.of(device);
            if (user.isPresent()) {
              return refused(device.path() + " is in use: " + user.get());
            }
          }
          var todo = new ArrayList<Change<LoopState>>(unit());
          attached.forEach(d -> todo.add(changes.detach(d)));
          if (remove && now.image().kind() == LoopState.Kind.FILE) {
            todo.add(changes.remove());
          }
          return Decision.change(todo, wish.things());
        });
  }
}
