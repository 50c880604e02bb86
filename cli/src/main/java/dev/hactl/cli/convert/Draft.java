package dev.hactl.cli.convert;

import dev.hactl.engine.source.Place;
import dev.hactl.engine.source.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What is to become of a part of a file: replacements, and reasons why it cannot be converted. */
final class Draft {
  private record Edit(int end, String text) {}

  private final TreeMap<Integer, Edit> edits = new TreeMap<>();
  private final List<Problem> refused = new ArrayList<>();
  private final List<Problem> left = new ArrayList<>();
  private final List<Problem> noted = new ArrayList<>();

  /** Replaces a part of the text; the same part twice is replaced once. */
  void replace(int start, int end, String text) {
    edits.put(start, new Edit(end, text));
  }

  void refuse(Place place, String reason) {
    refuse(place, reason, "");
  }

  void refuse(Place place, String reason, String advice) {
    refused.add(Problem.error(place, reason, advice));
  }

  void note(Place place, String what, String advice) {
    noted.add(Problem.warning(place, what, advice));
  }

  /** Notes that something was left out, which the rest can stand without. */
  void left(Place place, String what) {
    left.add(Problem.error(place, what));
  }

  List<Problem> refused() {
    return refused;
  }

  /** What was left out; those that refused it do not count again. */
  List<Problem> left() {
    return left;
  }

  List<Problem> noted() {
    return noted;
  }

  /** Takes over only what was said about a part that is left out. */
  void told(Draft part) {
    left.addAll(part.refused);
    left.addAll(part.left);
    noted.addAll(part.noted);
  }

  /** Takes over what is to become of a part. */
  void take(Draft part) {
    edits.putAll(part.edits);
    refused.addAll(part.refused);
    left.addAll(part.left);
    noted.addAll(part.noted);
  }

  /** The text with everything replaced. What lies inside of a replaced part is gone with it. */
  String applied(String text) {
    var out = new StringBuilder();
    int at = 0;
    for (Map.Entry<Integer, Edit> e : edits.entrySet()) {
      if (e.getKey() < at) {
        continue;
      }
      out.append(text, at, e.getKey()).append(e.getValue().text());
      at = e.getValue().end();
    }
    return out.append(text.substring(at)).toString();
  }
}
