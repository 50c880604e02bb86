package dev.hactl.engine.run;

import dev.hactl.engine.model.Task;
import dev.hactl.engine.report.Event.Accuracy;
import java.util.HashSet;
import java.util.Set;

/** Holds what was done against what was foretold. */
final class Tally {
  private final Set<String> predicted = new HashSet<>();
  private final Set<String> possible = new HashSet<>();
  private int changed;
  private int surprises;
  private int pending;

  /** Whether a guard or missing consent stopped a task. */
  boolean refused;

  void note(String host, Task task, TaskEnd end, boolean foretold) {
    String key = host + "\n" + task.place();
    if (foretold) {
      if (end.changed()) {
        predicted.add(key);
        pending++;
      } else if (end.unknown()) {
        possible.add(key);
        pending++;
      }
    } else if (end.changed()) {
      changed++;
      if (!predicted.contains(key) && !possible.contains(key)) {
        surprises++;
      }
    }
  }

  /** The operator did not want it: that says nothing about the plan. */
  void declined(String host, Task task) {
    predicted.remove(host + "\n" + task.place());
  }

  /** Foretold as something that only a failure would bring about. */
  void possible(String host, Task task) {
    possible.add(host + "\n" + task.place());
  }

  /** Whether anything would or may change. */
  boolean pending() {
    return pending > 0;
  }

  Accuracy accuracy() {
    return new Accuracy(predicted.size(), changed, surprises);
  }
}
