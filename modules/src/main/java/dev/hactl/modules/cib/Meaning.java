package dev.hactl.modules.cib;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * When two ways of writing a value mean the same to Pacemaker: {@code 60s} and {@code 1min}, {@code
 * INFINITY} and {@code 1000000}, {@code Master} and {@code Promoted}. Only values whose type
 * Pacemaker itself defines are compared so; what an agent gets is compared as text.
 *
 * <p>Source: Pacemaker Explained, "Time and interval specification", "Scores", "Boolean".
 */
public final class Meaning {
  private static final BigDecimal INFINITY = BigDecimal.valueOf(1_000_000);
  private static final Pattern TIME =
      Pattern.compile("(\\d+)\\s*(us|usec|ms|msec|s|sec|m|min|h|hr|)", Pattern.CASE_INSENSITIVE);

  private static final Set<String> DURATIONS =
      Set.of(
          "interval",
          "timeout",
          "start-delay",
          "failure-timeout",
          "cluster-recheck-interval",
          "stonith-timeout",
          "priority-fencing-delay",
          "dc-deadtime",
          "election-timeout",
          "shutdown-escalation",
          "shutdown-lock-limit",
          "join-integration-timeout",
          "join-finalization-timeout",
          "cluster-delay",
          "transition-delay",
          "node-pending-timeout");

  private static final Set<String> SCORES =
      Set.of("score", "resource-stickiness", "migration-threshold", "priority");

  private static final Set<String> BOOLEANS =
      Set.of(
          "stonith-enabled",
          "symmetric-cluster",
          "maintenance-mode",
          "stop-all-resources",
          "enable-acl",
          "enable-startup-probes",
          "startup-fencing",
          "concurrent-fencing",
          "shutdown-lock",
          "stop-orphan-resources",
          "stop-orphan-actions",
          "start-failure-is-fatal",
          "remove-after-stop",
          "is-managed",
          "maintenance",
          "critical",
          "allow-migrate",
          "allow-unhealthy-nodes",
          "notify",
          "globally-unique",
          "ordered",
          "interleave",
          "promotable",
          "symmetrical",
          "sequential",
          "require-all",
          "enabled",
          "record-pending",
          "influence");

  private static final Set<String> ROLES =
      Set.of("role", "rsc-role", "with-rsc-role", "target-role");

  private Meaning() {}

  /** Whether two values of an attribute that Pacemaker defines mean the same. */
  static boolean same(String name, String one, String other) {
    return one.equals(other) || normal(name, one).equals(normal(name, other));
  }

  /** One of the ways to write a value, the same for all that mean the same. */
  static String normal(String name, String value) {
    String key = name(name);
    if (DURATIONS.contains(key)) {
      return milliseconds(value).map(ms -> ms + "ms").orElse(value);
    }
    if (SCORES.contains(key)) {
      return score(value).map(BigDecimal::toPlainString).orElse(value);
    }
    if (BOOLEANS.contains(key)) {
      return bool(value).map(String::valueOf).orElse(value);
    }
    return ROLES.contains(key) ? role(value) : value;
  }

  /** One name for all that mean the same property or attribute. */
  static String name(String name) {
    return switch (name) {
      case "master-max" -> "promoted-max";
      case "master-node-max" -> "promoted-node-max";
      case "fencing-enabled" -> "stonith-enabled";
      case "fencing-timeout" -> "stonith-timeout";
      case "fencing-action" -> "stonith-action";
      case "fencing-max-attempts" -> "stonith-max-attempts";
      case "fencing-watchdog-timeout" -> "stonith-watchdog-timeout";
      default -> name;
    };
  }

  /** A role in lower case and in the newer words. */
  public static String role(String role) {
    String lower = role.toLowerCase(Locale.ROOT);
    return switch (lower) {
      case "master" -> "promoted";
      case "slave" -> "unpromoted";
      default -> lower;
    };
  }

  /** A score as a number, infinity as a million; empty when it is none. */
  public static Optional<BigDecimal> score(String text) {
    String word = text.strip().toUpperCase(Locale.ROOT);
    String digits = word.startsWith("+") ? word.substring(1) : word;
    return switch (digits) {
      case "INFINITY", "INF" -> Optional.of(INFINITY);
      case "-INFINITY", "-INF" -> Optional.of(INFINITY.negate());
      default ->
          digits.matches("-?\\d{1,18}")
              ? Optional.of(new BigDecimal(digits).min(INFINITY).max(INFINITY.negate()))
              : Optional.empty();
    };
  }

  /** True or false; empty when it is neither. */
  public static Optional<Boolean> bool(String text) {
    return switch (text.strip().toLowerCase(Locale.ROOT)) {
      case "true", "yes", "on", "y", "1" -> Optional.of(true);
      case "false", "no", "off", "n", "0" -> Optional.of(false);
      default -> Optional.empty();
    };
  }

  /** A time in milliseconds; a number alone counts seconds. Empty when it is none. */
  public static Optional<Long> milliseconds(String text) {
    String time = text.strip();
    if (time.startsWith("P")) {
      try {
        return Optional.of(Duration.parse(time).toMillis());
      } catch (DateTimeParseException | ArithmeticException e) {
        return Optional.empty();
      }
    }
    Matcher m = TIME.matcher(time);
    if (!m.matches() || m.group(1).length() > 12) {
      return Optional.empty();
    }
    long number = Long.parseLong(m.group(1));
    return Optional.of(
        switch (m.group(2).toLowerCase(Locale.ROOT)) {
          case "us", "usec" -> number / 1000;
          case "ms", "msec" -> number;
          case "m", "min" -> number * 60_000;
          case "h", "hr" -> number * 3_600_000;
          default -> number * 1000;
        });
  }
}
