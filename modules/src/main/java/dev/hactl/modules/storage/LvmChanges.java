package dev.hactl.modules.storage;

import dev.hactl.engine.module.Change;
import dev.hactl.engine.module.Content;
import dev.hactl.engine.module.Diff;
import dev.hactl.engine.module.Footprint;
import dev.hactl.engine.module.Guard;
import dev.hactl.engine.module.Impact;
import dev.hactl.engine.module.Sh;
import dev.hactl.engine.module.Step;
import dev.hactl.engine.module.Thing;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The single changes that can be made to volumes. Pure.
 *
 * <p>LVM is never told to say yes: asked on /dev/null, it leaves a disk alone that bears something.
 */
final class LvmChanges {
  private static final String LVM = "LVM_SUPPRESS_FD_WARNINGS=1; export LVM_SUPPRESS_FD_WARNINGS\n";

  private final LvmWish wish;
  private final LvmState before;

  LvmChanges(LvmWish wish, LvmState before) {
    this.wish = wish;
    this.before = before;
  }

  Change<LvmState> createGroup(List<LvmState.Disk> disks) {
    return group("create the volume group ", "vgcreate", disks);
  }

  Change<LvmState> extendGroup(List<LvmState.Disk> disks) {
    return group("extend the volume group ", "vgextend", disks);
  }

  private Change<LvmState> group(String what, String command, List<LvmState.Disk> disks) {
    List<String> paths = disks.stream().map(LvmState.Disk::path).toList();
    var text = new StringBuilder("set -e\n" + LVM);
    List<LvmState.Disk> lost = disks.stream().filter(this::loses).toList();
    lost.forEach(
        d -> text.append("wipefs --all -- ").append(Sh.quote(d.path())).append(" > /dev/null\n"));
    var words = new ArrayList<>(List.of("lvm", command));
    if (command.equals("vgcreate")) {
      words.addAll(wish.groupOptions());
    }
    words.add("--");
    words.add(wish.group());
    words.addAll(paths);
    Predicate<LvmState> done =
        s ->
            s.group(wish).isPresent()
                && s.disks().stream()
                    .filter(d -> paths.contains(d.path()))
                    .allMatch(
                        d -> s.physical(d).filter(p -> p.group().equals(wish.group())).isPresent());
    var footprint = new ArrayList<>(List.of(wish.groupThing()));
    paths.forEach(p -> footprint.add(Thing.path(p)));
    Change.Builder<LvmState> change =
        Change.to(what + wish.group() + " on " + String.join(", ", paths), done)
            .diff(
                Diff.of(
                    wish.group(),
                    new Diff.Property("physical volumes", "", String.join(" ", paths))))
            .touches(new Footprint(footprint, false, false))
            .intent("volume group " + wish.group())
            .step(Step.protectedSh(text + Sh.words(words) + "\n", Step.DEADLINE));
    for (LvmState.Disk disk : disks) {
      if (!loses(disk) && before.physical(disk).isEmpty()) {
        change.guard(new Guard(Signature.none(disk.path()), disk.path() + " is no longer empty"));
      }
    }
    if (!lost.isEmpty()) {
      LvmState.Disk first = lost.getFirst();
      change.impact(
          new Impact.Destructive(
              token(first.path(), first.signatures()),
              lost.stream()
                  .map(d ->
                      "overwrites %s on %s".formatted(Signature.show(d.signatures()), d.path()))
                  .collect(Collectors.joining(", "))));
    }
    return change.build();
  }

  private boolean loses(LvmState.Disk disk) {
    return !disk.signatures().isEmpty() && before.physical(disk).isEmpty();
  }

  private static String token(String path, List<Signature> bears) {
    return bears.stream()
        .map(Signature::uuid)
        .filter(u -> !u.isEmpty())
        .findFirst()
        .map(u -> path + "@" + u)
        .orElse(path);
  }

  private Footprint volumeFootprint() {
    return Footprint.of(wish.groupThing(), Thing.path(wish.device()));
  }

  /** What an earlier volume left in these blocks stays, so that nobody takes it for nothing. */
  Change<LvmState> createVolume() {
    String size = wish.size().map(s -> "-L " + s.bytes() + "b").orElse("");
    String share = wish.share().map(s -> "-l " + Sh.quote(s)).orElse("");
    String volume = wish.volume().orElseThrow();
    return Change.<LvmState>to(
            "create the logical volume " + wish.name(), s -> s.volume(wish).isPresent())
        .diff(
            Diff.of(
                wish.name(),
                new Diff.Property(
                    "size", "", wish.size().map(Size::show).or(wish::share).orElse(""))))
        .step(
            Step.protectedSh(
                LVM
                    + "lvm lvcreate -q -Wn -Zn -n "
                    + Sh.quote(volume)
                    + " "
                    + size
                    + share
                    + " "
                    + Sh.words(wish.options())
                    + " -- "
                    + Sh.quote(wish.group())
                    + "\n"
                    + SETTLE,
                Step.DEADLINE))
        .intent("logical volume " + wish.name())
        .touches(volumeFootprint())
        .build();
  }

  private static final String SETTLE =
      "s=$?; ! command -v udevadm > /dev/null || udevadm settle --timeout=10; exit $s\n";

  Change<LvmState> extendVolume(LvmState.Volume volume, long bytes) {
    return Change.<LvmState>to(
            "extend the logical volume %s to %s".formatted(wish.name(), new Size(bytes).show()),
            s -> s.volume(wish).filter(v -> v.bytes() >= bytes).isPresent())
        .diff(
            Diff.of(
                wish.name(),
                new Diff.Property("size", new Size(volume.bytes()).show(), new Size(bytes).show())))
        .step(
            Step.protectedSh(
                LVM
                    + "lvm lvextend -q "
                    + (wish.resize() ? "-r " : "")
                    + "-L "
                    + bytes
                    + "b -- "
                    + Sh.quote(wish.name())
                    + "\n",
                Step.DEADLINE.plus(Content.patience(bytes))))
        .intent("logical volume " + wish.name())
        .touches(volumeFootprint())
        .build();
  }

  Change<LvmState> activate() {
    return Change.<LvmState>to(
            "activate the logical volume " + wish.name(),
            s -> s.volume(wish).filter(LvmState.Volume::active).isPresent())
        .diff(Diff.of(wish.name(), new Diff.Property("active", "no", "yes")))
        .step(Step.sh(LVM + "lvm lvchange -ay -- " + Sh.quote(wish.name()) + "\n" + SETTLE))
        .touches(volumeFootprint())
        .build();
  }

  Change<LvmState> removeVolume(LvmState.Volume volume) {
    String bears = before.bears().isEmpty() ? "whatever it holds" : Signature.show(before.bears());
    return Change.<LvmState>to(
            "remove the logical volume " + wish.name(), s -> s.volume(wish).isEmpty())
        .diff(Diff.of(wish.name(), new Diff.Property("state", "present", "absent")))
        .impact(
            new Impact.Destructive(
                wish.name() + "@" + volume.uuid(),
                "removes the logical volume %s (%s) with %s"
                    .formatted(wish.name(), new Size(volume.bytes()).show(), bears)))
        .step(
            Step.protectedSh(
                LVM + "lvm lvremove -q -f -- " + Sh.quote(wish.name()) + "\n", Step.DEADLINE))
        .touches(volumeFootprint())
        .build();
  }

  Change<LvmState> removeGroup() {
    return Change.<LvmState>to(
            "remove the empty volume group " + wish.group(), s -> s.group(wish).isEmpty())
        .diff(Diff.of(wish.group(), new Diff.Property("state", "present", "absent")))
        .step(
            Step.protectedSh(
                LVM + "lvm vgremove -q -- " + Sh.quote(wish.group()) + "\n", Step.DEADLINE))
        .touches(Footprint.of(wish.groupThing(), Thing.path(wish.device())))
        .build();
  }
}
