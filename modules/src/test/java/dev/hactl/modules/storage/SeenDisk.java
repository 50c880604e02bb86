package dev.hactl.modules.storage;

import java.util.HashMap;
import java.util.Map;

/** A disk as it may be seen, and what {@code filesystem} decides about it. */
final class SeenDisk {
  private SeenDisk() {}

  static final String UUID = "95f19fed-c6f1-412d-a452-905f665c949e";
  static final String DISK = "real /dev/sdb~kind block~size 131072~ro 0~dev 8:16~";
  static final String EXT4 = "read~0x438," + UUID + ",data,ext4~";
  static final String XFS = "read~0x0," + UUID + ",,xfs~";

  static final Map<String, String> EMPTY =
      Map.of("device", DISK, "signs", "read~", "maker", "maker");

  static Seeing seeing(String... more) {
    var texts = new HashMap<>(EMPTY);
    for (int i = 0; i < more.length; i += 2) {
      texts.put(more[i], more[i + 1]);
    }
    texts.replaceAll((name, text) -> text.replace('~', '\n'));
    return new Seeing(texts);
  }

  static String verdict(String yaml, String... more) {
    return seeing(more).verdict(new Filesystem(), "{dev: /dev/sdb, " + yaml + "}");
  }
}
