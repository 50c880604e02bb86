package dev.hactl.engine.template.function;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The order of versions: numbers as numbers, words as words, missing parts as zero. */
final class Versions {
  private static final Pattern PART = Pattern.compile("[0-9]+|[a-zA-Z]+");

  private Versions() {}

  static int compare(String left, String right) {
    List<String> a = parts(left);
    List<String> b = parts(right);
    for (int i = 0; i < Math.max(a.size(), b.size()); i++) {
      int order = part(i < a.size() ? a.get(i) : "0", i < b.size() ? b.get(i) : "0");
      if (order != 0) {
        return order;
      }
    }
    return 0;
  }

  private static List<String> parts(String version) {
    var parts = new ArrayList<String>();
    Matcher part = PART.matcher(version);
    while (part.find()) {
      parts.add(part.group());
    }
    return parts;
  }

  /** A word comes before any number: 1.0rc1 is older than 1.0. */
  private static int part(String a, String b) {
    boolean numberA = Character.isDigit(a.charAt(0));
    boolean numberB = Character.isDigit(b.charAt(0));
    if (numberA && numberB) {
      return new BigInteger(a).compareTo(new BigInteger(b));
    }
    return numberA != numberB ? (numberA ? 1 : -1) : a.compareTo(b);
  }
}
