package dev.hactl.modules.packages;

/**
 * The order of versions: Debian's (deb-version(7)) and rpm's (rpmvercmp, the section "Sorting" of
 * rpm-version(7)).
 */
final class Versions {
  private Versions() {}

  /** Compares {@code [epoch:]upstream[-revision]}. */
  static int debian(String a, String b) {
    int byEpoch = Long.compare(epoch(a), epoch(b));
    if (byEpoch != 0) {
      return byEpoch;
    }
    String left = withoutEpoch(a);
    String right = withoutEpoch(b);
    int byUpstream = debianPart(before(left), before(right));
    return byUpstream != 0 ? byUpstream : debianPart(after(left), after(right));
  }

  /**
   * Compares {@code [epoch:]version[-release]}; a missing release matches any, because that is how
   * rpm reads {@code foo >= 1.2}.
   */
  static int rpm(String a, String b) {
    int byEpoch = Long.compare(epoch(a), epoch(b));
    if (byEpoch != 0) {
      return byEpoch;
    }
    String left = withoutEpoch(a);
    String right = withoutEpoch(b);
    int byVersion = rpmPart(before(left), before(right));
    return byVersion != 0 || after(left).isEmpty() || after(right).isEmpty()
        ? byVersion
        : rpmPart(after(left), after(right));
  }

  private static long epoch(String version) {
    int colon = version.indexOf(':');
    try {
      return colon <= 0 ? 0 : Long.parseLong(version.substring(0, colon));
    } catch (NumberFormatException e) {
      return 0; // rpm prints (none)
    }
  }

  private static String withoutEpoch(String version) {
    return version.substring(version.indexOf(':') + 1);
  }

  private static String before(String version) {
    int dash = version.lastIndexOf('-');
    return dash < 0 ? version : version.substring(0, dash);
  }

  private static String after(String version) {
    int dash = version.lastIndexOf('-');
    return dash < 0 ? "" : version.substring(dash + 1);
  }

  private static int debianPart(String a, String b) {
    int i = 0;
    int j = 0;
    while (i < a.length() || j < b.length()) {
      while ((!digit(a, i) && i < a.length()) || (!digit(b, j) && j < b.length())) {
        int order = Integer.compare(weight(a, i), weight(b, j));
        if (order != 0) {
          return order;
        }
        i++;
        j++;
      }
      int iEnd = digitsEnd(a, i);
      int jEnd = digitsEnd(b, j);
      int order = number(a, i, iEnd, b, j, jEnd);
      if (order != 0) {
        return order;
      }
      i = iEnd;
      j = jEnd;
    }
    return 0;
  }

  // A tilde sorts before the end of the part, letters before everything else.
  private static int weight(String text, int at) {
    if (at >= text.length() || digit(text, at)) {
      return 0;
    }
    char c = text.charAt(at);
    return c == '~' ? -1 : letter(c) ? c : c + 256;
  }

  private static int rpmPart(String a, String b) {
    int i = 0;
    int j = 0;
    while (true) {
      i = separatorsEnd(a, i);
      j = separatorsEnd(b, j);
      if (at(a, i) == '~' || at(b, j) == '~') {
        if (at(a, i) != at(b, j)) {
          return at(a, i) == '~' ? -1 : 1;
        }
        i++;
        j++;
        continue;
      }
      if (at(a, i) == '^' || at(b, j) == '^') {
        if (at(a, i) != at(b, j)) {
          boolean left = at(a, i) == '^';
          boolean otherEnds = left ? j >= b.length() : i >= a.length();
          return left == otherEnds ? 1 : -1;
        }
        i++;
        j++;
        continue;
      }
      if (i >= a.length() || j >= b.length()) {
        return Boolean.compare(i < a.length(), j < b.length());
      }
      boolean numbers = digit(a, i);
      int iEnd = numbers ? digitsEnd(a, i) : lettersEnd(a, i);
      int jEnd = numbers ? digitsEnd(b, j) : lettersEnd(b, j);
      if (j == jEnd) {
        return numbers ? 1 : -1; // a number is newer than letters
      }
      int order =
          numbers
              ? number(a, i, iEnd, b, j, jEnd)
              : a.substring(i, iEnd).compareTo(b.substring(j, jEnd));
      if (order != 0) {
        return order;
      }
      i = iEnd;
      j = jEnd;
    }
  }

  private static int number(String a, int i, int iEnd, String b, int j, int jEnd) {
    String left = a.substring(i, iEnd).replaceFirst("^0+", "");
    String right = b.substring(j, jEnd).replaceFirst("^0+", "");
    int byLength = Integer.compare(left.length(), right.length());
    return byLength != 0 ? byLength : left.compareTo(right);
  }

  private static char at(String text, int at) {
    return at < text.length() ? text.charAt(at) : '\0';
  }

  private static boolean digit(String text, int at) {
    return at(text, at) >= '0' && at(text, at) <= '9';
  }

  private static boolean letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  private static int digitsEnd(String text, int from) {
    int end = from;
    while (digit(text, end)) {
      end++;
    }
    return end;
  }

  private static int lettersEnd(String text, int from) {
    int end = from;
    while (letter(at(text, end))) {
      end++;
    }
    return end;
  }

  private static int separatorsEnd(String text, int from) {
    int end = from;
    while (end < text.length()
        && !digit(text, end)
        && !letter(text.charAt(end))
        && text.charAt(end) != '~'
        && text.charAt(end) != '^') {
      end++;
    }
    return end;
  }
}
