package dev.hactl.modules.storage;

import dev.hactl.engine.module.Thing;
import java.util.List;

/**
 * What a {@code mount} task wants.
 *
 * @param entry source, place, type and options, as a line of fstab
 * @param fstab the file that keeps it
 */
record MountWish(Fstab.Entry entry, State state, String fstab, boolean backup, boolean secret) {

  /** What is wanted. */
  enum State {
    MOUNTED,
    PRESENT,
    UNMOUNTED,
    ABSENT,
    ABSENT_FROM_FSTAB,
    REMOUNTED,
    EPHEMERAL;

    /** Whether it is mounted in the end. */
    boolean mounts() {
      return switch (this) {
        case MOUNTED, EPHEMERAL, REMOUNTED -> true;
        case PRESENT, UNMOUNTED, ABSENT, ABSENT_FROM_FSTAB -> false;
      };
    }

    /** Whether it stands in fstab in the end. */
    boolean keeps() {
      return this == MOUNTED || this == PRESENT;
    }

    /** Whether it does not stand in fstab in the end. */
    boolean forgets() {
      return this == ABSENT || this == ABSENT_FROM_FSTAB;
    }

    /** Whether it is not mounted in the end. */
    boolean unmounts() {
      return this == UNMOUNTED || this == ABSENT;
    }
  }

  String path() {
    return entry.path();
  }

  String src() {
    return entry.src();
  }

  boolean swap() {
    return entry.type().equals("swap");
  }

  /** The options, one by one. */
  List<String> options() {
    return List.of(entry.options().split(",", -1));
  }

  /** Whether the source is a directory that is shown once more. */
  boolean binds() {
    return options().contains("bind") || options().contains("rbind");
  }

  /** Whether the source names a device of this host. */
  boolean device() {
    return !binds() && (src().startsWith("/") || src().matches("(PART)?(UUID|LABEL)=.+"));
  }

  /** What a verdict rests on. */
  Thing[] things() {
    Thing file = Thing.path(fstab);
    Thing point = Thing.path(path()).itself();
    return src().startsWith("/")
        ? new Thing[] {file, point, Thing.path(src())}
        : new Thing[] {file, point};
  }
}
