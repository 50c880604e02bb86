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
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;

/** A file system on a device. */
@HactlModule("filesystem")
public final class Filesystem implements HostModule<FsWish, FsState> {

  /** Whether there is one. */
  enum State {
    PRESENT,
    ABSENT
  }

  private static final Type.Plain<String> UUID =
      Types.NAME.map(
          "UUID",
          text -> {
            String uuid = text.toLowerCase(Locale.ROOT);
            if (!uuid.matches("[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}")) {
              throw new BadValue("'" + text + "' is not a UUID");
            }
            return uuid;
          });

  private static final Type.Plain<List<String>> OPTIONS =
      Types.NAME.map(
          "words",
          text -> {
            List<String> words =
                text.isBlank() ? List.of() : List.of(text.strip().split("\\s+", -1));
            for (String word : words) {
              if (word.matches("-[UL].*")) {
                throw new BadValue(
                    "'" + word + "' has a parameter of its own", "use 'uuid' and 'label'");
              }
            }
            return words;
          });

  private static final String PREPARE =
      "truncate -s 32M /srv/fs.img; losetup /dev/loop5 /srv/fs.img";

  @Override
  public Manual manual() {
    return Manual.state(
            "Make a file system",
            """
            A device that bears anything that wipefs(8) knows (a file system, a partition table, \
            LVM, DRBD metadata, RAID, LUKS, swap) is never overwritten without two words: 'force: \
            true' on the task, and the consent that the refusal names, 'DEVICE@UUID', which fits \
            nothing but what lies there now. The device is looked at once more right before. \
            Unlike Ansible's module, 'force' leaves the wanted file system alone when it is \
            there. Refused are devices that are mounted, held by another device, in use as swap \
            or as the disk of a DRBD resource; on a DRBD device, the file system is made and seen \
            where the resource is Primary, and only on an UpToDate replica. \
            mkfs is not cut short by a lost connection. When the host itself fails meanwhile, the \
            next run finds a note with the UUID that was being made, and makes it again if it was \
            not finished and never mounted. \
            'absent' wipes what the device bears and needs the same consent.\
            """,
            Example.on(
                PREPARE,
                "A file system for the data",
                """
                - filesystem:
                    dev: /dev/loop5
                    fstype: ext4
                    label: skydata
                """),
            Example.on(
                PREPARE.replace("32M", "512M"),
                "An XFS with a UUID of one's own",
                """
                - filesystem:
                    dev: /dev/loop5
                    fstype: xfs
                    uuid: 0b2a6c4e-6d0f-4f5c-9a55-1e8c7d3f2b10
                    opts: -i size=512
                """),
            Example.on(
                PREPARE
                    + "; mkfs.ext4 -q -U 0b2a6c4e-6d0f-4f5c-9a55-1e8c7d3f2b11 /dev/loop5 16M"
                    + "; e2fsck -f -p /dev/loop5 >/dev/null",
                "A file system that fills its device after that grew",
                """
                - filesystem:
                    dev: /dev/loop5
                    fstype: ext4
                    resizefs: true
                """),
            Example.on(
                PREPARE + "; mkswap -q -U 0b2a6c4e-6d0f-4f5c-9a55-1e8c7d3f2b12 /dev/loop5",
                "Something else that may go, by name",
                """
                - filesystem:
                    dev: /dev/loop5
                    fstype: ext4
                    force: true
                  allow: /dev/loop5@0b2a6c4e-6d0f-4f5c-9a55-1e8c7d3f2b12
                """))
        .testedOn(Manual.LabLevel.MACHINE)
        .returning(
            new Return("dev", "the device"),
            new Return("fstype", "the file system on it"),
            new Return("uuid", "its UUID"),
            new Return("label", "its label"));
  }

  @Override
  public Form<FsWish> form() {
    var form = Form.builder();
    var dev = form.required("dev", Types.PATH, "The device, or an image file.", "device");
    var type =
        form.optional(
            "fstype", Types.oneOf(FsWish.Type.class), "Which file system; needed unless absent.");
    var state =
        form.optional("state", Types.oneOf(State.class), State.PRESENT, "Whether there is one.");
    var opts = form.optional("opts", OPTIONS, List.of(), "Further words for mkfs.");
    var force =
        form.optional(
            "force", Types.BOOL, false, "Overwrite what else is there, with the consent named.");
    var grow =
        form.optional(
            "resizefs",
            Types.BOOL,
            false,
            "Let ext2, ext3, ext4 or a mounted XFS fill the device.");
    var uuid = form.optional("uuid", UUID, "Its UUID; a random one by default.");
    var label = form.optional("label", Types.NAME, "Its label.");
    return form.into(a -> {
      var wish =
          new FsWish(
              a.get(dev),
              a.get(type),
              a.get(state) == State.PRESENT,
              a.get(opts),
              a.get(force),
              a.get(grow),
              a.get(uuid),
              a.get(label));
      check(wish);
      return wish;
    });
  }

  private static void check(FsWish wish) {
    if (!wish.present()) {
      return;
    }
    FsWish.Type type =
        wish.type().orElseThrow(() -> new BadValue("a file system needs its 'fstype'"));
    if (wish.grow() && !type.ext() && type != FsWish.Type.XFS) {
      throw new BadValue("'resizefs' works for ext2, ext3, ext4 and xfs");
    }
    if (wish.uuid().isPresent() && type == FsWish.Type.VFAT) {
      throw new BadValue("vfat has no UUID");
    }
    int longest = type.longestLabel();
    if (wish.label().filter(l -> l.getBytes(StandardCharsets.UTF_8).length > longest).isPresent()) {
      throw new BadValue("a label of " + type.word() + " has at most " + longest + " bytes");
    }
  }

  @Override
  public Probe<FsState> probe(FsWish wish) {
    return FsState.probe(wish);
  }

  @Override
  public Decision<FsState> plan(FsWish wish, FsState now) {
    return new FsPlan(wish, now).decide();
  }

  @Override
  public Value.Dict result(FsWish wish, FsState now) {
    var fields = new LinkedHashMap<String, Value>();
    fields.put("dev", Value.text(wish.device()));
    if (now.signatures().size() == 1) {
      Signature only = now.signatures().getFirst();
      fields.put("fstype", Value.text(only.type()));
      fields.put("uuid", Value.text(only.uuid()));
      fields.put("label", Value.text(only.label()));
    }
    return new Value.Dict(fields);
  }
}
