package dev.hactl.modules.docker;

import dev.hactl.engine.module.BadValue;
import dev.hactl.engine.module.Type;
import dev.hactl.engine.module.Types;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Limits of memory. */
final class Memory {
  private static final Pattern GRAMMAR = Pattern.compile("(\\d{1,15})\\s*([bkmgt]?)(?:i?b)?");

  private Memory() {}

  /** Bytes, or a number with a unit of powers of 1024; 0 for no limit. */
  static final Type.Plain<Long> TYPE = Types.NAME.map("size", Memory::parse);

  private static long parse(String text) {
    Matcher m = GRAMMAR.matcher(text.strip().toLowerCase(Locale.ROOT));
    if (!m.matches()) {
      throw new BadValue("'" + text + "' is no size", "write 512M or 2G");
    }
    int power = "bkmgt".indexOf(m.group(2));
    return Long.parseLong(m.group(1)) << (10 * Math.max(0, power));
  }

  /** A size for people. */
  static String shown(long bytes) {
    if (bytes == 0) {
      return "no limit";
    }
    for (int power = 3; power > 0; power--) {
      if (bytes % (1L << (10 * power)) == 0) {
        return (bytes >> (10 * power)) + " " + "KMG".charAt(power - 1) + "iB";
      }
    }
    return bytes + " bytes";
  }
}
