package dev.hactl.modules.storage;

import dev.hactl.engine.module.Change;
import dev.hactl.engine.module.Content;
import dev.hactl.engine.module.Diff;
import dev.hactl.engine.module.Footprint;
import dev.hactl.engine.module.Guard;
import dev.hactl.engine.module.Impact;
import dev.hactl.engine.module.Probe;
import dev.hactl.engine.module.Sh;
import dev.hactl.engine.module.Step;
import dev.hactl.engine.module.Thing;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The single changes that can be made to an image and its device. Pure. */
final class LoopChanges {
  private final LoopWish wish;
  private final LoopState before;

  LoopChanges(LoopWish wish, LoopState before) {
    this.wish = wish;
    this.before = before;
  }

  /** It appears under its name only when it is complete, and never in the place of another file. */
  Change<LoopState> create(Size size) {
    String bytes = Long.toString(size.bytes());
    String fill =
        wish.preallocate()
            ? "fallocate -l "
                + bytes
                + " -- \"$n\" 2> /dev/null || head -c "
                + bytes
                + " /dev/zero > \"$n\"\n"
            : "truncate -s " + bytes + " -- \"$n\"\n";
    return Change.<LoopState>to(
            "create the image " + wish.path() + " of " + size.show(),
            s -> s.image().kind() == LoopState.Kind.FILE && s.image().bytes() == size.bytes())
        .diff(
            Diff.of(
                wish.path(),
                new Diff.Property("state", "absent", "present"),
                new Diff.Property("size", "", size.show()),
                new Diff.Property("blocks", "", wish.preallocate() ? "allocated" : "sparse")))
        .step(
            slow(
                "set -e\numask 077\n"
                    + variables()
                    + "trap 'rm -f -- \"$n\"' EXIT\n"
                    + "rm -f -- \"$n\"\n: > \"$n\"\n"
                    + fill
                    + "sync\n"
                    // A link never replaces what is there; a file system without links has only mv.
                    + "ln -- \"$n\" \"$p\" 2> /dev/null || {\n"
                    + "  if [ -e \"$p\" ] || [ -h \"$p\" ]; then\n"
                    + "    printf '%s appeared meanwhile and is not replaced\\n' \"$p\" >&2; exit 1\n"
                    + "  fi\n"
                    + "  mv -- \"$n\" \"$p\"\n}\n",
                size))
        .touches(Footprint.of(Thing.path(wish.path())))
        .build();
  }

  private String variables() {
    String slash = wish.directory().equals("/") ? "/" : wish.directory() + "/";
    return "p="
        + Sh.quote(wish.path())
        + " n="
        + Sh.quote(slash + "." + wish.name() + ".hactl-new")
        + "\n";
  }

  private static Step slow(String text, Size size) {
    return new Step.Script(
        text,
        Probe.Trust.BUILT_IN,
        Step.Interruption.INTERRUPTIBLE,
        Step.DEADLINE.plus(Content.patience(size.bytes())),
        Optional.empty(),
        false);
  }

  Change<LoopState> grow(Size size) {
    List<LoopDevice> attached = before.attached();
    String bytes = Long.toString(size.bytes());
    String path = Sh.quote(wish.path());
    String more =
        wish.preallocate()
            ? "fallocate -l " + bytes + " -- " + path + "\n"
            : "truncate -s " + bytes + " -- " + path + "\n";
    return Change.<LoopState>to(
            "grow " + wish.path() + " to " + size.show(),
            s ->
                s.image().bytes() == size.bytes()
                    && s.attached().stream().allMatch(d -> d.bytes() == size.bytes() / 512 * 512))
        .diff(
            Diff.of(
                wish.path(),
                new Diff.Property("size", new Size(before.image().bytes()).show(), size.show())))
        .guard(
            new Guard(
                "s=$(stat -L -c %s -- "
                    + path
                    + ") || exit 1; [ \"$s\" -le "
                    + bytes
                    + " ] || { echo \"$s\"; exit 1; }",
                wish.path() + " is larger than it was"))
        .step(slow("set -e\n" + more + reread(attached), size))
        .touches(footprint(attached))
        .build();
  }

  Change<LoopState> resize(LoopDevice device) {
    long bytes = before.image().bytes() / Size.SECTOR * Size.SECTOR;
    return Change.<LoopState>to(
            "let " + device.path() + " see all of " + wish.path(),
            s -> s.attached().stream().allMatch(d -> d.bytes() == bytes))
        .diff(
            Diff.of(
                device.path(),
                new Diff.Property("size", new Size(device.bytes()).show(), new Size(bytes).show())))
        .step(Step.sh("set -e\n" + reread(List.of(device))))
        .touches(footprint(List.of(device)))
        .build();
  }

  private static String reread(List<LoopDevice> devices) {
    var text = new StringBuilder();
    devices.forEach(d -> text.append("losetup -c ").append(d.path()).append('\n'));
    return text.toString();
  }

  private Footprint footprint(List<LoopDevice> devices) {
    var things = new ArrayList<Thing>();
    things.add(Thing.path(wish.path()));
    devices.forEach(d -> things.add(Thing.path(d.path())));
    return new Footprint(things, false, false);
  }

  Change<LoopState> attach() {
    String device = wish.device().orElse("");
    String likely = wish.device().orElseGet(before::nextFree);
    return Change.<LoopState>to(
            "attach " + wish.path() + " to " + wish.device().orElse("the next free loop device"),
            s -> s.attached().stream().anyMatch(d -> device.isEmpty() || d.path().equals(device)))
        .diff(Diff.of(wish.path(), new Diff.Property("loop device", "none", likely)))
        .step(
            Step.sh(
                "set -- " + Sh.words(List.of(wish.path(), device)) + "\n" + LoopUnit.ATTACH + "\n"))
        .touches(Footprint.of(Thing.path(likely), new Thing(Thing.Kind.KERNEL, "loop devices")))
        .build();
  }

  Change<LoopState> detach(LoopDevice device) {
    return Change.<LoopState>to(
            "detach " + device.path(),
            s -> s.attached().stream().noneMatch(d -> d.number() == device.number()))
        .diff(Diff.of(device.path(), new Diff.Property("image", wish.path(), "none")))
        .impact(new Impact.Disruptive("detaches " + device.path() + " from " + wish.path()))
        .step(Step.sh("losetup -d " + device.path() + "\n"))
        .touches(
            Footprint.of(Thing.path(device.path()), new Thing(Thing.Kind.KERNEL, "loop devices")))
        .build();
  }

  Change<LoopState> remove() {
    LoopState.Image image = before.image();
    String bears =
        image.signatures().isEmpty()
            ? "data that is nowhere else"
            : Signature.show(image.signatures());
    return Change.<LoopState>to(
            "remove the image " + wish.path(), s -> s.image().kind() == LoopState.Kind.MISSING)
        .diff(Diff.of(wish.path(), new Diff.Property("state", "present", "absent")))
        .impact(
            image.written()
                ? new Impact.Destructive(
                    wish.path(),
                    "removes %s (%s) with %s"
                        .formatted(wish.path(), new Size(image.bytes()).show(), bears))
                : Impact.none())
        .step(Step.sh("rm -f -- " + Sh.quote(wish.path()) + "\n"))
        .touches(Footprint.of(Thing.path(wish.path())))
        .build();
  }

  Change<LoopState> unit() {
    String text = LoopUnit.text(wish);
    return Change.<LoopState>to(
            "attach " + wish.path() + " at every boot, by " + wish.unit(),
            s -> s.enabled() && s.unit().filter(text::equals).isPresent())
        .diff(new Diff.Lines(wish.unitFile(), "", before.unit().orElse(""), text, false))
        .step(Step.put(wish.unitFile(), Content.of(text, false, "")))
        .step(
            Step.sh(
                "systemctl daemon-reload && systemctl -q --no-ask-password enable -- "
                    + Sh.quote(wish.unit())
                    + "\n"))
        .touches(unitFootprint())
        .build();
  }

  Change<LoopState> noUnit() {
    return Change.<LoopState>to(
            "no longer attach " + wish.path() + " at boot", s -> !s.enabled() && s.unit().isEmpty())
        .diff(new Diff.Lines(wish.unitFile(), "", before.unit().orElse(""), "", false))
        .step(
            Step.sh(
                "rm -f -- "
                    + Sh.words(List.of(wish.unitLink(), wish.unitFile()))
                    + "\nrmdir -- "
                    + Sh.quote(wish.unitLink().substring(0, wish.unitLink().lastIndexOf('/')))
                    + " 2> /dev/null || :\n"
                    + "[ ! -d /run/systemd/system ] || systemctl daemon-reload\n"))
        .touches(unitFootprint())
        .build();
  }

  private Footprint unitFootprint() {
    return Footprint.of(
        Thing.unit(wish.unit()), Thing.path(wish.unitFile()), Thing.path(wish.unitLink()));
  }
}
