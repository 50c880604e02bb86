package dev.hactl.modules.drbd;

import dev.hactl.engine.module.Change;
import dev.hactl.engine.module.Diff;
import dev.hactl.engine.module.Footprint;
import dev.hactl.engine.module.Guard;
import dev.hactl.engine.module.Impact;
import dev.hactl.engine.module.Members;
import dev.hactl.engine.module.Sh;
import dev.hactl.engine.module.Step;
import dev.hactl.engine.module.Thing;
import dev.hactl.modules.storage.Signature;
import java.time.Duration;
import java.util.ArrayList;

/** Metadata where none is, or in the place of something else. Pure. */
final class MetadataChange {
  /** Room for peers to come; each takes 32 KiB of a GiB, and more cannot be had later. */
  static final int SLOTS = 7;

  private final DrbdWish wish;

  MetadataChange(DrbdWish wish) {
    this.wish = wish;
  }

  /**
   * Metadata on a disk.
   *
   * @param over whether something would be lost
   * @param slots how many peers it has room for, as far as its format knows of that: with more than
   *     the other replicas have, a disk of the same size holds less, and DRBD does not connect it
   */
  Change<Members<DrbdState>> create(String member, DrbdState before, boolean over, int slots) {
    DrbdState.Disk disk = before.disk();
    String version = before.modern() ? "v09" : "v08";
    String peers = before.modern() ? " " + slots : "";
    String set = "r=" + Sh.quote(disk.real()) + "\n";
    String meta = "drbdmeta %d %s %s".formatted(wish.device(), version, DrbdProbe.layout(wish));
    String text =
        set
            + "set -e\n"
            + (over ? "wipefs --all -- \"$r\" > /dev/null\n" : "")
            + forced(meta)
            + " create-md"
            + peers
            + " < /dev/null\nsync\n";
    var change =
        Change.<Members<DrbdState>>to(
                (over ? "replace what %s bears by metadata of %s" : "create metadata on %s for %s")
                    .formatted(disk.path(), wish.resource()),
                m -> m.of(member).flatMap(DrbdState::generation).isPresent())
            .diff(
                Diff.of(
                    disk.path(), new Diff.Property("bears", bears(before), "DRBD metadata, new")))
            .intent("DRBD metadata of " + wish.resource() + " on " + disk.path())
            .step(Step.protectedSh(text, Duration.ofMinutes(30)))
            .touches(Footprint.of(Thing.path(disk.path())));
    if (over) {
      return change
          .guard(same(set, before.modern() ? forced(meta) : meta, before))
          .impact(
              new Impact.Destructive(
                  token(member, before),
                  "overwrites %s on %s of %s".formatted(bears(before), disk.path(), member)))
          .build();
    }
    String none =
        Signature.none(disk.real())
            + set
            + "o=$(dd if=\"$r\" bs=4096 count=1 2> /dev/null | tr -d '\\0' | head -c 1 | wc -c)\n"
            + "[ \"$o\" -eq 0 ] || exit 1\n"
            + "o=$("
            + meta
            + " dump-md 2>&1 < /dev/null | sed '/^bm/q')\n"
            + "case $o in *'No valid meta'*) ;; *) printf '%s\\n' \"$o\"; exit 1 ;; esac\n";
    return change.guard(new Guard(none, disk.path() + " is no longer empty")).build();
  }

  private static String forced(String meta) {
    return meta.replaceFirst("drbdmeta", "drbdmeta --force");
  }

  /** The disk still bears what the plan saw. */
  private static Guard same(String set, String meta, DrbdState before) {
    String signs =
        "o=$(wipefs --no-act --parsable -- \"$r\" | sed -n '/^#/d; s/^.*,\\([^,]*\\)$/\\1/p' |"
            + " LC_ALL=C sort -u | tr '\\n' ' ')\n[ \"$o\" = "
            + Sh.quote(
                before.disk().signatures().stream()
                    .map(s -> s.type() + " ")
                    .sorted()
                    .distinct()
                    .reduce("", String::concat))
            + " ] || { printf '%s\\n' \"$o\"; exit 1; }\n";
    String generation =
        before
            .generation()
            .map(g ->
                "o=$("
                    + meta
                    + " dump-md 2>&1 < /dev/null | sed '/^bm/q')\ncase $o in *"
                    + g.show()
                    + "*) ;; *) printf '%s\\n' \"$o\"; exit 1 ;; esac\n")
            .orElse("");
    return new Guard(set + signs + generation, before.disk().path() + " bears something else");
  }

  private static String bears(DrbdState state) {
    var words = new ArrayList<String>();
    state
        .generation()
        .ifPresent(g ->
            words.add(
                "a replica's metadata%s, current UUID %s"
                    .formatted(g.upToDate() ? " (it was UpToDate)" : "", g.show())));
    if (!state.disk().foreign().isEmpty()) {
      words.add(Signature.show(state.disk().foreign()));
    }
    if (words.isEmpty()) {
      return state.disk().blank() ? "nothing" : "data that no tool recognises";
    }
    return String.join(" and ", words);
  }

  /** What consents to losing what is there: bound to it, so that old consent never fits. */
  private static String token(String member, DrbdState state) {
    return state
        .generation()
        .map(Generation::show)
        .or(() ->
            state.disk().foreign().stream()
                .map(Signature::uuid)
                .filter(u -> !u.isEmpty())
                .findFirst())
        .map(u -> state.disk().path() + "@" + u)
        .orElse(member + ":" + state.disk().path());
  }
}
