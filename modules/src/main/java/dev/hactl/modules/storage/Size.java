package dev.hactl.modules.storage;

import dev.hactl.engine.module.BadValue;
import dev.hactl.engine.module.Type;
import dev.hactl.engine.module.Types;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A number of bytes.
 *
 * @param bytes never negative
 */
public record Size(long bytes) {
  static final Type.Plain<Size> TYPE = Types.NAME.map("size", Size::parse);

  /** What disks are counted in. */
  static final int SECTOR = 512;

  private static final Pattern WRITTEN =
      Pattern.compile("(\\d{1,15}(?:\\.\\d{1,6})?)\\s*([kmgtKMGT]?)(i?[bB])?");

  private static final String UNITS = "kmgt";

  /** Reads a number with a unit, a power of 1024 as in truncate(1) and lvcreate(8). */
  static Size parse(String text) {
    Matcher m = WRITTEN.matcher(text.strip());
    if (!m.matches()) {
      throw new BadValue(
          "'" + text + "' is not a size", "write a number of bytes, or with a unit, such as 512M");
    }
    String unit = m.group(2).toLowerCase(Locale.ROOT);
    BigDecimal factor =
        BigDecimal.valueOf(unit.isEmpty() ? 1L : 1L << (10 * (UNITS.indexOf(unit) + 1)));
    BigDecimal bytes = new BigDecimal(m.group(1)).multiply(factor);
    if (bytes.signum() == 0 || bytes.compareTo(BigDecimal.valueOf(1L << 60)) > 0) {
      throw new BadValue("'" + text + "' is no size that a device can have");
    }
    return new Size(bytes.setScale(0, RoundingMode.CEILING).longValueExact());
  }

  /** This size, rounded up to whole units. */
  Size roundedTo(long unit) {
    return new Size((bytes + unit - 1) / unit * unit);
  }

  /** As an operator reads it: whole units where they fit, else with one decimal. */
  public String show() {
    for (int power = 4; power > 0; power--) {
      long unit = 1L << (10 * power);
      if (bytes >= unit) {
        String name = " " + Character.toUpperCase(UNITS.charAt(power - 1)) + "iB";
        return bytes % unit == 0
            ? bytes / unit + name
            : String.format(Locale.ROOT, "%.1f%s", (double) bytes / unit, name);
      }
    }
    return bytes + " bytes";
  }
}
