package dev.hactl.engine.module;

import java.util.List;

/**
 * What a change may alter on its host, so that check mode never calls something {@code ok} that an
 * earlier change will alter.
 *
 * @param things known ones
 * @param mayBringAnything it may create files, units, users that are not there now, but alters
 *     nothing that is (a package)
 * @param anything nobody knows (a command)
 */
public record Footprint(List<Thing> things, boolean mayBringAnything, boolean anything) {
  /** Copies the list. */
  public Footprint {
    things = List.copyOf(things);
  }

  /** Exactly these. */
  public static Footprint of(Thing... things) {
    return new Footprint(List.of(things), false, false);
  }

  /** These, and whatever new things they bring along. */
  public static Footprint bringing(Thing... things) {
    return new Footprint(List.of(things), true, false);
  }

  /** Anything at all. */
  public static Footprint unknown() {
    return new Footprint(List.of(), true, true);
  }

  /** Whether it may bring something that is missing now. */
  public boolean mayBring(Thing missing) {
    return mayBringAnything || anything || things.stream().anyMatch(t -> t.concerns(missing));
  }

  /** Whether it may alter something that a verdict rests on. */
  public boolean mayAlter(Thing thing) {
    return anything
        || (mayBringAnything && thing.missing())
        || things.stream().anyMatch(t -> t.concerns(thing));
  }
}
