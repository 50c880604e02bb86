package dev.hactl.modules.packages;

import dev.hactl.engine.module.BadValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One package as a task names it.
 *
 * @param spec as written, without blanks at its ends
 * @param name the part before an operator; for rpm it may hold a version after dashes
 * @param operator {@code =}, {@code >=}, {@code <=}, {@code >}, {@code <}, or empty
 * @param version what follows the operator, or empty; with {@code =} it may hold {@code *}
 */
record Wanted(String spec, String name, String operator, String version) {
  private static final Pattern SPEC =
      Pattern.compile(
          "(?<name>[A-Za-z0-9/_][A-Za-z0-9+._:()/-]*)"
              + "(?:\\s*(?<op>>=|<=|==?|>|<)\\s*(?<version>[A-Za-z0-9+.~:^*_-]+))?");
  private static final Pattern ARCHITECTURE =
      Pattern.compile("\\.(noarch|x86_64|i[3-6]86|aarch64|ppc64le|s390x|armv7hl|src)$");

  /** Reads a name; throws {@link BadValue} for what is no single package. */
  static Wanted of(String written) {
    String spec = written.strip();
    if (spec.startsWith("@")) {
      throw new BadValue(
          "'" + spec + "' is a package group", "groups change over time: name each package");
    }
    if (spec.contains("://")) {
      throw new BadValue(
          "'" + spec + "' is a URL",
          "fetch the file first and name its path on the host, or add its repository");
    }
    Matcher m = SPEC.matcher(spec);
    if (!m.matches()) {
      throw bad(spec);
    }
    String operator = Optional.ofNullable(m.group("op")).orElse("");
    return new Wanted(
        spec,
        m.group("name"),
        operator.equals("==") ? "=" : operator,
        Optional.ofNullable(m.group("version")).orElse(""));
  }

  private static BadValue bad(String spec) {
    int operator = spec.indexOf('=');
    String name = operator < 0 ? spec : spec.substring(0, operator);
    return name.chars().anyMatch(c -> "*?[".indexOf(c) >= 0)
        ? new BadValue(
            "'" + spec + "' is a pattern; what it matches changes over time",
            "name each package ('*' alone is understood with state: latest)")
        : new BadValue("'" + spec + "' is not a package name", "write name, or name=version");
  }

  /**
   * Whether a local archive is meant: an absolute path that ends in {@code .deb} or {@code .rpm}.
   */
  static boolean archive(String written) {
    String spec = written.strip();
    return spec.startsWith("/") && (spec.endsWith(".deb") || spec.endsWith(".rpm"));
  }

  /** Whether a certain version is asked for by an operator. */
  boolean versioned() {
    return !operator.isEmpty();
  }

  /** The name without dpkg's architecture suffix. */
  String dpkgName() {
    int colon = name.indexOf(':');
    return colon < 0 ? name : name.substring(0, colon);
  }

  /** dpkg's architecture suffix, or empty. */
  String dpkgArchitecture() {
    int colon = name.indexOf(':');
    return colon < 0 ? "" : name.substring(colon + 1);
  }

  /**
   * What the rpm database may know this by: {@code foo-1.2-3.x86_64} may be the package {@code
   * foo}, {@code foo-1.2} or have exactly that name.
   */
  List<String> rpmNames() {
    var names = new ArrayList<String>();
    names.add(name);
    if (name.startsWith("/") || name.contains("(")) {
      return names;
    }
    String rest = ARCHITECTURE.matcher(name).replaceFirst("");
    if (!rest.equals(name)) {
      names.add(rest);
    }
    for (int i = 0; i < 2; i++) {
      int dash = rest.lastIndexOf('-');
      if (dash <= 0 || dash + 1 >= rest.length()) {
        break;
      }
      rest = rest.substring(0, dash);
      names.add(rest);
    }
    return names;
  }
}
