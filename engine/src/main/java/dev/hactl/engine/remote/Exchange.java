package dev.hactl.engine.remote;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What has come back of one message so far. Not thread-safe: its shell guards it.
 *
 * <p>Both streams of a shell are consumed in order, each with its own position: fragments run one
 * after the other, so data on a stream belongs to the first fragment whose mark that stream has not
 * shown yet.
 */
final class Exchange {
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}");

  /** A process of the job as the host listed it. */
  record Busy(int pid, String state, String wchan, String command) {
    boolean unkillable() {
      return state.equals("D");
    }

    String describe() {
      String doing =
          switch (state) {
            case "R" -> "running";
            case "D" -> "in uninterruptible sleep";
            case "T", "t" -> "stopped";
            default -> "sleeping";
          };
      String where = wchan.equals("-") || wchan.equals("0") ? "" : " in " + wchan;
      return "pid " + pid + " " + doing + where + ": " + command;
    }
  }

  private static final class Slot {
    final Fragment fragment;
    final Capture out;
    final Capture err;
    Optional<Integer> status = Optional.empty();
    boolean errEnded;
    boolean overflowed;

    Slot(Fragment fragment) {
      this.fragment = fragment;
      this.out = new Capture(fragment.outputCap());
      this.err = new Capture(fragment.outputCap());
    }
  }

  private final int first;
  private final boolean oneStream;
  private final OutputListener live;
  private final List<Slot> slots = new ArrayList<>();
  private final List<Busy> processes = new ArrayList<>();
  private int outAt;
  private boolean inErr;
  private boolean endedEarly;
  private boolean listed;

  /**
   * @param first number of the first fragment
   * @param oneStream whether standard error comes after the output on the same stream
   */
  Exchange(Message message, int first, boolean oneStream, OutputListener live) {
    this.first = first;
    this.oneStream = oneStream;
    this.live = live;
    for (Fragment fragment : message.fragments()) {
      slots.add(new Slot(fragment));
    }
  }

  void out(byte[] bytes, int from, int length) {
    if (outAt < slots.size()) {
      Slot slot = slots.get(outAt);
      (inErr ? slot.err : slot.out).add(bytes, from, length);
      show(
          slot.fragment,
          inErr ? OutputListener.Stream.ERR : OutputListener.Stream.OUT,
          bytes,
          from,
          length);
    }
  }

  void err(byte[] bytes, int from, int length) {
    // The end of the fragment on the other stream may have been seen long ago.
    for (Slot slot : slots) {
      if (!oneStream && !slot.errEnded) {
        slot.err.add(bytes, from, length);
        show(slot.fragment, OutputListener.Stream.ERR, bytes, from, length);
        return;
      }
    }
  }

  private void show(
      Fragment fragment, OutputListener.Stream stream, byte[] bytes, int from, int length) {
    byte[] piece = new byte[length];
    System.arraycopy(bytes, from, piece, 0, length);
    live.output(fragment, stream, Bytes.owning(piece));
  }

  /** Takes a mark's words; a mark of an earlier, abandoned job is ignored. */
  void mark(String words) {
    String[] word = words.split(" ", 3);
    int index = word.length < 2 ? -1 : number(word[1]) - first;
    if (index < 0 || index >= slots.size()) {
      return;
    }
    switch (word[0]) {
      case "O" -> inErr = true;
      case "X" -> slots.get(index).errEnded = true;
      case "E" -> end(index, word.length > 2 ? word[2] : "");
      case "Z" -> endedEarly = true;
      case "P" -> process(word.length > 2 ? word[2] : "");
      case "Q" -> listed = true;
      case "G" -> slots.get(index).overflowed = true;
      default -> {}
    }
  }

  /** A number of at most nine digits, or -1. */
  private static int number(String word) {
    return NUMBER.matcher(word).matches() ? Integer.parseInt(word) : -1;
  }

  private void end(int index, String status) {
    Slot slot = slots.get(index);
    int known = number(status);
    slot.status = Optional.of(known < 0 ? 255 : known);
    slot.errEnded |= oneStream;
    inErr = false;
    outAt = index + 1;
  }

  private void process(String words) {
    String[] word = words.split(" ", 4);
    if (word.length == 4 && number(word[0]) >= 0) {
      int bar = word[3].indexOf('|');
      String name = bar < 0 ? word[3] : word[3].substring(0, bar);
      String line = bar < 0 ? "" : word[3].substring(bar + 1).strip();
      processes.add(new Busy(number(word[0]), word[1], word[2], line.isEmpty() ? name : line));
    }
  }

  /** How many leading fragments are complete on both streams. */
  int completed() {
    int n = 0;
    while (n < slots.size() && slots.get(n).status.isPresent() && slots.get(n).errEnded) {
      n++;
    }
    return n;
  }

  /** Nothing more will come. */
  boolean done() {
    return endedEarly || completed() == slots.size();
  }

  /**
   * The job ended inside this fragment. One whose status is known did not: the end of its standard
   * error may still be on its way, because the two streams keep no order between them.
   */
  boolean endedEarly(int index) {
    return endedEarly && slots.get(index).status.isEmpty();
  }

  void expectList() {
    listed = false;
    processes.clear();
  }

  boolean listed() {
    return listed;
  }

  List<Busy> processes() {
    return List.copyOf(processes);
  }

  Outcome.Finished finished(int index) {
    Slot slot = slots.get(index);
    int status = slot.status.orElseThrow();
    return new Outcome.Finished(
        status,
        Signals.ofStatus(status),
        slot.out.bytes(),
        slot.err.bytes(),
        slot.out.truncated() || slot.err.truncated() || slot.overflowed);
  }

  Outcome.TimedOut timedOut(int index, String doing, boolean abandoned) {
    Slot slot = slots.get(index);
    return new Outcome.TimedOut(doing, slot.out.bytes(), slot.err.bytes(), abandoned);
  }
}
