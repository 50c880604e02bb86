package dev.hactl.modules;

import dev.hactl.engine.module.Change;
import dev.hactl.engine.module.Decision;
import dev.hactl.engine.module.Diff;
import dev.hactl.engine.module.Impact;
import dev.hactl.engine.module.Step;
import java.util.ArrayList;
import java.util.List;

/** A decision as lines of text, for tables of expectations. */
public final class Verdict {
  private Verdict() {}

  /**
   * One line a change ({@code what}, then {@code !impact}), or one line that says why there are
   * none.
   */
  public static List<String> of(Decision<?> decision) {
    return switch (decision) {
      case Decision.Decided<?> d -> d.changes().stream().map(Verdict::line).toList();
      case Decision.Ask<?, ?> a -> List.of("ask " + a.probe().question());
      case Decision.Blocked<?> b -> List.of("blocked on " + b.missing() + ": " + b.message());
      case Decision.Impossible<?> i -> List.of("impossible: " + i.message());
      case Decision.Refused<?> r -> List.of("refused: " + r.message());
    };
  }

  private static String line(Change<?> change) {
    return switch (change.impact()) {
      case Impact.None n -> change.what();
      case Impact.Disruptive d -> change.what() + " !" + d.what();
      case Impact.Destructive d -> change.what() + " !! " + d.what() + " (" + d.token() + ")";
    };
  }

  /** The only change of a decision. */
  public static <S> Change<S> only(Decision<S> decision) {
    List<Change<S>> changes = changes(decision);
    if (changes.size() != 1) {
      throw new AssertionError("one change is wanted: " + of(decision));
    }
    return changes.getFirst();
  }

  /** The changes of a decision. */
  public static <S> List<Change<S>> changes(Decision<S> decision) {
    if (decision instanceof Decision.Decided<S> decided) {
      return decided.changes();
    }
    throw new AssertionError("a decision is wanted: " + of(decision));
  }

  /** What its steps run, in order; {@code put PATH} for files. */
  public static List<String> steps(Change<?> change) {
    return change.steps().stream()
        .map(s ->
            switch (s) {
              case Step.Script script -> script.text().strip();
              case Step.Put put -> "put " + put.path() + put.mode().map(m -> " " + m).orElse("");
              case Step.Relay r -> "bring " + r.path() + " from " + r.member() + ": " + r.text();
            })
        .toList();
  }

  /** Its diffs, one line a property or line. */
  public static List<String> diffs(Change<?> change) {
    var lines = new ArrayList<String>();
    for (Diff diff : change.diffs()) {
      switch (diff) {
        case Diff.Properties p ->
            p.properties()
                .forEach(x -> lines.add(x.name() + ": " + x.before() + " -> " + x.after()));
        case Diff.Lines l -> {
          List<String> before = l.before().lines().toList();
          List<String> after = l.after().lines().toList();
          before.stream().filter(x -> !after.contains(x)).forEach(x -> lines.add("-" + x));
          after.stream().filter(x -> !before.contains(x)).forEach(x -> lines.add("+" + x));
        }
        case Diff.Opaque o -> lines.add(o.path() + ": " + o.reason());
      }
    }
    return lines;
  }
}
