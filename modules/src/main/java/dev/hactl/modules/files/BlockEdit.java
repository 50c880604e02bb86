package dev.hactl.modules.files;

import java.util.ArrayList;
import java.util.List;

/**
 * Lines between two marks that a file has or has not.
 *
 * @param begin the mark before them
 * @param end the mark behind them
 * @param block the lines; none removes the marks too
 * @param insertion where a new block goes
 * @param blankBefore whether an empty line separates it from what stands before it
 * @param blankAfter whether an empty line separates it from what stands behind it
 */
record BlockEdit(
    String begin,
    String end,
    List<String> block,
    Insertion insertion,
    boolean blankBefore,
    boolean blankAfter) {

  /** Whether only one of the marks is there, so that nobody knows what is ours. */
  boolean torn(TextFile file) {
    return (last(file, begin) < 0) != (last(file, end) < 0)
        || (last(file, begin) > last(file, end));
  }

  TextFile apply(TextFile file) {
    List<String> lines = file.mutable();
    int from = last(file, begin);
    int to = last(file, end);
    int at;
    if (from >= 0 && to >= from) {
      lines.subList(from, to + 1).clear();
      at = from;
    } else if (block.isEmpty()) {
      return file;
    } else {
      at = insertion.index(lines, false);
    }
    if (!block.isEmpty()) {
      var ours = new ArrayList<String>();
      if (blankBefore && at > 0 && !lines.get(at - 1).isBlank()) {
        ours.add("");
      }
      ours.add(file.own(begin));
      block.forEach(line -> ours.add(file.own(line)));
      ours.add(file.own(end));
      if (blankAfter && at < lines.size() && !lines.get(at).isBlank()) {
        ours.add("");
      }
      lines.addAll(at, ours);
    }
    return lines.equals(file.lines()) ? file : file.with(lines);
  }

  private static int last(TextFile file, String mark) {
    String own = file.own(mark);
    for (int i = file.lines().size() - 1; i >= 0; i--) {
      if (TextFile.bare(file.lines().get(i)).equals(own)) {
        return i;
      }
    }
    return -1;
  }
}
