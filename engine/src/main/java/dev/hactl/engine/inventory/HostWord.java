package dev.hactl.engine.inventory;

import dev.hactl.engine.source.Node;
import dev.hactl.engine.source.Place;
import dev.hactl.engine.source.SourceException;
import java.util.List;
import java.util.Optional;

/**
 * The word that names hosts where an inventory lists them: a name or an address, perhaps with
 * ranges, perhaps with a port, as in {@code db[1:3]:2222} or {@code [2001:db8::1]:22}.
 *
 * @param names the hosts, in the order of the ranges
 * @param port the port behind the name
 */
record HostWord(List<String> names, Optional<Integer> port) {
  /**
   * Reads a word.
   *
   * @throws SourceException when it can be no host's name
   */
  static HostWord read(String word, Place place) {
    return isPlain(word)
        ? new HostWord(List.of(word), Optional.empty())
        : HostAddress.read(word, place);
  }

  /**
   * A name as a program gives it: without ranges and port.
   *
   * @throws SourceException when it can be no host's name
   */
  static String single(String name, Place place) {
    if (!isPlain(name)) {
      HostAddress.verify(name, isIpv6(name), place);
    }
    return name;
  }

  /** Whether a text is an IPv6 address, which no colon in it separates. */
  static boolean isIpv6(String text) {
    int colon = text.indexOf(':');
    return colon >= 0 && colon != text.lastIndexOf(':') && HostAddress.isIpv6(text);
  }

  /** Nearly all names are: no pattern has to be prepared for them. */
  private static boolean isPlain(String word) {
    for (int i = 0; i < word.length(); i++) {
      char c = word.charAt(i);
      if (!Character.isLetterOrDigit(c) && c != '.' && c != '_' && (c != '-' || i == 0)) {
        return false;
      }
    }
    return !word.isEmpty();
  }

  /** The variable that holds the port. */
  Optional<Node.Mapping> portVariable(Place place) {
    return port.map(p ->
        new Node.Mapping(
            List.of(
                new Node.Entry(
                    new Node.Scalar("ansible_port", Node.Kind.TEXT, true, "", place),
                    new Node.Scalar(Integer.toString(p), Node.Kind.INTEGER, true, "", place))),
            place));
  }
}
