package dev.hactl.engine.template.function;

import dev.hactl.engine.value.Value;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Addresses and networks, of IPv4 and IPv6 alike. */
final class AddressFunctions implements Group {
  /** How many networks one list may have. */
  private static final int MANY = 65_536;

  @Override
  public String title() {
    return "Addresses and networks";
  }

  @Override
  public List<FunctionForm> forms() {
    return List.of(
        new FunctionForm(
            "ip_in_cidr",
            "ip, net",
            "whether an address, or a whole network, lies in a network",
            "ip_in_cidr('192.0.2.9', '192.0.2.0/24')",
            "true"),
        new FunctionForm(
            "is_ip",
            "x",
            "whether this is an address without a prefix",
            "is_ip('2001:db8::1')",
            "true"),
        new FunctionForm(
            "is_cidr",
            "x",
            "whether this is an address with a prefix",
            "is_cidr('192.0.2.0/24')",
            "true"),
        new FunctionForm(
            "ip_version", "ip", "4 or 6; also of a network", "ip_version('2001:db8::1')", "6"),
        new FunctionForm(
            "ip_add",
            "ip, n",
            "the address n further on",
            "ip_add('192.0.2.255', 2)",
            "\"192.0.3.1\""),
        new FunctionForm(
            "ip_compress",
            "ip",
            "the usual short form",
            "ip_compress('2001:0db8:0:0:0:0:0:1')",
            "\"2001:db8::1\""),
        new FunctionForm(
            "ip_wrap",
            "ip",
            "in brackets when it is IPv6, as before a port",
            "ip_wrap('2001:db8::1') + ':80'",
            "\"[2001:db8::1]:80\""),
        new FunctionForm(
            "ip_reverse",
            "ip",
            "its name for a reverse look-up in DNS",
            "ip_reverse('192.0.2.9')",
            "\"9.2.0.192.in-addr.arpa\""),
        new FunctionForm(
            "ip_sort",
            "list",
            "addresses in their order",
            "ip_sort(['192.0.2.10', '192.0.2.9'])",
            "[\"192.0.2.9\",\"192.0.2.10\"]"),
        new FunctionForm(
            "cidr_host",
            "net, n",
            "the n-th address of a network; a negative n counts from its end",
            "cidr_host('192.0.2.0/24', 10)",
            "\"192.0.2.10\""),
        new FunctionForm(
            "cidr_ip",
            "net",
            "the address without the prefix",
            "cidr_ip('192.0.2.9/24')",
            "\"192.0.2.9\""),
        new FunctionForm(
            "cidr_network",
            "net",
            "the network's first address",
            "cidr_network('192.0.2.9/24')",
            "\"192.0.2.0\""),
        new FunctionForm(
            "cidr_broadcast",
            "net",
            "the network's last address",
            "cidr_broadcast('192.0.2.9/24')",
            "\"192.0.2.255\""),
        new FunctionForm(
            "cidr_netmask",
            "net",
            "the prefix as a netmask",
            "cidr_netmask('192.0.2.0/20')",
            "\"255.255.240.0\""),
        new FunctionForm(
            "cidr_prefix",
            "net",
            "the length of the prefix, also of an address with a netmask",
            "cidr_prefix('192.0.2.0/255.255.255.0')",
            "24"),
        new FunctionForm(
            "cidr_size", "net", "how many addresses it has", "cidr_size('192.0.2.0/28')", "16"),
        new FunctionForm(
            "cidr_subnets",
            "net, prefix",
            "the smaller networks of a network",
            "cidr_subnets('192.0.2.0/24', 25)",
            "[\"192.0.2.0/25\",\"192.0.2.128/25\"]"));
  }

  @Override
  public Value call(String name, Args args) {
    return switch (name) {
      case "ip_in_cidr" -> Value.bool(network(args, 1).contains(network(args, 0)));
      case "is_ip" -> Value.bool(is(args, false));
      case "is_cidr" -> Value.bool(is(args, true));
      case "ip_version" -> Value.number(network(args, 0).v6() ? 6 : 4);
      case "ip_add" -> Value.text(moved(args, network(args, 0), integer(args, 1)).host());
      case "ip_compress" -> Value.text(network(args, 0).host());
      case "ip_wrap" -> Value.text(wrapped(network(args, 0)));
      case "ip_reverse" -> Value.text(reversed(network(args, 0)));
      case "ip_sort" -> sorted(args);
      case "cidr_host" -> Value.text(host(args));
      case "cidr_ip" -> Value.text(network(args, 0).host());
      case "cidr_network" -> Value.text(network(args, 0).network().host());
      case "cidr_broadcast" -> Value.text(network(args, 0).last().host());
      case "cidr_netmask" -> Value.text(network(args, 0).netmask());
      case "cidr_prefix" -> Value.number(network(args, 0).prefix());
      case "cidr_size" -> new Value.Num(new BigDecimal(network(args, 0).size()), false);
      case "cidr_subnets" -> subnets(args);
      default -> throw new IllegalArgumentException(name);
    };
  }

  private static Cidr network(Args args, int i) {
    return Cidr.read(args.text(i))
        .orElseThrow(
            () -> args.bad(i, "must be an address such as 192.0.2.9, 192.0.2.0/24 or 2001:db8::1"));
  }

  private static boolean is(Args args, boolean prefixed) {
    return args.any(0) instanceof Value.Text t
        && t.text().contains("/") == prefixed
        && Cidr.read(t.text()).isPresent();
  }

  private static BigInteger integer(Args args, int i) {
    try {
      return args.number(i).toBigIntegerExact();
    } catch (ArithmeticException e) {
      throw args.bad(i, "must be a whole number");
    }
  }

  private static Cidr moved(Args args, Cidr from, BigInteger by) {
    Cidr to = from.at(from.address().add(by));
    if (to.address().signum() < 0 || to.address().bitLength() > to.bits()) {
      throw args.bad(1, "leads beyond the last address there is");
    }
    return to;
  }

  private static String host(Args args) {
    Cidr net = network(args, 0);
    BigInteger n = integer(args, 1);
    BigInteger index = n.signum() < 0 ? net.size().add(n) : n;
    if (index.signum() < 0 || index.compareTo(net.size()) >= 0) {
      throw args.bad(1, "must be less than the number of addresses in the network");
    }
    return net.at(net.network().address().add(index)).host();
  }

  private static String wrapped(Cidr ip) {
    return ip.v6() ? "[" + ip.host() + "]" : ip.host();
  }

  private static String reversed(Cidr ip) {
    int step = ip.v6() ? 4 : 8;
    var name = new StringBuilder();
    BigInteger part = BigInteger.ONE.shiftLeft(step).subtract(BigInteger.ONE);
    for (int shift = 0; shift < ip.bits(); shift += step) {
      int digit = ip.address().shiftRight(shift).and(part).intValue();
      name.append(ip.v6() ? Integer.toHexString(digit) : Integer.toString(digit)).append('.');
    }
    return name.append(ip.v6() ? "ip6.arpa" : "in-addr.arpa").toString();
  }

  private static Value sorted(Args args) {
    record Known(String text, Cidr ip) {}
    return Value.texts(
        args.texts(0).stream()
            .map(t ->
                new Known(
                    t,
                    Cidr.read(t)
                        .orElseThrow(() -> args.bad(0, "must be a list of addresses only"))))
            .sorted(
                Comparator.comparingInt((Known k) -> k.ip().bits())
                    .thenComparing(k -> k.ip().address())
                    .thenComparingInt(k -> k.ip().prefix()))
            .map(Known::text)
            .toList());
  }

  private static Value subnets(Args args) {
    Cidr net = network(args, 0);
    int prefix = args.whole(1, net.prefix(), net.bits());
    if (prefix - net.prefix() > 16) {
      throw args.bad(1, "would make more than " + MANY + " networks");
    }
    Cidr next = net.network().within(prefix);
    var all = new ArrayList<Value>();
    for (int i = 0; i < 1 << (prefix - net.prefix()); i++) {
      all.add(Value.text(next.toString()));
      next = next.at(next.address().add(next.size()));
    }
    return new Value.Items(all);
  }
}
