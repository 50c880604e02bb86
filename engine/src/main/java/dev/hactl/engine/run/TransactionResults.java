package dev.hactl.engine.run;

import dev.hactl.engine.model.Task;
import dev.hactl.engine.module.ClusterDecision;
import dev.hactl.engine.module.Impact;
import dev.hactl.engine.report.Event.ChangeLine;
import dev.hactl.engine.report.Outcome;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/** What foretelling and doing say alike about a transaction's tasks. */
final class TransactionResults {
  private TransactionResults() {}

  /** Changes are told on one member, the others are as wanted. */
  static List<TransactionLine> told(List<TransactionLine> lines, String writer) {
    return each(
        lines,
        (line, result) -> line.changes().isEmpty() ? result : ok(),
        line -> line.changes().isEmpty() ? Optional.empty() : Optional.of(line.teller(writer)));
  }

  private static ItemResult ok() {
    return ItemResult.of(new Outcome.Ok(), Results.ok(false, Map.of()));
  }

  /** Adds what the whole would do to the last change that is told. */
  static List<TransactionLine> withWhole(
      List<TransactionLine> lines, String writer, List<ChangeLine> whole) {
    var all = new ArrayList<>(lines);
    for (int i = all.size() - 1; i >= 0; i--) {
      TransactionLine line = all.get(i);
      if (!line.changes().isEmpty()) {
        var results = new LinkedHashMap<>(line.results());
        results.computeIfPresent(
            line.teller(writer),
            (pass, r) -> {
              var changes = new ArrayList<>(r.changes());
              changes.addAll(whole);
              return new ItemResult(r.outcome(), changes, r.diffs(), r.result(), r.steer());
            });
        all.set(i, line.with(results));
        return all;
      }
    }
    return all;
  }

  /** A task stands in the way: nothing of the others is written. The same is not told twice. */
  static List<TransactionLine> stopped(List<TransactionLine> lines, TransactionLine at) {
    String why = nothing(at.task());
    return each(
        lines,
        (line, result) -> {
          boolean same =
              !line.key().equals(at.key())
                  && line.obstacle().isPresent()
                  && message(line).equals(message(at));
          return same || (!line.stops() && result.changed()) ? skipped(line.task(), why) : result;
        },
        line -> Optional.empty());
  }

  private static Optional<String> message(TransactionLine line) {
    return line.obstacle().map(ClusterDecision.Obstacle::message);
  }

  /** The whole cannot be done: the tasks at fault fail, where none is known the first change. */
  static List<TransactionLine> failed(
      List<TransactionLine> lines, ClusterDecision.Obstacle<?> why) {
    ItemResult result =
        why instanceof ClusterDecision.Refused<?>
            ? ClusterResults.refused(why.message())
            : ItemResult.failed(why.message());
    List<Integer> edits = why instanceof ClusterDecision.Impossible<?> i ? i.edits() : List.of();
    return failed(lines, edits, result);
  }

  static List<TransactionLine> failed(
      List<TransactionLine> lines, List<Integer> edits, ItemResult result) {
    var at = new LinkedHashMap<TransactionLine.Key, Task>();
    lines.stream()
        .filter(l -> l.edit().filter(edits::contains).isPresent())
        .forEach(l -> at.put(l.key(), l.task()));
    if (at.isEmpty()) {
      lines.stream()
          .filter(l -> !l.changes().isEmpty())
          .findFirst()
          .or(() -> lines.stream().filter(l -> l.edit().isPresent()).findFirst())
          .ifPresent(l -> at.put(l.key(), l.task()));
    }
    String nothing = at.isEmpty() ? "" : nothing(at.firstEntry().getValue());
    return each(
        lines,
        (line, old) -> {
          boolean makes = old.changed() || old.outcome() instanceof Outcome.Ok;
          if (at.containsKey(line.key()) && makes) {
            return result;
          }
          return old.changed() ? skipped(line.task(), nothing) : old;
        },
        line -> Optional.empty());
  }

  private static String nothing(Task task) {
    return "nothing of the transaction is written, because of '" + task.name().text() + "'";
  }

  private static ItemResult skipped(Task task, String why) {
    return ItemResult.of(new Outcome.Skipped(why), Results.skipped(task.name().text()));
  }

  /** A member that could not be looked at says so once, whatever became of the others. */
  static List<TransactionLine> withUnknown(List<TransactionLine> lines, ClusterEyes.Look<?> look) {
    Map<String, String> unknown = look.members().unknown();
    if (unknown.isEmpty()) {
      return lines;
    }
    var said = new HashSet<HostPass>();
    var all = new ArrayList<TransactionLine>();
    for (TransactionLine line : lines) {
      var results = new LinkedHashMap<>(line.results());
      for (HostPass pass : line.makers()) {
        String why = unknown.get(pass.host.name());
        if (why != null && said.add(pass)) {
          results.put(
              pass,
              look.lost().contains(pass.host.name())
                  ? ItemResult.of(new Outcome.Unreachable(why), Results.failed(why))
                  : ItemResult.failed(why));
        } else if (why != null) {
          results.remove(pass);
        }
      }
      all.add(line.with(results));
    }
    return all;
  }

  /** The task whose consent counts: one of those that change something and allow it. */
  static Task consenting(List<TransactionLine> lines, Consents consents, Impact impact) {
    List<Task> changing =
        lines.stream().filter(l -> !l.changes().isEmpty()).map(TransactionLine::task).toList();
    return changing.stream()
        .filter(t -> consents.missing(t, impact).isEmpty())
        .findFirst()
        .orElse(changing.getLast());
  }

  /**
   * @param keeps the one host whose result stays whatever is said of the others
   */
  private static List<TransactionLine> each(
      List<TransactionLine> lines,
      BiFunction<TransactionLine, ItemResult, ItemResult> of,
      Function<TransactionLine, Optional<HostPass>> keeps) {
    var all = new ArrayList<TransactionLine>();
    for (TransactionLine line : lines) {
      Optional<HostPass> kept = keeps.apply(line);
      var results = new LinkedHashMap<HostPass, ItemResult>();
      line.results()
          .forEach((pass, result) -> {
            boolean made = line.makers().contains(pass);
            boolean stays = kept.filter(pass::equals).isPresent() || !made;
            results.put(pass, stays ? result : of.apply(line, result));
          });
      all.add(line.with(results));
    }
    return all;
  }
}
