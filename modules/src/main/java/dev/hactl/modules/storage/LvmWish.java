package dev.hactl.modules.storage;

import dev.hactl.engine.module.Thing;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What an {@code lvm} task wants.
 *
 * @param group the volume group
 * @param disks its physical volumes; empty to leave them alone
 * @param volume the logical volume; empty when only the group is meant
 * @param size how large the volume is
 * @param share how large it is made, as a share such as {@code 50%FREE}; counts only then
 * @param force whether what a disk bears may be overwritten, with consent
 * @param resize whether the file system grows with the volume
 * @param groupOptions further words for vgcreate
 * @param options further words for lvcreate
 */
record LvmWish(
    String group,
    List<String> disks,
    Optional<String> volume,
    Optional<Size> size,
    Optional<String> share,
    boolean present,
    boolean force,
    boolean resize,
    List<String> groupOptions,
    List<String> options) {

  /** The volume as LVM names it. */
  String name() {
    return group + volume.map(v -> "/" + v).orElse("");
  }

  /** Its device. */
  String device() {
    return "/dev/" + name();
  }

  /** The group. */
  Thing groupThing() {
    return new Thing(Thing.Kind.OTHER, "volume group " + group);
  }

  /** What a verdict rests on. */
  Thing[] things() {
    var things = new ArrayList<Thing>();
    things.add(groupThing());
    things.add(Thing.path(device()));
    disks.forEach(d -> things.add(Thing.path(d)));
    return things.toArray(Thing[]::new);
  }
}
