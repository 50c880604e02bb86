package dev.hactl.engine.module;

import java.util.Locale;

/**
 * Something on a host that one task may change and another may rest on.
 *
 * @param kind what it is
 * @param name which one: a path, a unit name with suffix, a user name, ...
 * @param missing whether a verdict rests on its absence; what a package may bring concerns it then
 * @param alone for a directory: itself, and nothing that is inside it
 */
public record Thing(Kind kind, String name, boolean missing, boolean alone) {

  /** Something that is there, or whose presence does not matter. */
  public Thing(Kind kind, String name) {
    this(kind, name, false, false);
  }

  /** The same thing, a verdict resting on its absence. */
  public Thing absent() {
    return new Thing(kind, name, true, alone);
  }

  /** The same thing without what is inside it: owner, group and mode of a directory. */
  public Thing itself() {
    return new Thing(kind, name, missing, true);
  }

  /** The kinds of things that tasks share. */
  public enum Kind {
    PATH,
    UNIT,
    PACKAGE,
    USER,
    GROUP,
    KERNEL,
    COMMAND,
    OTHER,
    /** Everything: what a verdict of the playbook author's own text rests on. */
    ANYTHING
  }

  /** A file or directory. */
  public static Thing path(String path) {
    return new Thing(Kind.PATH, path);
  }

  /** A systemd unit or service. */
  public static Thing unit(String name) {
    return new Thing(Kind.UNIT, name);
  }

  /** A user. */
  public static Thing user(String name) {
    return new Thing(Kind.USER, name);
  }

  /** A group. */
  public static Thing group(String name) {
    return new Thing(Kind.GROUP, name);
  }

  /** A program on the PATH. */
  public static Thing command(String name) {
    return new Thing(Kind.COMMAND, name);
  }

  /** An installed package. */
  public static Thing pkg(String name) {
    return new Thing(Kind.PACKAGE, name);
  }

  /** Everything on the host: nobody knows what a user's own text looks at. */
  public static Thing anything() {
    return new Thing(Kind.ANYTHING, "anything");
  }

  /**
   * Whether a change to {@code other} concerns this: the same thing, or for paths one inside the
   * other.
   */
  public boolean concerns(Thing other) {
    if (kind == Kind.ANYTHING || other.kind == Kind.ANYTHING) {
      return true;
    }
    if (kind != other.kind) {
      return false;
    }
    return name.equals(other.name)
        || (kind == Kind.PATH && (inside(this, other) || inside(other, this)));
  }

  private static boolean inside(Thing path, Thing directory) {
    String name = directory.name;
    return !directory.alone && path.name.startsWith(name.endsWith("/") ? name : name + "/");
  }

  @Override
  public String toString() {
    return switch (kind) {
      case PATH -> name;
      case OTHER, ANYTHING -> name;
      case UNIT, PACKAGE, USER, GROUP, COMMAND, KERNEL ->
          kind.name().toLowerCase(Locale.ROOT) + " " + name;
    };
  }
}
