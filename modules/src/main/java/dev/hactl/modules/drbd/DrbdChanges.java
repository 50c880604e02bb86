package dev.hactl.modules.drbd;

import dev.hactl.engine.module.Change;
import dev.hactl.engine.module.Content;
import dev.hactl.engine.module.Diff;
import dev.hactl.engine.module.Footprint;
import dev.hactl.engine.module.Guard;
import dev.hactl.engine.module.Impact;
import dev.hactl.engine.module.Members;
import dev.hactl.engine.module.Probe;
import dev.hactl.engine.module.Settle;
import dev.hactl.engine.module.Sh;
import dev.hactl.engine.module.Step;
import dev.hactl.engine.module.Thing;
import dev.hactl.modules.storage.Size;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** The single changes that can be made to a resource. Pure. */
final class DrbdChanges {
  private static final Duration CONNECT = Duration.ofMinutes(1);
  private final DrbdWish wish;
  private final String name;

  DrbdChanges(DrbdWish wish) {
    this.wish = wish;
    this.name = Sh.quote(wish.resource());
  }

  /**
   * What DRBD would do on a member with a file that is not there yet; writes nothing. The text may
   * hold a shared secret, so it is in no program's words.
   */
  Probe<Adjustment> rehearse(String text) {
    String with = "include \"/etc/drbd.d/global_common.conf\";\n" + text;
    return Probe.sh(
            Sh.fed("drbdadm -c - -d adjust " + name + " 2>&1", 0, with) + ":\n",
            a -> Adjustment.parse(a.text()))
        .shared();
  }

  private Predicate<Members<DrbdState>> on(String member, Predicate<DrbdState> holds) {
    return m -> m.of(member).filter(holds).isPresent();
  }

  Change<Members<DrbdState>> write(String member, DrbdState before, String text) {
    boolean secret = wish.secret(text);
    String old = before.file().orElse("");
    return Change.<Members<DrbdState>>to(
            (before.file().isPresent() ? "update " : "write ") + wish.path(),
            on(member, s -> s.file().equals(Optional.of(text))))
        .diff(
            new Diff.Lines(
                wish.path(),
                wish.own().map(Content::source).orElse(""),
                old,
                text,
                secret || wish.secret(old)))
        .step(
            new Step.Put(
                wish.path(),
                Content.of(text, secret, wish.own().map(Content::source).orElse("")),
                Optional.empty(),
                Optional.empty(),
                secret ? Optional.of("0600") : Optional.empty(),
                false,
                Optional.of("drbdadm -c %s sh-nop")))
        .touches(Footprint.of(wish.thing()))
        .build();
  }

  /**
   * For how many peers the metadata of a replica of DRBD 9 that runs has room; 0 when it does not
   * tell. Only the disk knows: drbdsetup(8) shows nothing of it. With {@code -} for its minor, and
   * with force, drbdmeta(8) reads the metadata of a disk in use; it writes nothing.
   */
  Probe<Integer> slots(DrbdState state) {
    return Probe.sh(
            "r="
                + Sh.quote(state.disk().real())
                + "\ndrbdmeta --force - v09 "
                + DrbdProbe.layout(wish)
                + " dump-md 2> /dev/null < /dev/null | sed '/^peer/q'\n:\n",
            a -> Generation.slots(a.text()))
        .shared();
  }

  /**
   * Metadata on a disk.
   *
   * @param over whether something would be lost
   * @param slots how many peers it has room for
   */
  Change<Members<DrbdState>> create(String member, DrbdState before, boolean over, int slots) {
    return new MetadataChange(wish).create(member, before, over, slots);
  }

  Change<Members<DrbdState>> up(String member) {
    return Change.<Members<DrbdState>>to("bring up " + wish.resource(), joined(member))
        .diff(Diff.of(wish.resource(), new Diff.Property("state", "down", "up")))
        .step(
            Step.sh(
                "[ -e /proc/drbd ] || modprobe drbd || exit 1\ndrbdadm adjust "
                    + name
                    + " < /dev/null\n"))
        .settle(Settle.within(CONNECT))
        .touches(Footprint.of(Thing.path(wish.devicePath()), Thing.path(wish.disk())))
        .build();
  }

  /** Up with its disk and as configured, and connected where that holds for all. */
  private Predicate<Members<DrbdState>> joined(String member) {
    Predicate<DrbdState> ready =
        s ->
            s.replica().filter(r -> !r.disk().equals("Diskless")).isPresent()
                && s.adjustment().empty();
    return m ->
        on(member, ready).test(m)
            && (!m.everywhere(ready)
                || on(member, s -> s.replica().filter(Replica::connected).isPresent()).test(m));
  }

  Change<Members<DrbdState>> adjust(String member, Adjustment pending) {
    boolean interrupts = pending.effect() == Adjustment.Effect.INTERRUPTS;
    return Change.<Members<DrbdState>>to(
            "adjust " + wish.resource() + " to its configuration",
            pending.effect() == Adjustment.Effect.OPTIONS
                ? on(member, s -> s.adjustment().empty())
                : joined(member))
        .diff(
            new Diff.Lines(
                "drbdadm adjust " + wish.resource(),
                "",
                "",
                String.join("\n", pending.commands()) + "\n",
                false))
        .step(Step.sh("drbdadm adjust " + name + " < /dev/null\n"))
        .impact(
            interrupts
                ? new Impact.Disruptive("interrupts the replication of " + wish.resource())
                : Impact.none())
        .settle(Settle.within(CONNECT))
        .touches(Footprint.of(Thing.path(wish.devicePath())))
        .build();
  }

  private Guard stillNew() {
    return new Guard(
        "o=$(drbdadm dstate "
            + name
            + ") && [ -n \"$o\" ] || exit 1\n"
            + "! printf '%s\\n' \"$o\" | tr / '\\n' | grep -v '^Inconsistent$'\n",
        "a replica of " + wish.resource() + " is no longer new");
  }

  private static boolean inSync(Members<DrbdState> members) {
    return members.complete()
        && members.everywhere(s ->
            s.replica().filter(r -> r.upToDate() && r.connected() && !r.syncing()).isPresent());
  }

  private Settle patience() {
    return new Settle(wish.deadline(), Duration.ZERO, wish.stall());
  }

  Change<Members<DrbdState>> declareEqual() {
    return Change.<Members<DrbdState>>to(
            "declare the empty replicas of " + wish.resource() + " equal", DrbdChanges::inSync)
        .diff(Diff.of(wish.resource(), new Diff.Property("disk", "Inconsistent", "UpToDate")))
        .guard(stillNew())
        .step(Step.sh("drbdadm new-current-uuid --clear-bitmap " + name + " < /dev/null\n"))
        .settle(Settle.within(CONNECT))
        .touches(Footprint.of(Thing.path(wish.devicePath())))
        .build();
  }

  /** Cut off in the middle, the source would stay Primary, and no later run would know why. */
  Change<Members<DrbdState>> copy(String source, List<String> targets) {
    String to = String.join(" and ", targets);
    String back =
        wish.primary().filter(source::equals).isPresent() ? "" : " && drbdadm secondary " + name;
    Predicate<Members<DrbdState>> begun =
        on(source, s -> s.replica().filter(Replica::upToDate).isPresent());
    return Change.<Members<DrbdState>>to(
            "copy the disk of %s to %s as %s".formatted(source, to, wish.resource()),
            wish.waits() ? DrbdChanges::inSync : begun)
        .diff(Diff.of(wish.resource(), new Diff.Property("disk", "Inconsistent", "UpToDate")))
        .impact(
            new Impact.Destructive(
                wish.resource() + "@" + source,
                "copies the disk of %s over that of %s".formatted(source, to)))
        .guard(stillNew())
        .step(
            Step.protectedSh(
                "drbdadm primary --force " + name + " < /dev/null" + back + "\n", Step.DEADLINE))
        .settle(wish.waits() ? patience() : Settle.within(CONNECT))
        .touches(Footprint.of(Thing.path(wish.devicePath())))
        .build();
  }

  Change<Members<DrbdState>> wait(Members<DrbdState> seen) {
    long left =
        seen.observed().values().stream()
            .flatMap(s -> s.replica().stream())
            .mapToLong(Replica::outOfSync)
            .max()
            .orElse(0);
    return Change.<Members<DrbdState>>to(
            "wait until %s is in sync, %s to go"
                .formatted(wish.resource(), new Size(left * 1024).show()),
            DrbdChanges::inSync)
        .diff(
            Diff.of(
                wish.resource(),
                new Diff.Property("out of sync", new Size(left * 1024).show(), "nothing")))
        .step(Step.sh(":\n"))
        .settle(patience())
        .build();
  }

  Change<Members<DrbdState>> promote(String member) {
    return Change.<Members<DrbdState>>to(
            "make %s the Primary of %s".formatted(member, wish.resource()),
            on(member, s -> s.replica().filter(Replica::primary).isPresent()))
        .diff(Diff.of(wish.resource(), new Diff.Property("role", "Secondary", "Primary")))
        .step(Step.sh("drbdadm primary " + name + " < /dev/null\n"))
        .settle(Settle.within(CONNECT))
        .touches(Footprint.of(Thing.path(wish.devicePath())))
        .build();
  }
}
