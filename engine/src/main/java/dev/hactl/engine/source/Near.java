package dev.hactl.engine.source;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Guesses which name was meant. */
public final class Near {
  private Near() {}

  /** {@code did you mean 'x'?} for the nearest of the known names, if one is near enough. */
  public static Optional<String> hint(String wrong, Collection<String> known) {
    return name(wrong, known).map(n -> "did you mean '" + n + "'?");
  }

  /**
   * The nearest known name: at most a third of its letters may differ, a swap of two counts once.
   */
  public static Optional<String> name(String wrong, Collection<String> known) {
    int limit = Math.max(1, Math.min(3, wrong.length() / 3));
    return known.stream()
        .filter(k -> !k.equals(wrong) && Math.abs(k.length() - wrong.length()) <= limit)
        .filter(k -> distance(wrong, k) <= limit)
        .min(
            Comparator.comparingInt((String k) -> distance(wrong, k))
                .thenComparing(Comparator.naturalOrder()));
  }

  /** Optimal string alignment distance. */
  static int distance(String a, String b) {
    var d = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      d[i][0] = i;
    }
    for (int j = 0; j <= b.length(); j++) {
      d[0][j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      for (int j = 1; j <= b.length(); j++) {
        int cost = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        int best = Math.min(Math.min(d[i - 1][j] + 1, d[i][j - 1] + 1), d[i - 1][j - 1] + cost);
        boolean swapped =
            i > 1
                && j > 1
                && a.charAt(i - 1) == b.charAt(j - 2)
                && a.charAt(i - 2) == b.charAt(j - 1);
        d[i][j] = swapped ? Math.min(best, d[i - 2][j - 2] + 1) : best;
      }
    }
    return d[a.length()][b.length()];
  }
}
