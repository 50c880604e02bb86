package dev.hactl.engine.template.function;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * An address of IPv4 or IPv6 with the length of its network's prefix. Read without asking any name
 * service.
 *
 * @param bits 32 or 128
 * @param prefix from 0 to {@code bits}
 */
record Cidr(BigInteger address, int bits, int prefix) {
  private static final Pattern V4 =
      Pattern.compile("([0-9]{1,3})\\.([0-9]{1,3})\\.([0-9]{1,3})\\.([0-9]{1,3})");
  private static final Pattern GROUP = Pattern.compile("[0-9a-fA-F]{1,4}");
  private static final Pattern PREFIX = Pattern.compile("[0-9]{1,3}");
  private static final int V6_GROUPS = 8;

  /** {@code address}, {@code address/prefix} or {@code address/netmask}; empty for all else. */
  static Optional<Cidr> read(String text) {
    int slash = text.indexOf('/');
    String host = slash < 0 ? text : text.substring(0, slash);
    Optional<BigInteger> v4 = v4(host);
    Optional<BigInteger> address = v4.or(() -> v6(host));
    int bits = v4.isPresent() ? 32 : 128;
    int prefix = slash < 0 ? bits : prefix(text.substring(slash + 1), bits);
    return prefix < 0 || prefix > bits
        ? Optional.empty()
        : address.map(a -> new Cidr(a, bits, prefix));
  }

  private static int prefix(String text, int bits) {
    if (PREFIX.matcher(text).matches()) {
      return Integer.parseInt(text);
    }
    return bits == 32 ? v4(text).map(Cidr::prefixOf).orElse(-1) : -1;
  }

  /** The prefix of a netmask; -1 when its ones do not stand together. */
  static int prefixOf(BigInteger mask) {
    int prefix = mask.bitCount();
    return mask.equals(mask(32, prefix)) ? prefix : -1;
  }

  private static BigInteger mask(int bits, int prefix) {
    return BigInteger.ONE.shiftLeft(prefix).subtract(BigInteger.ONE).shiftLeft(bits - prefix);
  }

  static Optional<BigInteger> v4(String text) {
    Matcher m = V4.matcher(text);
    if (!m.matches()) {
      return Optional.empty();
    }
    BigInteger address = BigInteger.ZERO;
    for (int i = 1; i <= 4; i++) {
      int part = Integer.parseInt(m.group(i));
      // A leading zero is octal to some programs and decimal to others.
      if (part > 255 || (m.group(i).length() > 1 && m.group(i).startsWith("0"))) {
        return Optional.empty();
      }
      address = address.shiftLeft(8).or(BigInteger.valueOf(part));
    }
    return Optional.of(address);
  }

  private static Optional<BigInteger> v6(String text) {
    String[] halves = text.split("::", -1);
    if (halves.length > 2) {
      return Optional.empty();
    }
    List<Integer> head = groups(halves[0]);
    List<Integer> tail = halves.length == 2 ? groups(halves[1]) : List.of();
    int missing = V6_GROUPS - head.size() - tail.size();
    boolean fits = halves.length == 2 ? missing >= 1 : missing == 0;
    if (!fits || head.contains(-1) || tail.contains(-1)) {
      return Optional.empty();
    }
    var all = new ArrayList<>(head);
    for (int i = 0; i < missing; i++) {
      all.add(0);
    }
    all.addAll(tail);
    BigInteger address = BigInteger.ZERO;
    for (int group : all) {
      address = address.shiftLeft(16).or(BigInteger.valueOf(group));
    }
    return Optional.of(address);
  }

  /** The groups of sixteen bits; -1 among them for what is none. */
  private static List<Integer> groups(String text) {
    var groups = new ArrayList<Integer>();
    if (text.isEmpty()) {
      return groups;
    }
    String[] parts = text.split(":", -1);
    for (int i = 0; i < parts.length; i++) {
      Optional<BigInteger> v4 = i == parts.length - 1 ? v4(parts[i]) : Optional.empty();
      if (v4.isPresent()) {
        groups.add(v4.get().shiftRight(16).intValue());
        groups.add(v4.get().intValue() & 0xFFFF);
      } else {
        groups.add(GROUP.matcher(parts[i]).matches() ? Integer.parseInt(parts[i], 16) : -1);
      }
    }
    return groups;
  }

  boolean v6() {
    return bits == 128;
  }

  /** The first address of the network. */
  Cidr network() {
    return at(address.and(mask(bits, prefix)));
  }

  /** The last address of the network. */
  Cidr last() {
    return at(network().address.add(size()).subtract(BigInteger.ONE));
  }

  /** How many addresses the network has. */
  BigInteger size() {
    return BigInteger.ONE.shiftLeft(bits - prefix);
  }

  Cidr at(BigInteger other) {
    return new Cidr(other, bits, prefix);
  }

  Cidr within(int length) {
    return new Cidr(address, bits, length);
  }

  String netmask() {
    return new Cidr(mask(bits, prefix), bits, bits).host();
  }

  boolean contains(Cidr other) {
    return bits == other.bits
        && other.prefix >= prefix
        && other.within(prefix).network().equals(network());
  }

  /** The address alone, IPv6 as RFC 5952 writes it. */
  String host() {
    if (!v6()) {
      return decimal(address);
    }
    int[] groups = new int[V6_GROUPS];
    for (int i = 0; i < V6_GROUPS; i++) {
      groups[i] = address.shiftRight(16 * (V6_GROUPS - 1 - i)).intValue() & 0xFFFF;
    }
    int from = 0;
    int longest = 1; // a single zero is not shortened
    for (int i = 0; i < V6_GROUPS; i++) {
      int end = i;
      while (end < V6_GROUPS && groups[end] == 0) {
        end++;
      }
      if (end - i > longest) {
        longest = end - i;
        from = i;
      }
    }
    return longest == 1
        ? hex(groups, 0, V6_GROUPS)
        : hex(groups, 0, from) + "::" + hex(groups, from + longest, V6_GROUPS);
  }

  private static String decimal(BigInteger address) {
    int all = address.intValue();
    return (all >>> 24) + "." + (all >>> 16 & 255) + "." + (all >>> 8 & 255) + "." + (all & 255);
  }

  private static String hex(int[] groups, int from, int to) {
    return Arrays.stream(groups, from, to)
        .mapToObj(Integer::toHexString)
        .collect(Collectors.joining(":"));
  }

  @Override
  public String toString() {
    return host() + "/" + prefix;
  }
}
