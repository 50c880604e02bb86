package dev.hactl.modules.show;

import dev.hactl.engine.module.Probe;
import dev.hactl.modules.drbd.Replica;
import dev.hactl.modules.look.Look;
import dev.hactl.modules.nodes.CrmMon;
import dev.hactl.modules.storage.Tables;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What one node tells: about itself, and about the cluster as it sees it.
 *
 * @param name what the node calls itself
 * @param cluster nothing when Pacemaker does not answer here
 * @param configured what the cluster's configuration names
 * @param replicas DRBD's resources that run here
 * @param addresses of its interfaces, without prefix length
 * @param spaces the root file system, replicated ones, and those that hold an image
 * @param images files that serve as block devices
 * @param exports directories offered by NFS, with the clients; none while no server runs
 */
public record NodeView(
    String name,
    Optional<ClusterStatus> cluster,
    Configured configured,
    List<Replica> replicas,
    List<String> addresses,
    List<Space> spaces,
    List<Image> images,
    List<String> exports) {

  /** A file system, in KiB. */
  public record Space(String mountPoint, String device, long size, long used) {
    /** How full it is, in percent of what users can have, rounded up as df(1) does. */
    public long percent() {
      return size == 0 ? 0 : (100 * used + size - 1) / size;
    }
  }

  /** A file behind a loop device. */
  public record Image(String file, String device, long bytes) {}

  /** As long as crm_mon may take in a cluster that is electing. */
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  /** Never a network's file system: asking for its space may hang for ever. */
  private static final String SPACE =
      """
      set -- /
      while read -r a b c d m x; do
        case $x in *" - "*) s=${x##* - } ;; *) continue ;; esac
        s=${s#* }
        case ${s%% *} in /dev/drbd*) set -- "$@" "$(printf '%b' "$m")" ;; esac
      done < /proc/self/mountinfo
      for f in /sys/block/loop*/loop/backing_file; do
        [ -r "$f" ] && IFS= read -r i < "$f" && set -- "$@" "${i%/*}/"
      done
      timeout 5 df -Pk "$@" 2> /dev/null || :
      """;

  private static final String EXPORTS =
      """
      read -r t 2> /dev/null < /proc/fs/nfsd/threads || exit 0
      [ "$t" -gt 0 ] && [ -r /var/lib/nfs/etab ] && cat /var/lib/nfs/etab || :
      """;

  /** The question; it writes nothing, and one node's answer takes one message. */
  public static Probe<NodeView> probe() {
    return Look.at("name", "uname -n")
        .and("mon", CrmMon.PRINT)
        .and("cib", Tables.CIB)
        .and("drbd", Tables.DRBD_IN_FULL)
        .and("addresses", "ip -o addr 2> /dev/null || :")
        .and("space", SPACE)
        .and("loops", Tables.LOOPS)
        .and("exports", EXPORTS)
        .probe(NodeView::read)
        .shared()
        .within(PATIENCE);
  }

  static NodeView read(Look.Seen seen) {
    return new NodeView(
        seen.text("name").strip(),
        ClusterStatus.parse(seen.text("mon")),
        Configured.parse(seen.text("cib")),
        Replica.parse(seen.text("drbd")),
        addresses(seen.text("addresses")),
        spaces(seen.text("space")),
        images(seen.text("loops")),
        exports(seen.text("exports")));
  }

  /** Lines of ip(8): {@code 2: eth0 inet 10.0.0.1/24 ...}. */
  private static List<String> addresses(String text) {
    return text.lines()
        .map(line -> line.trim().split("\\s+"))
        .filter(words -> words.length > 3 && words[2].startsWith("inet"))
        .map(words -> words[3].replaceFirst("/.*", ""))
        .distinct()
        .toList();
  }

  /** Lines of {@code df -Pk}; the mount point comes last and may hold blanks. */
  private static List<Space> spaces(String text) {
    var spaces = new LinkedHashMap<String, Space>(); // by device
    for (String line : text.lines().skip(1).toList()) {
      String[] words = line.split("\\s+", 6);
      if (words.length == 6 && words[1].matches("\\d+") && words[2].matches("\\d+")) {
        // What root keeps for itself is neither used nor to be had.
        long used = Long.parseLong(words[2]);
        long free = words[3].matches("\\d+") ? Long.parseLong(words[3]) : 0;
        // A device that is mounted at several places has one space.
        spaces.putIfAbsent(words[0], new Space(words[5], words[0], used + free, used));
      }
    }
    return List.copyOf(spaces.values());
  }

  /**
   * Lines {@code /sys/block/loop9/loop/backing_file:/data/x.img} and {@code
   * /sys/block/loop9/size:N}.
   */
  private static List<Image> images(String text) {
    Map<String, String> values = new HashMap<>();
    for (String line : text.lines().toList()) {
      int colon = line.indexOf(':');
      if (colon > 0) {
        values.put(line.substring(0, colon), line.substring(colon + 1));
      }
    }
    var images = new ArrayList<Image>();
    values.forEach((path, value) -> {
      if (path.endsWith("/loop/backing_file")) {
        String block = path.substring(0, path.length() - "/loop/backing_file".length());
        String sectors = values.getOrDefault(block + "/size", "0");
        images.add(
            new Image(
                value, "/dev/" + block.replaceFirst(".*/", ""), 512 * Long.parseLong(sectors)));
      }
    });
    images.sort(Comparator.comparing(Image::device));
    return List.copyOf(images);
  }

  /** Lines of etab: a directory and its clients, each with options in parentheses. */
  private static List<String> exports(String text) {
    return text.lines()
        .map(line -> line.split("\t", 2))
        .filter(words -> words.length == 2)
        .map(words -> words[0] + " " + words[1].replaceAll("\\([^)]*\\)", ""))
        .toList();
  }
}
