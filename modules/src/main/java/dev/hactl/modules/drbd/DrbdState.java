package dev.hactl.modules.drbd;

import dev.hactl.modules.storage.Signature;
import java.util.List;
import java.util.Optional;

/**
 * What was seen of a resource on one member.
 *
 * @param node what the host calls itself
 * @param tools whether there is drbdadm
 * @param version of the kernel's DRBD, loaded or at hand; empty when there is none
 * @param file the resource file's text, if there is one
 * @param disk below the device
 * @param metadata on the disk
 * @param replica the running resource
 * @param others what runs besides
 * @param claims of other resource files
 * @param adjustment what is still to be done by the file that is there
 * @param managed whether the cluster's configuration holds the resource
 * @param addresses of the host
 */
record DrbdState(
    String node,
    boolean tools,
    String version,
    Optional<String> file,
    Disk disk,
    Metadata metadata,
    Optional<Replica> replica,
    List<Replica> others,
    List<ResourceFile.Claims> claims,
    Adjustment adjustment,
    boolean managed,
    String addresses) {

  /** Copies the lists. */
  DrbdState {
    others = List.copyOf(others);
    claims = List.copyOf(claims);
  }

  /**
   * The disk of the replica.
   *
   * @param real without links; empty when it is missing
   * @param block whether it is a block device
   * @param users who uses it besides DRBD
   * @param signatures what it bears
   * @param blank whether its first 4 KiB are empty
   * @param unread why it cannot be read; empty when it can
   */
  record Disk(
      String path,
      String real,
      boolean block,
      long bytes,
      List<String> users,
      List<Signature> signatures,
      boolean blank,
      String unread) {
    /** Copies the lists. */
    Disk {
      users = List.copyOf(users);
      signatures = List.copyOf(signatures);
    }

    boolean missing() {
      return real.isEmpty();
    }

    /** What it bears besides DRBD's metadata. */
    List<Signature> foreign() {
      return signatures.stream().filter(s -> !s.type().equals("drbd")).toList();
    }
  }

  /** DRBD's metadata of the disk. */
  sealed interface Metadata {
    /** There provably is none. */
    record None() implements Metadata {}

    /** There is. */
    record Found(Generation generation) implements Metadata {}

    /**
     * There is, and not of the DRBD that is there: v08 belongs to 8.4, v09 to 9.
     *
     * @param format how drbdmeta(8) calls it
     */
    record Other(String format) implements Metadata {}

    /** Nobody can tell. */
    record Unreadable(String why) implements Metadata {}
  }

  boolean modern() {
    return !version.startsWith("8.");
  }

  Optional<Generation> generation() {
    return metadata instanceof Metadata.Found(Generation g) ? Optional.of(g) : Optional.empty();
  }

  /** Whether it never held data that anybody could miss. */
  boolean isNew() {
    return generation().filter(Generation::isNew).isPresent()
        && replica.filter(r -> !r.disk().equals("Inconsistent")).isEmpty();
  }

  boolean running() {
    return replica.isPresent();
  }
}
