package dev.hactl.modules.pacemaker;

import dev.hactl.engine.module.BadValue;
import dev.hactl.engine.module.Type;
import dev.hactl.engine.module.Types;
import dev.hactl.engine.value.Value;
import dev.hactl.modules.cib.Setting;
import dev.hactl.modules.text.Tainted;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names and values: a mapping, or text as pcs takes it ({@code ip=192.0.2.9 cidr_netmask=24}), or a
 * list of such texts.
 */
final class SettingsType {
  private static final Pattern WORD =
      Pattern.compile("\\s*([^\\s=]+)=('([^']*)'|\"([^\"]*)\"|(\\S*))");
  private static final Pattern NAME = Pattern.compile("[^\\s=\\p{Cntrl}<>\"'&]+");

  static final Type.Plain<List<Setting>> TYPE =
      Types.plain("mapping of settings", "", SettingsType::read);

  private SettingsType() {}

  static List<Setting> read(Value value) {
    var all = new LinkedHashMap<String, Setting>();
    collect(value, all);
    return List.copyOf(all.values());
  }

  private static void collect(Value value, Map<String, Setting> into) {
    switch (value) {
      case Value.Dict dict ->
          dict.entries().forEach((name, v) -> put(into, name, text(name, v), v.secret()));
      case Value.Items items -> items.items().forEach(item -> collect(item, into));
      default -> words(Types.TEXT.convert().apply(value), value.secret(), into);
    }
  }

  private static String text(String name, Value value) {
    try {
      return Types.TEXT.convert().apply(value);
    } catch (BadValue e) {
      throw new BadValue(name + ": " + e.getMessage(), e.advice());
    }
  }

  private static void words(String text, boolean secret, Map<String, Setting> into) {
    Matcher m = WORD.matcher(text);
    int end = 0;
    while (m.find() && m.start() == end) {
      String value = m.group(3) != null ? m.group(3) : m.group(4) != null ? m.group(4) : m.group(5);
      put(into, m.group(1), value, secret);
      end = m.end();
    }
    if (!text.substring(end).isBlank()) {
      throw new BadValue(
          secret
              ? "name=value pairs are wanted"
              : "name=value is wanted at '" + text.substring(end).strip() + "'",
          "write a mapping, or name=value pairs with quotes around values that hold blanks");
    }
  }

  private static void put(Map<String, Setting> into, String name, String value, boolean secret) {
    if (!NAME.matcher(name).matches()) {
      throw new BadValue("'" + name + "' cannot be the name of a setting");
    }
    if (value.chars().anyMatch(Character::isISOControl)) {
      // Seen with Pacemaker 2.1.5: a line break comes back as a backslash and an n.
      throw new BadValue(
          "the value of '"
              + name
              + "' holds a line break or another control character, which"
              + " Pacemaker does not keep");
    }
    if (into.put(name, new Setting(name, new Tainted(value, secret))) != null) {
      throw new BadValue("'" + name + "' is given twice");
    }
  }

  /** Both, a name at most once. */
  static List<Setting> joined(List<Setting> one, List<Setting> other) {
    var all = new ArrayList<>(one);
    for (Setting setting : other) {
      if (one.stream().anyMatch(s -> s.name().equals(setting.name()))) {
        throw new BadValue("'" + setting.name() + "' is given twice");
      }
      all.add(setting);
    }
    return List.copyOf(all);
  }
}
