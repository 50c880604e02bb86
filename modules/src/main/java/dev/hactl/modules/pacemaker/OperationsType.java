package dev.hactl.modules.pacemaker;

import dev.hactl.engine.module.BadValue;
import dev.hactl.engine.module.Type;
import dev.hactl.engine.module.Types;
import dev.hactl.engine.value.Value;
import dev.hactl.modules.cib.Meaning;
import dev.hactl.modules.cib.Operation;
import dev.hactl.modules.cib.Setting;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;

/**
 * Actions of a resource: a mapping from names to settings, or a list of mappings that hold a {@code
 * name}, or of texts as pcs takes them ({@code monitor interval=10s timeout=20s}).
 */
final class OperationsType {
  private static final Set<String> TIMES = Set.of("interval", "timeout", "start-delay");
  private static final List<String> ON_FAIL =
      List.of(
          "ignore", "block", "demote", "stop", "restart", "standby", "fence", "restart-container");

  static final Type.Plain<List<Operation>> TYPE =
      Types.plain("list of operations", "", OperationsType::read);

  private OperationsType() {}

  static List<Operation> read(Value value) {
    var all = new ArrayList<Operation>();
    switch (value) {
      case Value.Items items -> items.items().forEach(item -> all.add(one(item)));
      case Value.Dict dict when !isOperation(dict) ->
          dict.entries().forEach((name, v) -> all.add(new Operation(name, settings(v))));
      default -> all.add(one(value));
    }
    all.forEach(OperationsType::check);
    distinct(all);
    return List.copyOf(all);
  }

  private static boolean isOperation(Value.Dict dict) {
    return dict.get("name").isPresent() || dict.get("action").isPresent();
  }

  private static Operation one(Value value) {
    if (value instanceof Value.Dict dict) {
      var rest = new LinkedHashMap<>(dict.entries());
      Value name = rest.remove("name");
      Value action = name == null ? rest.remove("action") : name;
      if (action == null) {
        throw new BadValue("an operation needs a name", "write 'name: monitor'");
      }
      return new Operation(
          Types.TEXT.convert().apply(action), SettingsType.read(new Value.Dict(rest)));
    }
    String text = Types.TEXT.convert().apply(value).strip();
    int blank = text.indexOf(' ');
    return blank < 0
        ? new Operation(text, List.of())
        : new Operation(
            text.substring(0, blank),
            SettingsType.read(new Value.Text(text.substring(blank), value.secret())));
  }

  private static List<Setting> settings(Value value) {
    return value instanceof Value.Nothing ? List.of() : SettingsType.read(value);
  }

  private static void check(Operation operation) {
    if (!operation.name().matches("[a-z][a-z_-]*")) {
      throw new BadValue(
          "'" + operation.name() + "' is no operation", "write monitor, start, stop, promote, ...");
    }
    for (Setting setting : operation.settings()) {
      // Any other name is for the agent, so a slip of the pen would be taken for one.
      Operation.meant(setting.name())
          .ifPresent(m -> {
            throw new BadValue(
                operation.name() + ": an operation has no '" + setting.name() + "'",
                "did you mean '" + m + "'?");
          });
      String text = setting.text();
      boolean right =
          switch (setting.name()) {
            case "role" -> !PcmkTypes.role(text).isEmpty();
            case "on-fail" -> ON_FAIL.contains(text);
            case "enabled", "record-pending" -> Meaning.bool(text).isPresent();
            default -> !TIMES.contains(setting.name()) || Meaning.milliseconds(text).isPresent();
          };
      if (!right) {
        throw new BadValue(
            operation.name() + ": " + setting.name() + " cannot be '" + text + "'",
            advice(setting.name()));
      }
    }
  }

  private static String advice(String name) {
    return switch (name) {
      case "on-fail" -> "it is one of " + String.join(", ", ON_FAIL);
      case "enabled", "record-pending" -> "it is true or false";
      case "role" -> "it is Promoted, Unpromoted, Started or Stopped";
      default -> "write a number of seconds, or a number with ms, s, min or h";
    };
  }

  /** Pacemaker tells actions apart by name and interval. */
  private static void distinct(List<Operation> all) {
    var seen = new HashSet<String>();
    for (Operation operation : all) {
      String interval =
          operation.settings().stream()
              .filter(s -> s.name().equals("interval"))
              .map(Setting::text)
              .findFirst()
              .orElse(operation.name().equals("monitor") ? "60s" : "0s");
      if (!seen.add(operation.name() + Meaning.milliseconds(interval).orElse(0L))) {
        throw new BadValue(
            "two " + operation.name() + " operations have the interval " + interval,
            "Pacemaker tells them apart by their interval: choose different ones");
      }
    }
  }
}
