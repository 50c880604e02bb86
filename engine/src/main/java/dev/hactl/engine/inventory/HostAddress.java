package dev.hactl.engine.inventory;

import dev.hactl.engine.source.Place;
import dev.hactl.engine.source.Problem;
import dev.hactl.engine.source.SourceException;
import java.net.Inet6Address;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the words for hosts that are more than a plain name; see {@link HostWord}. */
final class HostAddress {
  private static final int LONGEST = 1000;
  private static final Pattern BRACKETED = Pattern.compile("\\[([^\\[\\]]+)](?::([0-9]{1,9}))?");
  private static final Pattern WITH_PORT =
      Pattern.compile("((?:[^:\\[\\]]|\\[[^\\]]*])*):([0-9]{1,9})");
  private static final Pattern BRACKETS = Pattern.compile("\\[[^\\]]*]");

  /** What patterns and the INI form give a meaning of its own. */
  private static final Pattern FOREIGN = Pattern.compile("[\\s\\p{Cntrl},*?\\[\\]{}()!&~'\"=;@]");

  private HostAddress() {}

  /**
   * Reads a word.
   *
   * @throws SourceException when it can be no host's name
   */
  static HostWord read(String word, Place place) {
    if (word.length() > LONGEST) {
      throw new SourceException(Problem.error(place, "the name of a host is not this long"));
    }
    Matcher bracketed = BRACKETED.matcher(word);
    if (bracketed.matches() && HostWord.isIpv6(bracketed.group(1))) {
      return new HostWord(List.of(bracketed.group(1)), port(bracketed.group(2)));
    }
    boolean ipv6 = HostWord.isIpv6(BRACKETS.matcher(word).replaceAll("1"));
    Matcher withPort = WITH_PORT.matcher(word);
    boolean split = !ipv6 && withPort.matches();
    String host = split ? withPort.group(1) : word;
    List<String> names = HostRange.expand(host, place);
    names.forEach(n -> verify(n, ipv6, place));
    return new HostWord(names, port(split ? withPort.group(2) : null));
  }

  /** Whether a text that has several colons is an IPv6 address. */
  static boolean isIpv6(String text) {
    String address = text.replaceFirst("%.*", ""); // the zone need not be one of this machine
    if (!address.chars().allMatch(c -> Character.digit(c, 16) >= 0 || c == ':' || c == '.')) {
      return false;
    }
    try {
      return Inet6Address.ofLiteral(address) != null;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static Optional<Integer> port(@Nullable String digits) {
    return Optional.ofNullable(digits).map(Integer::valueOf);
  }

  /** Refuses what cannot be a name. */
  static void verify(String name, boolean ipv6, Place place) {
    Matcher foreign = FOREIGN.matcher(name);
    boolean colon = !ipv6 && name.contains(":");
    if (name.isEmpty() || foreign.find() || colon || name.startsWith("-")) {
      throw new SourceException(
          Problem.error(place, "'" + name + "' cannot be the name of a host", advice(name, colon)));
    }
  }

  private static String advice(String name, boolean colon) {
    if (name.contains("{{") || name.contains("${")) {
      return "names are not rendered";
    }
    if (name.contains("=")) {
      return "variables of a group stand below [GROUP:vars]";
    }
    if (name.contains(",")) {
      return "one name stands in each line";
    }
    return colon
        ? "a port is a number, as in db1:2222; an IPv6 address needs no brackets without a port"
        : "a name has no blanks and none of , * ? [ ] { } ( ) ! & ~ ' \" = ; @, and no - in front";
  }
}
