package dev.hactl.modules.storage;

import dev.hactl.engine.module.Thing;
import java.util.Optional;

/**
 * What a {@code losetup} task wants.
 *
 * @param path the image
 * @param size how large it is; empty when it must be there already
 * @param device the device it is attached to; empty for the next free one
 * @param boot whether a unit attaches it at every boot
 * @param preallocate whether a new image gets its blocks at once
 * @param grow whether a smaller image may be made larger
 * @param unit the name of that unit
 */
record LoopWish(
    String path,
    Optional<Size> size,
    Optional<String> device,
    State state,
    boolean boot,
    boolean preallocate,
    boolean grow,
    String unit) {

  /** What is wanted. */
  enum State {
    ATTACHED,
    DETACHED,
    ABSENT
  }

  private static final String DIRECTORY = "/etc/systemd/system/";

  /** The unit's file. */
  String unitFile() {
    return DIRECTORY + unit;
  }

  /** The link that pulls the unit in at boot. */
  String unitLink() {
    return DIRECTORY + LoopUnit.TARGET + ".wants/" + unit;
  }

  /** The image's directory. */
  String directory() {
    int slash = path.lastIndexOf('/');
    return slash == 0 ? "/" : path.substring(0, slash);
  }

  /** The image's name in its directory. */
  String name() {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  /** Whether the unit is wanted. */
  boolean wantsUnit() {
    return boot && state == State.ATTACHED;
  }

  /** What a verdict rests on. */
  Thing[] things() {
    return new Thing[] {
      Thing.path(path),
      Thing.path(unitFile()),
      Thing.path(unitLink()),
      device.map(Thing::path).orElseGet(() -> new Thing(Thing.Kind.KERNEL, "loop devices"))
    };
  }
}
