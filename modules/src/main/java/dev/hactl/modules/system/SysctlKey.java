package dev.hactl.modules.system;

import dev.hactl.engine.module.BadValue;
import dev.hactl.engine.module.Type;
import dev.hactl.engine.module.Types;

/**
 * The name of a kernel setting.
 *
 * <p>sysctl(8): when the first separator is a dot, dots separate and slashes stand for dots ({@code
 * net.ipv4.conf.eth0/1.rp_filter}); when it is a slash, it is the other way round.
 *
 * @param text as written
 */
record SysctlKey(String text) {
  static final Type.Plain<SysctlKey> TYPE = Types.NAME.map("kernel setting", SysctlKey::parse);

  static SysctlKey parse(String text) {
    String key = text.strip();
    if (!key.matches("[A-Za-z0-9_][A-Za-z0-9_./:@+-]*") || key.contains("..")) {
      throw new BadValue("'" + text + "' is not the name of a kernel setting");
    }
    return new SysctlKey(key);
  }

  /** Its file. */
  String path() {
    int dot = text.indexOf('.');
    int slash = text.indexOf('/');
    boolean dotted = slash < 0 || (dot >= 0 && dot < slash);
    var path = new StringBuilder("/proc/sys/");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      path.append(!dotted ? c : c == '.' ? '/' : c == '/' ? '.' : c);
    }
    return path.toString();
  }

  /** Whether a key in a file means this one. */
  boolean means(String other) {
    String plain = other.strip();
    return plain.equals(text)
        || (plain.matches("[A-Za-z0-9_./:@+-]+") && new SysctlKey(plain).path().equals(path()));
  }
}
