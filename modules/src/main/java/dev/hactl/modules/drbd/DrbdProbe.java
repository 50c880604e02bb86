package dev.hactl.modules.drbd;

import dev.hactl.engine.module.Probe;
import dev.hactl.engine.module.Sh;
import dev.hactl.modules.drbd.DrbdState.Disk;
import dev.hactl.modules.drbd.DrbdState.Metadata;
import dev.hactl.modules.look.Look;
import dev.hactl.modules.nodes.MemberAddresses;
import dev.hactl.modules.storage.Signature;
import dev.hactl.modules.storage.Tables;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Looks at a resource on one member; loads no module and writes nothing. */
final class DrbdProbe {
  private static final Pattern UUIDLESS = Pattern.compile("No valid meta ?data found");
  private static final Pattern OTHER = Pattern.compile("(?m)^other (v\\d\\d)$");

  private DrbdProbe() {}

  private static final String HEAD =
      """
      printf 'node %s\\n' "$(uname -n)"
      ! command -v drbdadm > /dev/null || echo tools
      if [ -r /proc/drbd ]; then
        read -r a v rest < /proc/drbd; printf 'version %s\\nloaded\\n' "$v"
      elif command -v modinfo > /dev/null; then
        v=$(modinfo -F version drbd 2> /dev/null) && printf 'version %s\\n' "$v"
      fi
      """;

  private static final String DISK =
      """
      [ -e "$d" ] || exit 0
      r=$(readlink -f -- "$d"); printf 'real %s\\n' "$r"
      [ -b "$r" ] || exit 0
      s=/sys/class/block/${r##*/}; echo block
      for f in size dev; do
        [ ! -r "$s/$f" ] || { IFS= read -r v < "$s/$f"; echo "$f $v"; }
      done
      for h in "$s"/holders/*; do
        case ${h##*/} in drbd* | '*') ;; *) echo "holder:${h##*/}" ;; esac
      done
      n=$(dd if="$r" bs=4096 count=1 2> /dev/null | tr -d '\\0' | head -c 1 | wc -c)
      [ "$n" != 0 ] || echo blank
      """;

  private static final String SWAPS = "cat /proc/swaps 2> /dev/null || :";

  static Probe<DrbdState> probe(DrbdWish wish) {
    String name = Sh.quote(wish.resource());
    String file = Sh.quote(wish.path());
    String with = "command -v drbdadm > /dev/null || exit 0\n";
    String disk = disk(wish);
    String real = disk + "[ -e \"$d\" ] || exit 0\nr=$(readlink -f -- \"$d\")\n";
    return Look.at("head", HEAD)
        .and("file", "f=" + file + "; [ ! -e \"$f\" ] || { echo there; cat \"$f\"; }")
        .and("disk", disk + DISK)
        .and("signs", real + "[ -b \"$r\" ] || exit 0\n" + Signature.ASK)
        .and("mounts", Tables.MOUNTS)
        .and("swaps", SWAPS)
        .and("md", with + real + metadata(wish))
        .and(
            "events",
            with + "[ ! -e /proc/drbd ] || drbdsetup events2 --now --statistics 2> /dev/null || :")
        .and(
            "others",
            // LINSTOR, for DRBD 9 only, keeps its files in a folder of its own.
            "for f in /etc/drbd.d/*.res /var/lib/linstor.d/*.res; do\n  [ \"$f\" = "
                + file
                + " ] || [ ! -e \"$f\" ] || cat \"$f\"\ndone")
        .and(
            "adjust",
            with
                + "[ -e /proc/drbd ] && [ -e "
                + file
                + " ] || exit 0\ndrbdadm -d adjust "
                + name
                + " 2>&1 < /dev/null || :")
        .and("cib", Tables.CIB)
        .and("addresses", wish.file().addresses().network().isEmpty() ? ":" : MemberAddresses.ASK)
        .probe(seen -> read(wish, seen))
        .shared();
  }

  /** Sets d to the disk of this node. */
  private static String disk(DrbdWish wish) {
    var text = new StringBuilder("case $(uname -n) in\n");
    wish.disks()
        .forEach((node, path) ->
            text.append("  ")
                .append(Sh.quote(node))
                .append(") d=")
                .append(Sh.quote(path))
                .append(" ;;\n"));
    return text.append("  *) d=").append(Sh.quote(wish.disk())).append(" ;;\nesac\n").toString();
  }

  /** Shell words: the disk with metadata and its layout, as drbdmeta(8) wants them. */
  static String layout(DrbdWish wish) {
    return wish.metaDisk().equals("internal")
        ? "\"$r\" internal"
        : Sh.quote(wish.metaDisk()) + " flex-external";
  }

  /**
   * A resource that runs holds its disk; then DRBD tells. {@code dump-md} reads only, and ends
   * before the bitmap, which may be long. After a crash it refuses until the activity log is
   * applied: {@code get-gi} of v08 tells all the same, that of v09 wants the node id of a peer, so
   * there the dump is asked for with force. Metadata of one format is no metadata to the other.
   */
  private static String metadata(DrbdWish wish) {
    return """
    if [ -e /proc/drbd ] && g=$(drbdsetup show NAME 2> /dev/null) && [ -n "$g" ] &&
      g=$(drbdadm get-gi NAME 2> /dev/null < /dev/null) && [ -n "$g" ]; then
      printf 'gi\\n%s\\n' "$g"; exit 0
    fi
    v=v08 w=v09
    if [ -r /proc/drbd ]; then read -r a k rest < /proc/drbd
    else k=$(modinfo -F version drbd 2> /dev/null)
    fi
    case $k in 8.* | '') ;; *) v=v09 w=v08 ;; esac
    o=$(drbdmeta MINOR $v LAYOUT dump-md 2>&1 < /dev/null | sed '/^bm/q')
    printf 'md\\n%s\\n' "$o"
    case $o in
      *uuid*) ;;
      *"No valid meta"*)
        o=$(drbdmeta MINOR $w LAYOUT dump-md 2>&1 < /dev/null | sed '/^bm/q')
        case $o in *uuid* | *unclean*) echo "other $w" ;; esac ;;
      *) case $v:$o in
          v08:*) drbdmeta MINOR v08 LAYOUT get-gi 2> /dev/null < /dev/null ;;
          *unclean*)
            drbdmeta --force MINOR v09 LAYOUT dump-md 2> /dev/null < /dev/null | sed '/^bm/q' ;;
        esac ;;
    esac
    """
        .replace("NAME", Sh.quote(wish.resource()))
        .replace("MINOR", Integer.toString(wish.device()))
        .replace("LAYOUT", layout(wish));
  }

  private static DrbdState read(DrbdWish wish, Look.Seen seen) {
    Map<String, String> head = seen.words("head");
    String file = seen.text("file");
    List<Replica> running = Replica.parse(seen.text("events"));
    String node = head.getOrDefault("node", "");
    return new DrbdState(
        node,
        head.containsKey("tools"),
        head.getOrDefault("version", ""),
        file.startsWith("there\n")
            ? Optional.of(file.substring("there\n".length()))
            : Optional.empty(),
        disk(wish.disk(node), seen),
        metadata(seen.text("md")),
        Replica.of(wish.resource(), running),
        running.stream().filter(r -> !r.resource().equals(wish.resource())).toList(),
        ResourceFile.claims(seen.text("others")),
        Adjustment.parse(seen.text("adjust")),
        managed(wish.resource(), seen.text("cib")),
        seen.text("addresses"));
  }

  private static Disk disk(String path, Look.Seen seen) {
    Map<String, String> words = seen.words("disk");
    String real = words.getOrDefault("real", "");
    String signs = seen.text("signs");
    var users = new ArrayList<String>();
    String number = words.getOrDefault("dev", "-");
    seen.text("mounts")
        .lines()
        .map(l -> l.split(" ", -1))
        .filter(w -> w.length > 4 && w[2].equals(number))
        .findFirst()
        .ifPresent(w -> users.add("it is mounted at " + w[4]));
    if (seen.text("swaps").lines().anyMatch(l -> l.startsWith(real + " "))) {
      users.add("it is a swap area in use");
    }
    words.keySet().stream()
        .filter(w -> w.startsWith("holder:"))
        .forEach(w -> users.add(w.substring("holder:".length()) + " lies on it"));
    return new Disk(
        path,
        real,
        words.containsKey("block"),
        Long.parseLong(words.getOrDefault("size", "0")) * 512,
        users,
        Signature.parse(signs),
        words.containsKey("blank"),
        signs.startsWith("tool")
            ? "there is no wipefs on this host"
            : signs.startsWith("failed\n") ? signs.substring("failed\n".length()).strip() : "");
  }

  static Metadata metadata(String text) {
    if (text.isBlank()) {
      return new Metadata.None();
    }
    Optional<Generation> generation = Generation.parse(text);
    if (generation.isPresent()) {
      return new Metadata.Found(generation.get());
    }
    Matcher other = OTHER.matcher(text);
    if (other.find()) {
      return new Metadata.Other(other.group(1));
    }
    return UUIDLESS.matcher(text).find()
        ? new Metadata.None()
        : new Metadata.Unreadable(text.replaceFirst("^(md|gi)\\n", "").strip());
  }

  /** Whether a primitive of the cluster names the resource; the agent's parameter is its name. */
  private static boolean managed(String resource, String cib) {
    return cib.lines()
        .anyMatch(
            l -> l.contains("name=\"drbd_resource\"") && l.contains("value=\"" + resource + "\""));
  }
}
