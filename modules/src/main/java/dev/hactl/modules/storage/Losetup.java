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
import java.util.regex.Pattern;

/** An image file as a block device, now and after a boot. */
@HactlModule("losetup")
public final class Losetup implements HostModule<LoopWish, LoopState> {
  private static final Pattern DEVICE = Pattern.compile("/dev/loop(0|[1-9]\\d{0,3})");
  private static final Pattern UNIT = Pattern.compile("[A-Za-z0-9_.-]{1,100}");

  private static final Type.Plain<String> LOOP =
      Types.PATH.map(
          "loop device",
          path -> {
            if (!DEVICE.matcher(path).matches()) {
              throw new BadValue("'" + path + "' is no loop device", "write /dev/loop7");
            }
            return path;
          });

  private static final Type.Plain<String> NAME =
      Types.NAME.map(
          "name",
          name -> {
            if (!UNIT.matcher(name).matches()) {
              throw new BadValue("'" + name + "' cannot be part of the name of a unit");
            }
            return name;
          });

  @Override
  public Manual manual() {
    return Manual.state(
            "Attach an image file to a loop device",
            """
            Makes the image when there is none, complete or not at all; attaches it; and installs \
            hactl-loop-NAME.service, which attaches it at every boot before local file systems, \
            DRBD and Pacemaker start (losetup(8), systemd.unit(5)). Devices are told by their \
            image, so a device whose number moved is found. \
            An image that is there is never made anew, truncated or made smaller. It is made \
            larger only with 'grow: true', and not when it bears something that lies at its end \
            (DRBD metadata, a GPT, a RAID member). Refused, with the fact: a device that is \
            attached to another image, an image that is attached to another device, twice, \
            read-only or in part, a device whose image was deleted, detaching what is mounted or \
            otherwise in use. Detaching is disruptive; removing an image of which a block was \
            ever written needs 'allow: PATH'. \
            Give 'device' for whatever names the device in a file of its own, as DRBD does: the \
            next free device may be another one after a boot.\
            """,
            Example.of(
                "The disk of a replica, there again after a boot",
                """
                - losetup:
                    path: /srv/skydata.img
                    size: 64M
                    device: /dev/loop7
                """),
            Example.on(
                "truncate -s 8M /srv/scratch.img",
                "An image that is made larger, attached until the next boot",
                """
                - losetup:
                    path: /srv/scratch.img
                    size: 16M
                    grow: true
                    boot: false
                """),
            Example.on(
                "truncate -s 8M /srv/old.img; losetup /dev/loop6 /srv/old.img; echo x >/dev/loop6",
                "An image that is no longer needed",
                """
                - losetup:
                    path: /srv/old.img
                    state: absent
                  allow: [disruptive, /srv/old.img]
                """))
        .testedOn(Manual.LabLevel.MACHINE)
        .returning(
            new Return("path", "the image"),
            new Return("device", "the device it is attached to"),
            new Return("size", "the size of the image in bytes"));
  }

  @Override
  public Form<LoopWish> form() {
    var form = Form.builder();
    var path = form.required("path", Types.PATH, "The image.", "image", "file");
    var size =
        form.optional(
            "size",
            Size.TYPE,
            "How large the image is: bytes, or with a unit such as 10G (powers of 1024). Needed to"
                + " make one.");
    var device =
        form.optional(
            "device", LOOP, "The device it is attached to; the next free one by default.");
    var state =
        form.optional(
            "state",
            Types.oneOf(LoopWish.State.class),
            LoopWish.State.ATTACHED,
            "detached keeps the image; absent removes it. Both remove the unit.");
    var boot = form.optional("boot", Types.BOOL, true, "Attach it at every boot.");
    var preallocate =
        form.optional(
            "preallocate",
            Types.BOOL,
            false,
            "Give a new image all its blocks at once, so that a full file system cannot make"
                + " writing to it fail.");
    var grow = form.optional("grow", Types.BOOL, false, "Make an image that is smaller larger.");
    var name =
        form.optional(
            "name",
            NAME,
            "The NAME of the unit hactl-loop-NAME.service; made of the path by default.");
    return form.into(a -> {
      String unit =
          a.get(name).orElseGet(() -> a.get(path).substring(1).replaceAll("[^A-Za-z0-9_.]", "-"));
      return new LoopWish(
          a.get(path),
          a.get(size).map(s -> s.roundedTo(Size.SECTOR)),
          a.get(device),
          a.get(state),
          a.get(boot),
          a.get(preallocate),
          a.get(grow),
          "hactl-loop-" + unit + ".service");
    });
  }

  @Override
  public Probe<LoopState> probe(LoopWish wish) {
    return LoopState.probe(wish);
  }

  @Override
  public Decision<LoopState> plan(LoopWish wish, LoopState now) {
    return new LoopPlan(wish, now).decide();
  }

  @Override
  public Value.Dict result(LoopWish wish, LoopState now) {
    var fields = new LinkedHashMap<String, Value>();
    fields.put("path", Value.text(wish.path()));
    now.attached().stream().findFirst().ifPresent(d -> fields.put("device", Value.text(d.path())));
    if (now.image().kind() == LoopState.Kind.FILE) {
      fields.put("size", Value.number(now.image().bytes()));
    }
    return new Value.Dict(fields);
  }
}
