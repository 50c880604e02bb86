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
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/** A mounted file system and its line in fstab. */
@HactlModule("mount")
public final class Mount implements HostModule<MountWish, MountState> {

  private static final Type.Plain<String> POINT =
      Types.NAME.map(
          "mount point",
          text ->
              text.equals("none") || text.equals("swap")
                  ? text
                  : Types.PATH.convert().apply(Value.text(text)));

  private static final Type.Plain<String> FIELD =
      Types.NAME.map(
          "number",
          text -> {
            if (!text.matches("\\d{1,2}")) {
              throw new BadValue("'" + text + "' is not a number of fstab(5)");
            }
            return text;
          });

  private static final String PREPARE =
      "truncate -s 32M /srv/mnt.img; mkfs.ext4 -q -F /srv/mnt.img; losetup /dev/loop4 /srv/mnt.img";

  @Override
  public Manual manual() {
    return Manual.state(
            "Mount a file system and keep it in fstab",
            """
            'mounted' keeps it in fstab(5) and mounts it, 'present' only keeps it, 'ephemeral' \
            only mounts it, 'unmounted' unmounts it and leaves fstab, 'absent_from_fstab' only \
            forgets it, 'absent' unmounts and forgets it and removes its directory when that is \
            empty; 'remounted' acts each time. What is mounted is read from the kernel's table, so \
            that a file system that hangs cannot make a look hang. \
            Devices are compared by their number, whatever their name. fstab keeps every other \
            line as it is, and systemd reads it again. Of the options, those that the kernel shows \
            of every mount (ro, nosuid, nodev, noexec, noatime, nodiratime) are compared with what \
            is mounted; others count at the next mount. \
            Refused, with the fact: a line in fstab for what a resource of the cluster mounts or \
            for a DRBD device, mounting or unmounting behind the cluster's back, mounting the disk \
            of a DRBD replica, a place where something else is mounted. Unmounting what processes \
            use is disruptive, and names them.\
            """,
            Example.on(
                PREPARE,
                "A file system, now and after a boot",
                """
                - mount:
                    path: /srv/data
                    src: /dev/loop4
                    fstype: ext4
                    opts: noatime,nofail
                    state: mounted
                """),
            Example.of(
                "A directory in another place, until the next boot",
                """
                - mount:
                    path: /opt/www
                    src: /srv
                    fstype: none
                    opts: bind
                    state: ephemeral
                """),
            Example.on(
                PREPARE
                    + "; mkdir /srv/old; mount /dev/loop4 /srv/old"
                    + "; echo '/dev/loop4 /srv/old ext4 defaults 0 0' >>/etc/fstab",
                "A file system that is no longer needed",
                """
                - mount:
                    path: /srv/old
                    state: absent
                """),
            Example.of(
                "A swap area after the next boot",
                """
                - mount:
                    path: none
                    src: /dev/loop4
                    fstype: swap
                    state: present
                """))
        .testedOn(Manual.LabLevel.MACHINE)
        .returning(
            new Return("path", "the mount point"),
            new Return("src", "what the kernel calls the source"),
            new Return("fstype", "the file system"),
            new Return("opts", "the options of the mount"),
            new Return("mounted", "whether something is mounted there"));
  }

  @Override
  public Form<MountWish> form() {
    var form = Form.builder();
    var path = form.required("path", POINT, "Where; 'none' for a swap area.", "name");
    var state = form.required("state", Types.oneOf(MountWish.State.class), "What is wanted.");
    var src =
        form.optional(
            "src",
            Types.NAME,
            "A device, UUID=..., LABEL=..., HOST:/DIRECTORY, or a directory; needed to mount or keep.");
    var type = form.optional("fstype", Types.NAME, "The file system; needed to mount or keep.");
    var opts = form.optional("opts", Types.NAMES, List.of("defaults"), "The options, mount(8).");
    var dump = form.optional("dump", FIELD, "The fifth field of fstab; 0 by default.");
    var pass = form.optional("passno", FIELD, "The sixth field of fstab; 0 by default.");
    var boot = form.optional("boot", Types.BOOL, true, "false adds noauto: not mounted at boot.");
    var fstab =
        form.optional("fstab", Types.PATH, "The file that keeps it; /etc/fstab by default.");
    var backup = form.optional("backup", Types.BOOL, false, "Keep the old file beside it.");
    var hidden = form.optional("opts_no_log", Types.BOOL, false, "Do not show lines of fstab.");
    return form.into(a -> {
      var options = new ArrayList<>(a.get(opts));
      if (!a.get(boot) && !options.contains("noauto")) {
        options.add("noauto");
      }
      String device = a.get(src).orElse("");
      return checked(
          new MountWish(
              new Fstab.Entry(
                  device.length() > 1 && device.startsWith("/") && device.endsWith("/")
                      ? device.substring(0, device.length() - 1)
                      : device,
                  a.get(path),
                  a.get(type).orElse(""),
                  options.isEmpty() ? "defaults" : String.join(",", options),
                  a.get(dump).orElse("0"),
                  a.get(pass).orElse("0")),
              a.get(state),
              a.get(fstab).orElse("/etc/fstab"),
              a.get(backup),
              a.get(hidden)));
    });
  }

  private static MountWish checked(MountWish wish) {
    MountWish.State state = wish.state();
    boolean describes = state.keeps() || state == MountWish.State.EPHEMERAL;
    if (describes && (wish.src().isEmpty() || wish.entry().type().isEmpty())) {
      throw new BadValue("'state: " + Types.word(state) + "' needs 'src' and 'fstype'");
    }
    boolean nowhere = !wish.path().startsWith("/");
    if (nowhere != wish.swap()) {
      throw new BadValue("only a swap area has no mount point", "write 'path: none' for it");
    }
    if (wish.swap()
        && (wish.src().isEmpty() || state.mounts() || state == MountWish.State.UNMOUNTED)) {
      throw new BadValue("a swap area is only kept in fstab: present or absent, with its 'src'");
    }
    if (wish.entry().type().matches(".*\\s.*")) {
      throw new BadValue("'" + wish.entry().type() + "' is no file system");
    }
    return wish;
  }

  @Override
  public Probe<MountState> probe(MountWish wish) {
    return MountState.probe(wish);
  }

  @Override
  public Decision<MountState> plan(MountWish wish, MountState now) {
    return new MountPlan(wish, now).decide();
  }

  @Override
  public Value.Dict result(MountWish wish, MountState now) {
    var fields = new LinkedHashMap<String, Value>();
    fields.put("path", Value.text(wish.path()));
    fields.put("mounted", Value.bool(now.at(wish).isPresent()));
    now.at(wish)
        .ifPresent(m -> {
          fields.put("src", Value.text(m.source()));
          fields.put("fstype", Value.text(m.type()));
          fields.put("opts", Value.text(String.join(",", m.flags())));
        });
    return new Value.Dict(fields);
  }
}
