package dev.hactl.modules.corosync;

import dev.hactl.engine.module.Content;
import dev.hactl.modules.nodes.MemberAddresses;
import dev.hactl.modules.text.Tainted;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * What a task wants of Corosync.
 *
 * @param clusterName its name
 * @param links the addresses of each link, ring 0 first
 * @param nodeIds by node name; others keep theirs or get the lowest free ones
 * @param totem options of that section, as the others
 * @param key the key in Base64; generated when it is empty
 * @param own the author's own text of corosync.conf
 * @param enabled whether it starts at boot
 */
record CorosyncWish(
    String clusterName,
    List<MemberAddresses> links,
    SequencedMap<String, Integer> nodeIds,
    SequencedMap<String, String> totem,
    SequencedMap<String, String> quorum,
    SequencedMap<String, String> logging,
    Optional<Tainted> key,
    Optional<Content> own,
    boolean enabled) {

  static final String CONF = "/etc/corosync/corosync.conf";
  static final String KEY = "/etc/corosync/authkey";

  /** The setting that holds a key in the file itself, corosync.conf(5). */
  static final String INLINE_KEY = "totem.key";

  /**
   * Whether a text of corosync.conf must not be shown: the author's own is secret, or it holds a
   * key.
   */
  boolean secret(String text) {
    return own.filter(Content::secret).isPresent()
        || ConfFile.settings(text).containsKey(INLINE_KEY);
  }
}
