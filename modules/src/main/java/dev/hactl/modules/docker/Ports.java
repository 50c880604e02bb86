package dev.hactl.modules.docker;

import dev.hactl.engine.module.BadValue;
import dev.hactl.engine.module.Type;
import dev.hactl.engine.module.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Ports of a container at ports of its host, as {@code docker run -p} takes them. */
final class Ports {
  private static final Pattern GRAMMAR =
      Pattern.compile(
          "(?:(?:(\\[[0-9A-Fa-f:.]+]|[0-9.]+):)?(?:(\\d{1,5})(?:-(\\d{1,5}))?)?:)?"
              + "(\\d{1,5})(?:-(\\d{1,5}))?(?:/(tcp|udp|sctp))?");

  private Ports() {}

  /** A list of published ports, each alone: ranges are spread. */
  static final Type.Plain<List<String>> TYPE =
      Types.TEXTS
          .map(
              "list of ports",
              texts -> texts.stream().flatMap(t -> parse(t).stream()).distinct().sorted().toList())
          .openly();

  /** {@code address:port:port/protocol}; what is not said is left out. */
  static String shown(String address, String hostPort, String port) {
    String plain = address.contains(":") ? "[" + address + "]" : address;
    String at = hostPort.equals("0") ? "" : hostPort;
    String where = plain.isEmpty() ? at : plain + ":" + at;
    return where.isEmpty() ? port : where + ":" + port;
  }

  static List<String> parse(String text) {
    Matcher m = GRAMMAR.matcher(text);
    if (!m.matches()) {
      throw new BadValue(
          "'" + text + "' publishes no port", "write 8080:80, 127.0.0.1:8080:80 or 53:53/udp");
    }
    String address = m.group(1) == null ? "" : m.group(1).replaceAll("[\\[\\]]", "");
    String protocol = m.group(6) == null ? "tcp" : m.group(6);
    int first = number(text, m.group(4));
    int last = m.group(5) == null ? first : number(text, m.group(5));
    boolean fixed = m.group(2) != null;
    int from = fixed ? number(text, m.group(2)) : 0;
    int to = m.group(3) == null ? from : number(text, m.group(3));
    if (last < first || (fixed && to - from != last - first)) {
      throw new BadValue("the ranges of '" + text + "' are not equally long");
    }
    var ports = new ArrayList<String>();
    for (int i = 0; i <= last - first; i++) {
      ports.add(
          shown(address, fixed ? Integer.toString(from + i) : "", first + i + "/" + protocol));
    }
    return ports;
  }

  private static int number(String text, String digits) {
    int number = Integer.parseInt(digits);
    if (number < 1 || number > 65535) {
      throw new BadValue("'" + text + "': there is no port " + number);
    }
    return number;
  }
}
