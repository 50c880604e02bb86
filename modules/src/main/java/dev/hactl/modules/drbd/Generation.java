package dev.hactl.modules.drbd;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A replica's generation identifiers: which data it holds, compared with the others.
 *
 * <p>The lowest bit of an identifier says only whether it was Primary then, and is left out of
 * comparisons; see the DRBD User's Guide, "Generation Identifiers", and drbdmeta(8).
 *
 * @param current of the data it holds
 * @param bitmaps since when changes are noted, towards each peer; 0 when none are
 * @param history earlier ones, newest first
 * @param upToDate whether it once held good data (flag WasUpToDate)
 * @param slots how many peers the metadata has room for; 0 when that is not told
 */
record Generation(
    long current, List<Long> bitmaps, List<Long> history, boolean upToDate, int slots) {
  private static final long JUST_CREATED = 4;
  private static final Pattern DUMPED = Pattern.compile("0x([0-9A-Fa-f]{16})");
  private static final Pattern FLAGS = Pattern.compile("flags 0x([0-9A-Fa-f]{1,8})");
  private static final Pattern SHOWN =
      Pattern.compile("(?m)^((?:[0-9A-Fa-f]{16}:){2,}[0-9A-Fa-f]{16})((?::[01])+)\\s*$");
  private static final Pattern SLOTS = Pattern.compile("(?m)^max-peers (\\d{1,2});");
  private static final int WAS_UP_TO_DATE = 1 << 4;

  /** Copies the lists. */
  Generation {
    bitmaps = List.copyOf(bitmaps);
    history = List.copyOf(history);
  }

  /** How the data of one replica relates to that of another. */
  enum Relation {
    /** At least one of them never held data. */
    NEW,
    SAME,
    /** The first holds what the second held, and more. */
    FIRST_NEWER,
    SECOND_NEWER,
    /** Both changed apart from each other: split brain. */
    DIVERGED,
    /** Nothing shows that they ever were the same. */
    UNRELATED
  }

  /** Reads {@code drbdmeta dump-md} (v08 and v09), or what {@code get-gi} prints. */
  static Optional<Generation> parse(String text) {
    Optional<Generation> shown = shown(text);
    if (shown.isPresent()) {
      return shown;
    }
    if (text.contains("version \"v08\"")) {
      return old(text);
    }
    return text.contains("version \"v09\"") ? modern(text) : Optional.empty();
  }

  /** Lines of {@code get-gi}: one with DRBD 8.4, one for each peer with DRBD 9. */
  private static Optional<Generation> shown(String text) {
    Matcher line = SHOWN.matcher(text);
    Optional<Generation> all = Optional.empty();
    while (line.find()) {
      List<Long> ids =
          List.of(line.group(1).split(":", -1)).stream()
              .map(h -> Long.parseUnsignedLong(h, 16))
              .toList();
      // Consistent, WasUpToDate, Primary, ...: drbdmeta(8), show-gi; 9 has more of them than 8.4.
      String[] flags = line.group(2).substring(1).split(":", -1);
      var bitmaps = new ArrayList<Long>(all.map(Generation::bitmaps).orElse(List.of()));
      bitmaps.add(ids.get(1));
      all =
          Optional.of(
              new Generation(
                  ids.getFirst(),
                  bitmaps,
                  ids.subList(2, ids.size()),
                  flags.length > 1 && flags[1].equals("1"),
                  0));
    }
    return all;
  }

  private static Optional<Generation> old(String text) {
    List<Long> ids = identifiers(block(text, "uuid {"));
    return ids.size() < 2
        ? Optional.empty()
        : Optional.of(
            new Generation(
                ids.getFirst(), List.of(ids.get(1)), ids.subList(2, ids.size()), flagged(text), 1));
  }

  private static Optional<Generation> modern(String text) {
    Matcher current = Pattern.compile("current-uuid 0x([0-9A-Fa-f]{16})").matcher(text);
    if (!current.find()) {
      return Optional.empty();
    }
    var bitmaps = new ArrayList<Long>();
    Matcher peer = Pattern.compile("bitmap-uuid 0x([0-9A-Fa-f]{16})").matcher(text);
    while (peer.find()) {
      bitmaps.add(Long.parseUnsignedLong(peer.group(1), 16));
    }
    return Optional.of(
        new Generation(
            Long.parseUnsignedLong(current.group(1), 16),
            bitmaps,
            identifiers(block(text, "history-uuids {")),
            flagged(text),
            slots(text)));
  }

  private static boolean flagged(String text) {
    Matcher flags = FLAGS.matcher(text);
    return flags.find() && (Long.parseLong(flags.group(1), 16) & WAS_UP_TO_DATE) != 0;
  }

  /** The {@code max-peers} of a dump of v09; 0 when it does not tell. */
  static int slots(String dump) {
    Matcher slots = SLOTS.matcher(dump);
    return slots.find() ? Integer.parseInt(slots.group(1)) : 0;
  }

  private static String block(String text, String head) {
    int at = text.indexOf(head);
    int end = at < 0 ? -1 : text.indexOf('}', at);
    return end < 0 ? "" : text.substring(at, end);
  }

  private static List<Long> identifiers(String block) {
    var ids = new ArrayList<Long>();
    Matcher m = DUMPED.matcher(block);
    while (m.find()) {
      ids.add(Long.parseUnsignedLong(m.group(1), 16));
    }
    return ids;
  }

  /** Whether its metadata was made and nothing came after that. */
  boolean isNew() {
    return masked(current) == JUST_CREATED
        && !upToDate
        && bitmaps.stream().allMatch(b -> masked(b) == 0)
        && history.stream().allMatch(h -> masked(h) == 0);
  }

  private static long masked(long id) {
    return id & ~1L;
  }

  private boolean descendsFrom(Generation other) {
    return remembers(other.current);
  }

  private boolean remembers(long id) {
    long wanted = masked(id);
    return wanted != 0
        && wanted != JUST_CREATED
        && (bitmaps.stream().anyMatch(b -> masked(b) == wanted)
            || history.stream().anyMatch(h -> masked(h) == wanted));
  }

  /** How the data of this replica relates to that of another. */
  Relation to(Generation other) {
    if (masked(current) == JUST_CREATED || masked(other.current) == JUST_CREATED) {
      return Relation.NEW;
    }
    if (masked(current) == masked(other.current)) {
      return Relation.SAME;
    }
    if (descendsFrom(other)) {
      return Relation.FIRST_NEWER;
    }
    if (other.descendsFrom(this)) {
      return Relation.SECOND_NEWER;
    }
    boolean common =
        bitmaps.stream().anyMatch(other::remembers) || history.stream().anyMatch(other::remembers);
    return common ? Relation.DIVERGED : Relation.UNRELATED;
  }

  /** The current identifier, as DRBD's tools print it. */
  String show() {
    return "%016X".formatted(current);
  }
}
