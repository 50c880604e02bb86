package dev.hactl.modules.storage;

import dev.hactl.engine.module.Content;
import dev.hactl.engine.module.Thing;
import dev.hactl.engine.module.Types;
import java.util.List;
import java.util.Optional;

/**
 * What a {@code filesystem} task wants.
 *
 * @param device as the task names it
 * @param type which file system; empty when only none is wanted
 * @param present whether there is one
 * @param options further words for mkfs
 * @param force whether something else may be overwritten, with consent
 * @param grow whether it fills its device
 */
record FsWish(
    String device,
    Optional<Type> type,
    boolean present,
    List<String> options,
    boolean force,
    boolean grow,
    Optional<String> uuid,
    Optional<String> label) {

  /** The kinds that can be made. */
  enum Type {
    EXT2,
    EXT3,
    EXT4,
    XFS,
    BTRFS,
    VFAT,
    SWAP;

    /** wipefs' word and mount's. */
    String word() {
      return Types.word(this);
    }

    /** The program that makes it. */
    String maker() {
      return this == SWAP ? "mkswap" : "mkfs." + word();
    }

    /** Whether e2fsprogs care for it. */
    boolean ext() {
      return switch (this) {
        case EXT2, EXT3, EXT4 -> true;
        case XFS, BTRFS, VFAT, SWAP -> false;
      };
    }

    /** The longest label, in bytes. */
    int longestLabel() {
      return switch (this) {
        case EXT2, EXT3, EXT4, SWAP -> 16;
        case XFS -> 12;
        case BTRFS -> 255;
        case VFAT -> 11;
      };
    }
  }

  /** Where a run that makes a file system notes which one, until it is made. */
  String note() {
    return "/var/lib/hactl/mkfs/" + Content.of(device, false, "").sha256().substring(0, 16);
  }

  /** What a verdict rests on. */
  Thing thing() {
    return Thing.path(device);
  }
}
