package dev.hactl.modules.storage;

import dev.hactl.engine.module.Sh;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A mark that tells what a disk bears, as wipefs(8) finds it.
 *
 * @param type wipefs' word for it
 * @param uuid its identifier; empty when it has none
 * @param label its label; empty when it has none
 */
public record Signature(String type, String uuid, String label) {

  /**
   * Prints the signatures of {@code "$r"}, a shell variable, in wipefs' parsable form; after a line
   * {@code tool} when there is no wipefs, {@code failed} and its words when it failed.
   */
  public static final String ASK =
      """
      if ! command -v wipefs > /dev/null; then echo tool
      elif ! out=$(wipefs --no-act --parsable -- "$r" 2>&1); then printf 'failed\\n%s\\n' "$out"
      else printf 'read\\n%s\\n' "$out"
      fi
      """;

  /**
   * A shell text that succeeds when a device bears no signature.
   *
   * @param device its path
   */
  public static String none(String device) {
    return "o=$(wipefs --no-act --parsable -- "
        + Sh.quote(device)
        + " 2>&1) || { printf '%s\\n' \"$o\"; exit 1; }\n"
        + "o=$(printf '%s\\n' \"$o\" | grep -v '^#'); [ -z \"$o\" ] || { printf '%s\\n' \"$o\"; exit 1; }\n";
  }

  /** Reads wipefs' parsable form: offset, uuid, label, type; only the label may hold commas. */
  public static List<Signature> parse(String text) {
    var all = new ArrayList<Signature>();
    for (String line : text.lines().toList()) {
      String[] columns = line.split(",", -1);
      if (line.startsWith("#") || columns.length < 4) {
        continue;
      }
      var label = new ArrayList<String>();
      for (int i = 2; i < columns.length - 1; i++) {
        label.add(columns[i]);
      }
      var signature =
          new Signature(
              columns[columns.length - 1],
              unescaped(columns[1]),
              unescaped(String.join(",", label)));
      // A partition table has a copy of itself at the end of the disk.
      if (!all.contains(signature)) {
        all.add(signature);
      }
    }
    return List.copyOf(all);
  }

  /** wipefs writes bytes that could disturb as \xNN. */
  static String unescaped(String text) {
    var bytes = new ByteArrayOutputStream();
    for (int i = 0; i < text.length(); i++) {
      if (text.startsWith("\\x", i) && i + 4 <= text.length()) {
        bytes.write(Integer.parseInt(text.substring(i + 2, i + 4), 16));
        i += 3;
      } else {
        bytes.writeBytes(text.substring(i, i + 1).getBytes(StandardCharsets.UTF_8));
      }
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  /** Whether it lies at the end of the disk, where growing or shrinking would lose it. */
  boolean atTheEnd() {
    return switch (type) {
      case "drbd", "gpt", "linux_raid_member", "isw_raid_member", "ddf_raid_member" -> true;
      default -> false;
    };
  }

  /** As an operator reads it. */
  public String show() {
    String what =
        switch (type) {
          case "drbd" -> "DRBD metadata";
          case "LVM2_member" -> "an LVM physical volume";
          case "crypto_LUKS" -> "a LUKS container";
          case "swap" -> "a swap area";
          case "dos", "gpt", "PMBR", "sun", "bsd", "mac", "sgi" ->
              "a partition table (" + type + ")";
          case "linux_raid_member" -> "a RAID member";
          default -> "the file system " + type;
        };
    return what
        + (label.isEmpty() ? "" : " '" + label + "'")
        + (uuid.isEmpty() ? "" : " with UUID " + uuid);
  }

  /** All of them in one phrase. */
  public static String show(List<Signature> all) {
    return all.stream().map(Signature::show).collect(Collectors.joining(" and "));
  }
}
