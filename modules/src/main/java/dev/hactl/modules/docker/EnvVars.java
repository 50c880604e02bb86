package dev.hactl.modules.docker;

import dev.hactl.engine.module.BadValue;
import dev.hactl.engine.module.Type;
import dev.hactl.engine.module.Types;
import dev.hactl.modules.text.Tainted;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.Collectors;

/**
 * Variables of a container's environment.
 *
 * @param values by name
 */
record EnvVars(Map<String, Tainted> values) {
  /** Copies the map. */
  EnvVars {
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }

  /** docker reads a file of variables with lines of at most 64 KiB. */
  private static final int LINE = 60_000;

  /** The type of a mapping whose values may be secret. */
  static final Type.Plain<EnvVars> TYPE =
      Types.DICT.map(
          "mapping of variables",
          given -> {
            SequencedMap<String, Tainted> values = new LinkedHashMap<>();
            given.forEach((name, value) -> {
              Tainted text = Tainted.TYPE.convert().apply(value);
              check(name, text.text());
              values.put(name, text);
            });
            return new EnvVars(values);
          });

  private static void check(String name, String value) {
    if (!name.matches("[A-Za-z_][A-Za-z0-9_.-]*")) {
      throw new BadValue("'" + name + "' cannot be the name of a variable");
    }
    if (value.indexOf('\0') >= 0) {
      throw new BadValue("the value of '" + name + "' holds a zero byte");
    }
    if (unruly(value)
        && (!name.matches("[A-Za-z_][A-Za-z0-9_]*") || name.matches("PATH|HOME|LD_.*|DOCKER_.*"))) {
      throw new BadValue(
          "the value of '"
              + name
              + "' has several lines or is too long, and docker itself heeds it");
    }
  }

  /** Whether a line of a file cannot hold it. */
  private static boolean unruly(String value) {
    return value.indexOf('\n') >= 0 || value.indexOf('\r') >= 0 || value.length() > LINE;
  }

  /** The file of variables; without those that it cannot hold. */
  String file() {
    return values.entrySet().stream()
        .filter(e -> !unruly(e.getValue().text()))
        .map(e -> e.getKey() + "=" + e.getValue().text() + "\n")
        .collect(Collectors.joining());
  }

  /** Those that docker has to find in its own environment. */
  Map<String, String> own() {
    var own = new LinkedHashMap<String, String>();
    values.forEach((name, value) -> {
      if (unruly(value.text())) {
        own.put(name, value.text());
      }
    });
    return own;
  }

  /** Variables as docker lists them, by name. */
  static Map<String, String> map(List<String> env) {
    var map = new LinkedHashMap<String, String>();
    for (String line : env) {
      int equals = line.indexOf('=');
      map.put(
          equals < 0 ? line : line.substring(0, equals),
          equals < 0 ? "" : line.substring(equals + 1));
    }
    return map;
  }

  /** How a value may be shown; {@code before} is what was there under the same name. */
  String shown(String name, String value) {
    Tainted wanted = values.get(name);
    // What the playbook does not name may have been made by hand, with a password in it.
    return wanted == null || wanted.secret() ? "(not shown)" : value;
  }
}
