package dev.hactl.modules.packages;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Which entries of the database a task's name stands for. */
final class Matching {
  private final Observed observed;
  private final boolean dpkg;
  private final String nativeArchitecture;

  Matching(Observed observed) {
    this.observed = observed;
    this.dpkg = observed.tool().filter(Tool::dpkg).isPresent();
    this.nativeArchitecture =
        observed.packages().stream()
            .filter(p -> p.name().equals("dpkg"))
            .map(Installed::architecture)
            .findFirst()
            .orElse("");
  }

  /** Entries that carry this very name, whatever their version and state. */
  List<Installed> named(Wanted wanted) {
    if (!dpkg) {
      return wanted.rpmNames().stream()
          .flatMap(n ->
              observed.byName().getOrDefault(n, List.of()).stream()
                  .filter(p -> p.name().equals(n))
                  .filter(p -> label(wanted.name(), p)))
          .distinct()
          .toList();
    }
    return observed.packages().stream()
        .filter(p -> p.name().equals(wanted.dpkgName()) && architecture(wanted, p))
        .toList();
  }

  /** Entries of other names that provide this one. */
  List<Installed> providers(Wanted wanted) {
    if (!dpkg) {
      return observed.byName().getOrDefault(wanted.name(), List.of()).stream()
          .filter(p -> !p.name().equals(wanted.name()))
          .toList();
    }
    return observed.packages().stream()
        .filter(p -> p.state() == Installed.State.COMPLETE)
        .filter(p -> p.provides().stream().anyMatch(v -> provided(v).equals(wanted.dpkgName())))
        .toList();
  }

  /** The complete entry that satisfies a name and its version. */
  Optional<Installed> satisfying(Wanted wanted) {
    Optional<Installed> named =
        named(wanted).stream()
            .filter(p -> p.state() == Installed.State.COMPLETE && version(wanted, p.version()))
            .findFirst();
    boolean itself = named.isPresent() || wanted.versioned() || !named(wanted).isEmpty();
    return itself ? named : providers(wanted).stream().findFirst();
  }

  /** The complete entry that an archive's package has on the host, in any version. */
  Optional<Installed> same(Installed archive) {
    return observed.packages().stream()
        .filter(p -> p.name().equals(archive.name()) && p.state() == Installed.State.COMPLETE)
        .filter(p -> p.architecture().equals(archive.architecture()))
        .findFirst();
  }

  /** Compares versions as the host's database does. */
  int compare(String a, String b) {
    return dpkg ? Versions.debian(a, b) : Versions.rpm(a, b);
  }

  private boolean version(Wanted wanted, String version) {
    if (!wanted.versioned()) {
      return true;
    }
    if (wanted.operator().equals("=")) {
      return wanted.version().contains("*")
          ? glob(wanted.version()).matcher(version).matches()
          : dpkg
              ? wanted.version().equals(version)
              : Versions.rpm(version, epochOf(version, wanted.version())) == 0;
    }
    int order = compare(version, dpkg ? wanted.version() : epochOf(version, wanted.version()));
    return switch (wanted.operator()) {
      case ">=" -> order >= 0;
      case "<=" -> order <= 0;
      case ">" -> order > 0;
      default -> order < 0;
    };
  }

  // yum takes a version without epoch as one of any epoch.
  private static String epochOf(String installed, String wanted) {
    int colon = installed.indexOf(':');
    return (wanted.indexOf(':') >= 0 || colon < 0)
        ? wanted
        : installed.substring(0, colon + 1) + wanted;
  }

  private static Pattern glob(String text) {
    return Pattern.compile(Pattern.quote(text).replace("*", "\\E.*\\Q"));
  }

  private boolean architecture(Wanted wanted, Installed p) {
    String asked = wanted.dpkgArchitecture();
    String has = p.architecture();
    if (asked.isEmpty() || asked.equals("native")) {
      return has.equals("all") || has.equals(nativeArchitecture);
    }
    return asked.equals("any") || has.equals(asked);
  }

  private static boolean label(String name, Installed p) {
    String version = p.version().substring(p.version().indexOf(':') + 1);
    String withoutRelease = p.name() + "-" + version.substring(0, version.lastIndexOf('-'));
    String withEpoch = p.name() + "-" + p.version();
    return List.of(
            p.name(),
            p.name() + "." + p.architecture(),
            withoutRelease,
            withoutRelease + "." + p.architecture(),
            p.nvr(),
            p.nevra(),
            withEpoch,
            withEpoch + "." + p.architecture())
        .contains(name);
  }

  private static String provided(String entry) {
    int blank = entry.indexOf(' ');
    String name = blank < 0 ? entry : entry.substring(0, blank);
    int colon = name.indexOf(':');
    return colon < 0 ? name : name.substring(0, colon);
  }
}
