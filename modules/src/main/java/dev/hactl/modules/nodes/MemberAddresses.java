package dev.hactl.modules.nodes;

import dev.hactl.engine.module.BadValue;
import dev.hactl.engine.module.Type;
import dev.hactl.engine.module.Types;
import dev.hactl.engine.value.Value;
import java.math.BigInteger;
import java.net.InetAddress;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.regex.Pattern;

/**
 * Which address each member has on one network: named for each, or found by the network.
 *
 * @param given by node name; empty when the network says it
 * @param network such as {@code 10.77.1.0/24}; empty when addresses are given
 */
public record MemberAddresses(SequencedMap<String, String> given, String network) {

  /** A mapping from node names to addresses, or a network. */
  public static final Type.Plain<MemberAddresses> TYPE =
      Types.plain("mapping of addresses, or a network", "", MemberAddresses::read);

  /** Prints every address of the host, one a line; a question of {@link #of}. */
  public static final String ASK = "ip -o addr show 2> /dev/null || :";

  private static final Pattern NUMERIC = Pattern.compile("[0-9A-Fa-f.:]+");

  /** Copies the map. */
  public MemberAddresses {
    given = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(given));
  }

  private static MemberAddresses read(Value value) {
    if (value instanceof Value.Dict dict) {
      var given = new LinkedHashMap<String, String>();
      dict.entries()
          .forEach((node, v) -> {
            String address = Types.TEXT.convert().apply(v);
            parse(address);
            given.put(node, address);
          });
      if (given.isEmpty()) {
        throw new BadValue("an address for each node is wanted");
      }
      return new MemberAddresses(given, "");
    }
    String text = Types.TEXT.convert().apply(value).strip();
    int slash = text.indexOf('/');
    if (slash < 0) {
      throw new BadValue(
          "'" + text + "' is not a network",
          "write a network such as 192.0.2.0/24, in which each node has one address, or a mapping"
              + " from node names to addresses");
    }
    int bits = parse(text.substring(0, slash)).length * 8;
    String length = text.substring(slash + 1);
    if (!length.matches("\\d{1,3}") || Integer.parseInt(length) > bits) {
      throw new BadValue("'" + text + "' is not a network");
    }
    return new MemberAddresses(new LinkedHashMap<>(), text);
  }

  private static byte[] parse(String address) {
    try {
      if (NUMERIC.matcher(address).matches()
          && (address.contains(":") || address.matches("(\\d{1,3}\\.){3}\\d{1,3}"))) {
        return InetAddress.ofLiteral(address).getAddress();
      }
    } catch (IllegalArgumentException e) {
      throw new BadValue("'" + address + "' is not an address");
    }
    throw new BadValue(
        "'" + address + "' is not an address",
        "write it in numbers: names may change their meaning");
  }

  /** Stands for the address of a node that cannot be asked; {@link #fits} takes any for it. */
  private static final String ANY = "<address>";

  private static final String ANY_V6 = "<address:>";

  /**
   * The address of a node, or any of its network while it cannot be observed.
   *
   * @param own what {@link #ASK} printed there; empty when it cannot be observed
   */
  public Found of(String node, Optional<String> own) {
    return own.map(o -> of(node, o)).orElseGet(() -> unseen(node));
  }

  private Found unseen(String node) {
    return network.isEmpty()
        ? of(node, "")
        : new Found(Optional.of(network.contains(":") ? ANY_V6 : ANY), "");
  }

  /**
   * Whether a text is as generated, whatever the addresses of nodes that cannot be observed are.
   */
  public static boolean fits(String generated, String text) {
    String pattern =
        Pattern.quote(generated)
            .replace(ANY, "\\E[0-9.]+\\Q")
            .replace(ANY_V6, "\\E[0-9A-Fa-f:.]+\\Q");
    return Pattern.matches(pattern, text);
  }

  /**
   * The address of a node, or why there is none.
   *
   * @param address empty when there is none
   */
  public record Found(Optional<String> address, String why) {}

  /** The address of a node that printed this for {@link #ASK}. */
  public Found of(String node, String own) {
    if (network.isEmpty()) {
      String address = given.get(node);
      return address == null
          ? new Found(Optional.empty(), "no address is given for the node " + node)
          : new Found(Optional.of(address), "");
    }
    List<String> inside = inside(own, true);
    if (inside.isEmpty()) {
      inside = inside(own, false);
    }
    return inside.size() == 1
        ? new Found(Optional.of(inside.getFirst()), "")
        : new Found(
            Optional.empty(),
            inside.isEmpty()
                ? node + " has no address in " + network
                : node + " has several addresses in " + network + ": " + String.join(", ", inside));
  }

  /** Virtual addresses that a cluster added are secondary, or have a prefix of their own. */
  private List<String> inside(String own, boolean samePrefix) {
    String prefix = network.substring(network.indexOf('/'));
    return own.lines()
        .map(l -> l.strip().split("\\s+", -1))
        .filter(w -> w.length > 3 && w[2].startsWith("inet") && w[3].contains("/"))
        .filter(w -> !List.of(w).contains("secondary"))
        .map(w -> w[3])
        .filter(a -> !samePrefix || a.endsWith(prefix))
        .map(a -> a.substring(0, a.indexOf('/')))
        .filter(this::contains)
        .distinct()
        .toList();
  }

  private boolean contains(String address) {
    byte[] net = parse(network.substring(0, network.indexOf('/')));
    byte[] one;
    try {
      one = parse(address);
    } catch (BadValue e) {
      return false;
    }
    int host = net.length * 8 - Integer.parseInt(network.substring(network.indexOf('/') + 1));
    return one.length == net.length
        && new BigInteger(1, net).shiftRight(host).equals(new BigInteger(1, one).shiftRight(host));
  }

  /** Why these addresses are not those of these nodes, if one is given for somebody else. */
  public Optional<String> strange(NodeNames names) {
    List<String> nodes = names.all();
    List<String> strangers = given.keySet().stream().filter(n -> !nodes.contains(n)).toList();
    return strangers.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "an address is given for %s, but the members call themselves %s (uname -n)"
                .formatted(String.join(", ", strangers), String.join(", ", nodes)));
  }
}
