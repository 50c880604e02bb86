package dev.hactl.modules.services;

import dev.hactl.engine.module.BadValue;
import dev.hactl.engine.module.Type;
import dev.hactl.engine.module.Types;
import java.util.List;
import java.util.regex.Pattern;

/** Names of units, as systemd.unit(5) allows them. */
final class UnitName {
  private UnitName() {}

  private static final Pattern ALLOWED = Pattern.compile("[A-Za-z0-9:_.\\\\@-]+");

  private static final List<String> SUFFIXES =
      List.of(
          ".service",
          ".socket",
          ".device",
          ".mount",
          ".automount",
          ".swap",
          ".target",
          ".path",
          ".timer",
          ".slice",
          ".scope");

  /** A unit's name; {@code .service} is added where no suffix is given. */
  static final Type.Plain<String> TYPE = Types.NAME.map("unit name", UnitName::full);

  static String full(String name) {
    if (!ALLOWED.matcher(name).matches() || name.startsWith("-") || name.length() > 240) {
      throw new BadValue(
          "'" + name + "' is not the name of a unit",
          "one unit is wanted: no blanks, no '/', no '*'");
    }
    return SUFFIXES.stream().anyMatch(name::endsWith) ? name : name + ".service";
  }

  /** The name of the init script that stands for a unit. */
  static String script(String unit) {
    return unit.endsWith(".service") ? unit.substring(0, unit.length() - 8) : unit;
  }

  /** Whether only instances of it run ({@code getty@.service}). */
  static boolean isTemplate(String unit) {
    return unit.contains("@.");
  }
}
