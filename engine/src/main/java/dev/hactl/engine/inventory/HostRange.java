package dev.hactl.engine.inventory;

import dev.hactl.engine.source.Place;
import dev.hactl.engine.source.Problem;
import dev.hactl.engine.source.SourceException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Writes out names with ranges, as Ansible does: {@code db[01:03]} is db01 db02 db03, {@code
 * www[1:9:2]} every second one, {@code db-[a:c]} letters. A name may have several.
 */
final class HostRange {
  /** More hosts than this are a slip of the keyboard. */
  private static final int MOST = 100_000;

  private static final String LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
  private static final Pattern RANGE = Pattern.compile("\\[([^\\[\\]]*:[^\\[\\]]*)]");

  private HostRange() {}

  /**
   * The names.
   *
   * @throws SourceException when a range is wrong
   */
  static List<String> expand(String word, Place place) {
    Matcher range = RANGE.matcher(word);
    if (!range.find()) {
      return List.of(word);
    }
    String head = word.substring(0, range.start());
    List<String> tails = expand(word.substring(range.end()), place);
    List<String> middles = sequence(range.group(1), place.right(range.start()));
    if ((long) middles.size() * tails.size() > MOST) {
      throw wrong(place, "'" + word + "' names more than " + MOST + " hosts", "");
    }
    var names = new ArrayList<String>();
    for (String middle : middles) {
      for (String tail : tails) {
        names.add(head + middle + tail);
      }
    }
    return names;
  }

  private static List<String> sequence(String range, Place place) {
    String[] bounds = range.split(":", -1);
    if (bounds.length > 3) {
      throw wrong(place, "a range is [first:last] or [first:last:step], not [" + range + "]", "");
    }
    String first = bounds[0].isEmpty() ? "0" : bounds[0];
    String last = bounds[1];
    if (last.isEmpty()) {
      throw wrong(place, "the range [" + range + "] does not say where it ends", "");
    }
    int step = bounds.length == 3 ? number(bounds[2], range, place) : 1;
    if (step < 1) {
      throw wrong(place, "the step of the range [" + range + "] is not at least 1", "");
    }
    boolean letters = isLetter(first) && isLetter(last);
    int from = letters ? LETTERS.indexOf(first) : number(first, range, place);
    int to = letters ? LETTERS.indexOf(last) : number(last, range, place);
    if (from > to) {
      throw wrong(
          place,
          "the range [" + range + "] ends before it begins",
          letters ? "letters are counted a to z, then A to Z" : "write the smaller number first");
    }
    boolean padded = !letters && first.length() > 1 && first.startsWith("0");
    if (padded && first.length() != last.length()) {
      throw wrong(
          place,
          "the ends of the range [" + range + "] differ in length",
          "with zeros in front both have the same number of digits, as in [01:10]");
    }
    if ((to - from) / step >= MOST) {
      throw wrong(place, "the range [" + range + "] names more than " + MOST + " hosts", "");
    }
    var all = new ArrayList<String>();
    for (long i = from; i <= to; i += step) {
      String text = letters ? LETTERS.substring((int) i, (int) i + 1) : Long.toString(i);
      all.add(padded ? "0".repeat(first.length() - text.length()) + text : text);
    }
    return all;
  }

  private static boolean isLetter(String text) {
    return text.length() == 1 && LETTERS.contains(text);
  }

  private static int number(String text, String range, Place place) {
    if (!text.matches("[0-9]{1,9}")) {
      throw wrong(
          place,
          "the range [" + range + "] is neither of numbers nor of single letters",
          "write it as in [01:10], [1:9:2] or [a:f]");
    }
    return Integer.parseInt(text);
  }

  private static SourceException wrong(Place place, String message, String advice) {
    return new SourceException(Problem.error(place, message, advice));
  }
}
