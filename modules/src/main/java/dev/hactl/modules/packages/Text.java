package dev.hactl.modules.packages;

import java.util.List;
import java.util.Locale;

/** Small pieces of sentences. */
final class Text {
  private Text() {}

  /** An age in the largest unit that fits. */
  static String age(long seconds) {
    return seconds < 120
        ? seconds + " seconds"
        : seconds < 7200
            ? seconds / 60 + " minutes"
            : seconds < 172800 ? seconds / 3600 + " hours" : seconds / 86400 + " days";
  }

  /** Names with commas; a long list is cut. */
  static String names(List<String> names) {
    return names.size() <= 12
        ? String.join(", ", names)
        : String.join(", ", names.subList(0, 12)) + " and " + (names.size() - 12) + " more";
  }

  /** One word for one thing, another for several. */
  static String count(int n, String one, String many) {
    return String.format(Locale.ROOT, "%d %s", n, n == 1 ? one : many);
  }
}
