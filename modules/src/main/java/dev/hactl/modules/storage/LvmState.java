package dev.hactl.modules.storage;

import dev.hactl.engine.module.Probe;
import dev.hactl.engine.module.Sh;
import dev.hactl.engine.module.UnreadableAnswer;
import dev.hactl.modules.look.Look;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The volumes of a host, and the disks that a task names.
 *
 * @param tool whether there is LVM
 * @param physical every physical volume
 * @param groups every volume group
 * @param volumes every logical volume
 * @param disks the disks that the task names, in its order
 * @param bears what the wanted volume bears
 */
record LvmState(
    boolean tool,
    List<Physical> physical,
    List<Group> groups,
    List<Volume> volumes,
    List<Disk> disks,
    List<Signature> bears) {

  /** A physical volume; its group is empty when it belongs to none. */
  record Physical(String device, String group) {}

  /** A volume group. */
  record Group(String name, String uuid, long free, long extent) {}

  /** A logical volume; open when anything uses it. */
  record Volume(String group, String name, String uuid, long bytes, boolean active, boolean open) {}

  /**
   * A disk.
   *
   * @param path as the task names it
   * @param real with links resolved; empty when it is missing
   * @param users what uses it besides LVM
   */
  record Disk(
      String path,
      String real,
      FsState.Reading reading,
      List<Signature> signatures,
      List<String> users) {}

  private static final String REPORT =
      """
      command -v lvm > /dev/null || { echo tool; exit 0; }
      LVM_SUPPRESS_FD_WARNINGS=1; export LVM_SUPPRESS_FD_WARNINGS
      set -- --noheadings --nosuffix --units b --separator '|'
      echo pvs; lvm pvs "$@" -o pv_name,vg_name 2> /dev/null
      echo vgs; lvm vgs "$@" -o vg_name,vg_uuid,vg_free,vg_extent_size 2> /dev/null
      echo lvs; lvm lvs "$@" -o vg_name,lv_name,lv_uuid,lv_size,lv_attr 2> /dev/null
      echo end
      """;

  /** Looks at all of it. */
  static Probe<LvmState> probe(LvmWish wish) {
    Look look =
        Look.at("report", REPORT)
            .and("mounts", Tables.MOUNTS)
            .and("swaps", Tables.SWAPS)
            .and("drbd", Tables.DRBD_DISKS)
            .and(
                "bears",
                wish.volume().isEmpty()
                    ? ""
                    : "r="
                        + Sh.quote(wish.device())
                        + "; [ -e \"$r\" ] || exit 0\n"
                        + Signature.ASK);
    for (int i = 0; i < wish.disks().size(); i++) {
      String disk = "d=" + Sh.quote(wish.disks().get(i)) + "; [ -e \"$d\" ] || exit 0\n";
      look =
          look.and("disk" + i, disk + DISK)
              .and("signs" + i, disk + "r=$(readlink -f -- \"$d\")\n" + Signature.ASK);
    }
    return look.probe(s -> read(wish, s));
  }

  private static final String DISK =
      """
      r=$(readlink -f -- "$d"); printf 'real %s\\n' "$r"; s=/sys/class/block/${r##*/}
      [ ! -r "$s/dev" ] || { IFS= read -r v < "$s/dev"; echo "dev $v"; }
      for h in "$s"/holders/*; do [ ! -e "$h" ] || echo "holder:${h##*/}"; done
      """;

  private static LvmState read(LvmWish wish, Look.Seen seen) {
    var sections = new HashMap<String, List<List<String>>>();
    String section = "";
    for (String line : seen.text("report").lines().toList()) {
      if (line.matches("[a-z]+")) {
        section = line;
        sections.put(section, new ArrayList<>());
      } else {
        sections
            .getOrDefault(section, new ArrayList<>())
            .add(List.of(line.strip().split("\\|", -1)));
      }
    }
    boolean tool = !sections.containsKey("tool");
    if (tool && !sections.containsKey("end")) {
      throw new UnreadableAnswer("LVM did not tell about its volumes");
    }
    var disks = new ArrayList<Disk>();
    for (int i = 0; i < wish.disks().size(); i++) {
      disks.add(disk(wish.disks().get(i), i, seen));
    }
    return new LvmState(
        tool,
        rows(sections, "pvs", 2).map(r -> new Physical(r.get(0), r.get(1))).toList(),
        rows(sections, "vgs", 4)
            .map(r -> new Group(r.get(0), r.get(1), number(r.get(2)), number(r.get(3))))
            .toList(),
        rows(sections, "lvs", 5)
            .map(r ->
                new Volume(
                    r.get(0),
                    r.get(1),
                    r.get(2),
                    number(r.get(3)),
                    flag(r.get(4), 4, 'a'),
                    flag(r.get(4), 5, 'o')))
            .toList(),
        disks,
        Signature.parse(seen.text("bears")));
  }

  private static Stream<List<String>> rows(
      Map<String, List<List<String>>> sections, String name, int columns) {
    return sections.getOrDefault(name, List.of()).stream().filter(r -> r.size() == columns);
  }

  private static long number(String text) {
    return Long.parseLong(text.replaceFirst("\\..*", ""));
  }

  private static boolean flag(String attributes, int at, char letter) {
    return attributes.length() > at && attributes.charAt(at) == letter;
  }

  private static Disk disk(String path, int i, Look.Seen seen) {
    Map<String, String> words = seen.words("disk" + i);
    String real = words.getOrDefault("real", "");
    String signs = seen.text("signs" + i);
    var users = new ArrayList<String>();
    MountEntry.parse(seen.text("mounts")).stream()
        .filter(m -> m.device().equals(words.getOrDefault("dev", "-")))
        .findFirst()
        .ifPresent(m -> users.add("it is mounted at " + m.point()));
    words.keySet().stream()
        .filter(w -> w.startsWith("holder:"))
        .forEach(w -> users.add(w.substring("holder:".length()) + " lies on it"));
    if (seen.text("swaps").lines().anyMatch(l -> l.startsWith(real + " "))) {
      users.add("it is a swap area in use");
    }
    if (!real.isEmpty() && DrbdDevice.isDisk(seen.text("drbd"), real)) {
      users.add("a DRBD resource has it as its disk");
    }
    return new Disk(path, real, FsState.reading(signs), Signature.parse(signs), List.copyOf(users));
  }

  /** The wanted group. */
  Optional<Group> group(LvmWish wish) {
    return groups.stream().filter(g -> g.name().equals(wish.group())).findFirst();
  }

  /** The wanted volume. */
  Optional<Volume> volume(LvmWish wish) {
    return volumes.stream()
        .filter(v -> v.group().equals(wish.group()))
        .filter(v -> wish.volume().filter(v.name()::equals).isPresent())
        .findFirst();
  }

  /** What LVM knows of a disk. */
  Optional<Physical> physical(Disk disk) {
    return physical.stream()
        .filter(p -> p.device().equals(disk.real()) || p.device().equals(disk.path()))
        .findFirst();
  }
}
