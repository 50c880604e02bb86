package dev.hactl.modules.storage;

import dev.hactl.engine.module.Change;
import dev.hactl.engine.module.Content;
import dev.hactl.engine.module.Diff;
import dev.hactl.engine.module.Footprint;
import dev.hactl.engine.module.Guard;
import dev.hactl.engine.module.Impact;
import dev.hactl.engine.module.Sh;
import dev.hactl.engine.module.Step;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The single changes that can be made to the file system of a device. Pure. */
final class FsChanges {
  private final FsWish wish;
  private final FsState before;

  FsChanges(FsWish wish, FsState before) {
    this.wish = wish;
    this.before = before;
  }

  /** A file system on a device that bears nothing; looked at once more right before. */
  Change<FsState> make(FsWish.Type type) {
    return making(type, "make", false)
        .guard(new Guard(Signature.none(wish.device()), wish.device() + " is no longer empty"))
        .build();
  }

  /** The same over something else. */
  Change<FsState> replace(FsWish.Type type) {
    String bears = Signature.show(before.signatures());
    return making(type, "replace " + bears + " by", true)
        .guard(same())
        .impact(
            new Impact.Destructive(token(), "overwrites %s on %s".formatted(bears, wish.device())))
        .build();
  }

  /** The same once more after an interruption: nobody ever used what is there. */
  Change<FsState> again(FsWish.Type type, Signature seen) {
    return making(type, "make again what was interrupted:", true)
        .guard(same())
        .diff(Diff.of(wish.device(), new Diff.Property("unfinished", seen.uuid(), "")))
        .build();
  }

  /** What consents to losing what is there: bound to it, so that old consent never fits. */
  private String token() {
    return before.signatures().stream()
        .map(Signature::uuid)
        .filter(u -> !u.isEmpty())
        .findFirst()
        .map(u -> wish.device() + "@" + u)
        .orElse(wish.device());
  }

  /** The device still bears what the plan saw. */
  private Guard same() {
    String seen =
        before.signatures().stream()
            .map(s -> s.type() + " " + s.uuid())
            .sorted()
            .distinct()
            .collect(Collectors.joining("\n"));
    return new Guard(
        "o=$(wipefs --no-act --parsable -- "
            + Sh.quote(wish.device())
            + " | sed -n '/^#/d; s/^[^,]*,\\([^,]*\\),.*,\\([^,]*\\)$/\\2 \\1/p' | LC_ALL=C sort -u)\n"
            + "[ \"$o\" = "
            + Sh.quote(seen)
            + " ] || { printf '%s\\n' \"$o\"; exit 1; }",
        wish.device() + " bears something else than before");
  }

  private Change.Builder<FsState> making(FsWish.Type type, String verb, boolean over) {
    String note = Sh.quote(wish.note());
    String text =
        "set -e\nu="
            + wish.uuid().map(Sh::quote).orElse("$(cat /proc/sys/kernel/random/uuid)")
            + "\n(umask 077; mkdir -p /var/lib/hactl/mkfs)\n"
            + "printf 'type %s\\nuuid %s\\n' "
            + type.word()
            + " \"$u\" > "
            + note
            + ".new\nmv -f "
            + note
            + ".new "
            + note
            + "\nsync\n"
            // A mark at the end of the device or in a gap would outlive the new file system.
            + (over ? "wipefs --all -- " + Sh.quote(wish.device()) + " > /dev/null\n" : "")
            + command(type, over)
            + "\nsync\nrm -f "
            + note
            + "\n! command -v udevadm > /dev/null || udevadm settle --timeout=10 || :\n";
    Predicate<FsState> made =
        s ->
            s.signatures().size() == 1
                && s.signatures().getFirst().type().equals(type.word())
                && s.note().isEmpty();
    return Change.<FsState>to(
            "%s the file system %s on %s".formatted(verb, type.word(), wish.device()), made)
        .diff(
            Diff.of(
                wish.device(),
                new Diff.Property(
                    "bears",
                    before.signatures().isEmpty() ? "nothing" : Signature.show(before.signatures()),
                    "the file system " + type.word())))
        .step(Step.protectedSh(text, Duration.ofHours(1)))
        .intent("file system " + type.word() + " on " + wish.device())
        .touches(Footprint.of(wish.thing()));
  }

  /** mke2fs(8), mkfs.xfs(8), mkfs.btrfs(8), mkfs.fat(8), mkswap(8). */
  private String command(FsWish.Type type, boolean over) {
    var words = new ArrayList<String>();
    words.add(type.maker());
    switch (type) {
      // -F only lets it take a whole disk; to overwrite what is in use it would have to be doubled.
      case EXT2, EXT3, EXT4 -> words.addAll(List.of("-q", "-F", "-U", "\"$u\""));
      case XFS -> words.addAll(List.of("-q", "-m", "uuid=\"$u\""));
      case BTRFS -> words.addAll(List.of("-q", "-U", "\"$u\""));
      case VFAT -> {}
      case SWAP -> words.addAll(List.of("-U", "\"$u\""));
    }
    if (over && !type.ext() && type != FsWish.Type.VFAT) {
      words.add("-f");
    }
    wish.label().ifPresent(l -> words.addAll(List.of(labelOption(type), Sh.quote(l))));
    wish.options().forEach(o -> words.add(Sh.quote(o)));
    words.add("--");
    words.add(Sh.quote(wish.device()));
    return String.join(" ", words) + " > /dev/null";
  }

  private static String labelOption(FsWish.Type type) {
    return type == FsWish.Type.VFAT ? "-n" : "-L";
  }

  Change<FsState> uuid(FsWish.Type type, Signature seen) {
    String uuid = wish.uuid().orElseThrow();
    String device = Sh.quote(wish.device());
    String command =
        switch (type) {
          case EXT2, EXT3, EXT4 -> "tune2fs -U " + uuid + " " + device + " > /dev/null";
          case XFS -> "xfs_admin -U " + uuid + " " + device + " > /dev/null";
          case BTRFS -> "btrfstune -f -U " + uuid + " " + device;
          case SWAP -> "swaplabel -U " + uuid + " " + device;
          case VFAT -> "exit 1";
        };
    return attribute("UUID", seen.uuid(), uuid, command, s -> s.uuid().equalsIgnoreCase(uuid));
  }

  Change<FsState> label(FsWish.Type type, Signature seen) {
    String label = wish.label().orElseThrow();
    String word = Sh.quote(label);
    String device = Sh.quote(wish.device());
    String command =
        switch (type) {
          case EXT2, EXT3, EXT4 -> "tune2fs -L " + word + " " + device + " > /dev/null";
          case XFS ->
              "xfs_admin -L " + (label.isEmpty() ? "--" : word) + " " + device + " > /dev/null";
          case BTRFS -> "btrfs filesystem label " + device + " " + word;
          case SWAP -> "swaplabel -L " + word + " " + device;
          case VFAT -> "fatlabel " + device + " " + word + " > /dev/null";
        };
    return attribute("label", seen.label(), label, command, s -> s.label().equals(label));
  }

  private Change<FsState> attribute(
      String name, String from, String to, String command, Predicate<Signature> done) {
    return Change.<FsState>to(
            "set the %s of %s".formatted(name, wish.device()),
            s -> s.signatures().stream().anyMatch(done))
        .diff(Diff.of(wish.device(), new Diff.Property(name, from, to)))
        .guard(same())
        .step(Step.protectedSh(command + "\n", Step.DEADLINE))
        .touches(Footprint.of(wish.thing()))
        .build();
  }

  /** resize2fs(8) wants a check of what is not mounted first. */
  Change<FsState> grow(FsWish.Type type, long used) {
    String device = Sh.quote(wish.device());
    String text =
        type == FsWish.Type.XFS
            ? "xfs_growfs -- " + Sh.quote(before.mounted().orElseThrow()) + " > /dev/null\n"
            : before.mounted().isPresent()
                ? "resize2fs " + device + "\n"
                : "e2fsck -f -p "
                    + device
                    + " > /dev/null || [ \"$?\" = 1 ] || exit 1\nresize2fs "
                    + device
                    + "\n";
    return Change.<FsState>to(
            "grow the file system on " + wish.device(),
            s -> s.superBlock().filter(b -> b.bytes() > used).isPresent())
        .diff(
            Diff.of(
                wish.device(),
                new Diff.Property(
                    "size",
                    new Size(used).show(),
                    "all of " + new Size(before.device().bytes()).show())))
        .step(
            Step.protectedSh(
                text, Duration.ofMinutes(30).plus(Content.patience(before.device().bytes()))))
        .intent("size of the file system on " + wish.device())
        .touches(Footprint.of(wish.thing()))
        .build();
  }

  Change<FsState> wipe() {
    String bears = Signature.show(before.signatures());
    return Change.<FsState>to(
            "wipe %s off %s".formatted(bears, wish.device()), s -> s.signatures().isEmpty())
        .diff(Diff.of(wish.device(), new Diff.Property("bears", bears, "nothing")))
        .impact(new Impact.Destructive(token(), "wipes %s off %s".formatted(bears, wish.device())))
        .guard(same())
        .step(
            Step.protectedSh(
                "set -e\nwipefs --all -- "
                    + Sh.quote(wish.device())
                    + " > /dev/null\nrm -f "
                    + Sh.quote(wish.note())
                    + "\n",
                Step.DEADLINE))
        .intent("signatures of " + wish.device())
        .touches(Footprint.of(wish.thing()))
        .build();
  }
}
