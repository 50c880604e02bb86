package dev.hactl.modules.files;

import dev.hactl.engine.module.BadValue;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.regex.Pattern;

/** What a time of a file should be. */
sealed interface FileTime {
  Pattern DIRECTIVE = Pattern.compile("%(.)");

  /** As it is. */
  record Preserve() implements FileTime {}

  /** The moment of the change. */
  record Now() implements FileTime {}

  /** A given moment. */
  record At(long second) implements FileTime {}

  /** Reads {@code preserve}, {@code now} or a time in a format of strftime(3), in UTC. */
  static FileTime parse(String text, String format) {
    if (text.equals("preserve")) {
      return new Preserve();
    }
    if (text.equals("now")) {
      return new Now();
    }
    try {
      var formatter = DateTimeFormatter.ofPattern(pattern(format));
      return new At(LocalDateTime.parse(text, formatter).toEpochSecond(ZoneOffset.UTC));
    } catch (DateTimeException e) {
      throw new BadValue(
          "'" + text + "' is no time of the form '" + format + "'",
          "write preserve, now, or for example 202601311200.00");
    }
  }

  private static String pattern(String format) {
    var pattern = new StringBuilder();
    var match = DIRECTIVE.matcher(format);
    int at = 0;
    while (match.find()) {
      pattern.append(literal(format.substring(at, match.start())));
      pattern.append(
          switch (match.group(1)) {
            case "Y" -> "uuuu";
            case "m" -> "MM";
            case "d" -> "dd";
            case "H" -> "HH";
            case "M" -> "mm";
            case "S" -> "ss";
            default ->
                throw new BadValue(
                    "'%" + match.group(1) + "' is not known in a time format",
                    "known are %Y %m %d %H %M %S");
          });
      at = match.end();
    }
    return pattern.append(literal(format.substring(at))).toString();
  }

  private static String literal(String text) {
    return text.isEmpty() ? "" : "'" + text.replace("'", "''") + "'";
  }

  /** Whether a time is as wanted. */
  default boolean holds(long second) {
    return switch (this) {
      case Preserve p -> true;
      case Now n -> false;
      case At at -> at.second() == second;
    };
  }

  /** A command that sets it; empty when there is nothing to set. */
  default String command(String which, String path) {
    return switch (this) {
      case Preserve p -> "";
      case Now n -> "touch -c " + which + " " + path + " || exit 1\n";
      case At at ->
          "TZ=UTC0 touch -c "
              + which
              + " -t "
              + LocalDateTime.ofEpochSecond(at.second(), 0, ZoneOffset.UTC)
                  .format(DateTimeFormatter.ofPattern("uuuuMMddHHmm.ss"))
              + " "
              + path
              + " || exit 1\n";
    };
  }
}
