package dev.hactl.modules.storage;

import dev.hactl.engine.module.BadValue;
import dev.hactl.engine.module.Decision;
import dev.hactl.engine.module.Form;
import dev.hactl.engine.module.HactlModule;
import dev.hactl.engine.module.HostModule;
import dev.hactl.engine.module.Manual;
import dev.hactl.engine.module.Manual.Example;
import dev.hactl.engine.module.Manual.Return;
import dev.hactl.engine.module.Probe;
import dev.hactl.engine.module.Type;
import dev.hactl.engine.module.Types;
import dev.hactl.engine.value.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/** A volume group and a logical volume in it. */
@HactlModule("lvm")
public final class Lvm implements HostModule<LvmWish, LvmState> {

  /** Whether it is there. */
  enum State {
    PRESENT,
    ABSENT
  }

  private static final Type.Plain<String> NAME =
      Types.NAME.map(
          "LVM name",
          name -> {
            if (!name.matches("[A-Za-z0-9_+.][A-Za-z0-9_+.-]{0,126}") || name.matches("\\.\\.?")) {
              throw new BadValue("'" + name + "' cannot name a volume", "see lvm(8), NAMES");
            }
            return name;
          });

  private static final Type.Plain<List<String>> WORDS =
      Types.NAME.map(
          "words",
          text -> {
            List<String> words =
                text.isBlank() ? List.of() : List.of(text.strip().split("\\s+", -1));
            for (String word : words) {
              if (word.matches("-y|--yes|-f+|--force")) {
                throw new BadValue(
                    "'" + word + "' would let LVM overwrite anything", "say 'force: true' instead");
              }
            }
            return words;
          });

  /** A size, or a share of the group such as {@code 100%FREE}. */
  private record Extent(Optional<Size> size, Optional<String> share) {
    static Extent parse(String text) {
      return text.matches("(100|[1-9]\\d?)%(VG|FREE|PVS)")
          ? new Extent(Optional.empty(), Optional.of(text))
          : new Extent(Optional.of(Size.parse(text)), Optional.empty());
    }
  }

  private static final String CONSENT = "b2f1c3d4-0001-4f5c-9a55-1e8c7d3f2b13";

  @Override
  public Manual manual() {
    return Manual.state(
            "Manage a volume group and a logical volume",
            """
            Makes the group of its physical volumes, adds those that it lacks (one that the task \
            does not name stays), and makes, extends or activates the volume (lvm(8)). A disk that \
            bears anything that wipefs(8) knows is refused, with the fact; with 'force: true' the \
            consent that is named, 'DISK@UUID', lets it be overwritten. A volume is never made \
            smaller, and one that bears DRBD metadata grows only while it is in use. A new volume \
            is not wiped: what an earlier one left in its blocks is seen by 'filesystem', which \
            refuses to overwrite it. Removing a volume needs 'GROUP/VOLUME@UUID'; one that is in \
            use, and a group that still holds volumes, is refused.\
            """,
            Example.on(
                "wipefs -a /dev/ubdb >/dev/null",
                "A volume for a replica",
                """
                - lvm:
                    vg: vgsky
                    pvs: /dev/ubdb
                    lv: skydata
                    size: 64M
                """),
            Example.on(
                "wipefs -a /dev/ubdb >/dev/null; vgcreate -q vgsky /dev/ubdb;"
                    + " lvcreate -q -n skydata -L 32M vgsky",
                "A volume that is made larger",
                """
                - lvm:
                    vg: vgsky
                    lv: skydata
                    size: 64M
                """),
            Example.on(
                "wipefs -a /dev/ubdb >/dev/null; mkswap -q -U " + CONSENT + " /dev/ubdb",
                "A disk whose swap area may go, by name",
                """
                - lvm:
                    vg: vgsky
                    pvs: /dev/ubdb
                    force: true
                  allow: /dev/ubdb@%s
                """
                    .formatted(CONSENT)))
        .testedOn(Manual.LabLevel.MACHINE)
        .returning(
            new Return("vg", "the volume group"),
            new Return("lv", "the logical volume"),
            new Return("device", "its device"),
            new Return("size", "its size in bytes"));
  }

  @Override
  public Form<LvmWish> form() {
    var form = Form.builder();
    var vg = form.required("vg", NAME, "The volume group.");
    var pvs =
        form.optional(
            "pvs",
            Types.listOf(Types.PATH),
            List.of(),
            "Its physical volumes; needed to make one.");
    var lv = form.optional("lv", NAME, "The logical volume; left out, only the group is managed.");
    var size =
        form.optional(
            "size",
            Types.NAME.map("size or share", Extent::parse),
            "How large the volume is: bytes, or with a unit such as 10G; or a share such as"
                + " 100%FREE, which counts only when it is made.");
    var state =
        form.optional("state", Types.oneOf(State.class), State.PRESENT, "Whether it is there.");
    var force =
        form.optional(
            "force", Types.BOOL, false, "Overwrite what a disk bears, with the consent named.");
    var resize =
        form.optional("resizefs", Types.BOOL, false, "Let the file system grow with the volume.");
    var vgOptions = form.optional("vg_options", WORDS, List.of(), "Further words for vgcreate.");
    var opts = form.optional("opts", WORDS, List.of(), "Further words for lvcreate.");
    return form.into(a -> {
      if (a.get(size).isPresent() && a.get(lv).isEmpty()) {
        throw new BadValue("'size' is the size of a logical volume: give its 'lv'");
      }
      return new LvmWish(
          a.get(vg),
          a.get(pvs),
          a.get(lv),
          a.get(size).flatMap(Extent::size),
          a.get(size).flatMap(Extent::share),
          a.get(state) == State.PRESENT,
          a.get(force),
          a.get(resize),
          a.get(vgOptions),
          a.get(opts));
    });
  }

  @Override
  public Probe<LvmState> probe(LvmWish wish) {
    return LvmState.probe(wish);
  }

  @Override
  public Decision<LvmState> plan(LvmWish wish, LvmState now) {
    return new LvmPlan(wish, now).decide();
  }

  @Override
  public Value.Dict result(LvmWish wish, LvmState now) {
    var fields = new LinkedHashMap<String, Value>();
    fields.put("vg", Value.text(wish.group()));
    now.volume(wish)
        .ifPresent(v -> {
          fields.put("lv", Value.text(v.name()));
          fields.put("device", Value.text(wish.device()));
          fields.put("size", Value.number(v.bytes()));
        });
    return new Value.Dict(fields);
  }
}
