package dev.hactl.modules.drbd;

import dev.hactl.engine.module.BadValue;
import dev.hactl.engine.module.Type;
import dev.hactl.engine.module.Types;
import dev.hactl.engine.value.Value;
import dev.hactl.modules.text.Tainted;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;

/**
 * The options of one section of a resource file, by name, as drbd.conf(5) names them.
 *
 * @param options in the order they were given
 */
record OptionSection(SequencedMap<String, Tainted> options) {
  static final Type.Plain<OptionSection> TYPE =
      Types.plain("mapping of options", "object", OptionSection::read);
  static final OptionSection NONE = new OptionSection(new LinkedHashMap<>());

  /** Copies the map. */
  OptionSection {
    options = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(options));
  }

  private static OptionSection read(Value value) {
    var options = new LinkedHashMap<String, Tainted>();
    for (Map.Entry<String, Value> e : Types.DICT.convert().apply(value).entrySet()) {
      String name = e.getKey();
      if (!name.matches("[a-z][a-z0-9-]*")) {
        throw new BadValue(
            "'" + name + "' cannot be the name of an option", "write it as drbd.conf(5) does");
      }
      String text =
          e.getValue() instanceof Value.Bool b
              ? b.value() ? "yes" : "no"
              : Types.TEXT.convert().apply(e.getValue());
      if (text.chars().anyMatch(c -> c == '"' || c == '\\' || Character.isISOControl(c))) {
        throw new BadValue(
            "the value of '" + name + "' holds a character that DRBD cannot read back",
            "leave out double quotes, backslashes and line breaks");
      }
      options.put(name, new Tainted(text, e.getValue().secret() || name.equals("shared-secret")));
    }
    return new OptionSection(options);
  }

  /** Whether something in it must not be shown. */
  boolean secret() {
    return options.values().stream().anyMatch(Tainted::secret);
  }

  /** The same with one option more, unless it is given. */
  OptionSection or(String name, String value) {
    var more = new LinkedHashMap<>(options);
    more.putIfAbsent(name, Tainted.open(value));
    return new OptionSection(more);
  }

  /** The section as drbd.conf(5) wants it; nothing when it is empty. */
  String show(String name, String indent) {
    if (options.isEmpty()) {
      return "";
    }
    var text = new StringBuilder(indent).append(name).append(" {\n");
    options.forEach((option, value) ->
        text.append(indent)
            .append("  ")
            .append(option)
            .append(' ')
            .append(word(value.text(), name.equals("handlers")))
            .append(";\n"));
    return text.append(indent).append("}\n").toString();
  }

  static String word(String text, boolean quote) {
    return !quote && text.matches("[A-Za-z0-9_./:%+-]+") ? text : "\"" + text + "\"";
  }
}
