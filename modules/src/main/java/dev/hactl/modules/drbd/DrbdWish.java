package dev.hactl.modules.drbd;

import dev.hactl.engine.module.Content;
import dev.hactl.engine.module.Thing;
import dev.hactl.modules.nodes.MemberAddresses;
import java.time.Duration;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * What a task wants of a resource.
 *
 * @param device the N of /dev/drbdN
 * @param disk the disk below it
 * @param disks of nodes whose disk has another path
 * @param metaDisk {@code internal}, or the path of a disk of its own for the metadata
 * @param own the author's own text of the resource file
 * @param file what the text is made of otherwise
 * @param up whether hactl brings it up where Pacemaker does not manage it
 * @param firstSync how replicas that are all new become one
 * @param source whose disk the others get in a full first sync
 * @param primary who becomes Primary when nobody is
 * @param waits whether to wait until all replicas are in sync
 * @param deadline for that
 * @param stall how long nothing may move meanwhile
 */
record DrbdWish(
    String resource,
    int device,
    String disk,
    SequencedMap<String, String> disks,
    String metaDisk,
    Optional<Content> own,
    FileWish file,
    boolean up,
    FirstSync firstSync,
    Optional<String> source,
    Optional<String> primary,
    boolean waits,
    Duration deadline,
    Duration stall) {

  /** What a generated resource file says. */
  record FileWish(
      MemberAddresses addresses,
      int port,
      String protocol,
      Optional<Fencing> fencing,
      OptionSection net,
      OptionSection diskOptions,
      OptionSection handlers,
      OptionSection options,
      OptionSection startup) {

    boolean secret() {
      return net.secret()
          || diskOptions.secret()
          || handlers.secret()
          || options.secret()
          || startup.secret();
    }
  }

  /** What DRBD does when it loses its peer, drbd.conf(5). */
  enum Fencing {
    DONT__CARE,
    RESOURCE__ONLY,
    RESOURCE__AND__STONITH
  }

  /** How replicas that are all new become one. */
  enum FirstSync {
    /** They are declared equal: nothing is copied. */
    SKIP,
    /** One is copied over the others. */
    FULL,
    /** Left to somebody else. */
    NONE
  }

  /** The resource file. */
  String path() {
    return "/etc/drbd.d/" + resource + ".res";
  }

  String devicePath() {
    return "/dev/drbd" + device;
  }

  String disk(String node) {
    return disks.getOrDefault(node, disk);
  }

  /** Whether a text of the resource file must not be shown. */
  boolean secret(String text) {
    return own.map(Content::secret).orElseGet(file::secret) || text.contains("shared-secret");
  }

  Thing thing() {
    return Thing.path(path());
  }
}
