package dev.hactl.modules;

import dev.hactl.engine.module.Change;
import dev.hactl.engine.module.ClusterDecision;
import dev.hactl.engine.module.Impact;
import dev.hactl.engine.module.Members;
import dev.hactl.engine.module.Stage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A cluster's decision as lines of text, for tables of expectations. */
public final class ClusterVerdict {
  private ClusterVerdict() {}

  /** A line a stage ({@code member: what, ...}), or one line that says why there are none. */
  public static List<String> of(ClusterDecision<?> decision) {
    return switch (decision) {
      case ClusterDecision.Decided<?> d -> d.stages().stream().map(ClusterVerdict::line).toList();
      case ClusterDecision.Ask<?, ?> a -> List.of("ask " + a.member());
      case ClusterDecision.Blocked<?> b ->
          List.of("blocked on " + b.missing() + ": " + b.message());
      case ClusterDecision.Impossible<?> i -> List.of("impossible: " + i.message());
      case ClusterDecision.Refused<?> r -> List.of("refused: " + r.message());
    };
  }

  private static String line(Stage<?> stage) {
    var words = new ArrayList<String>();
    stage
        .changes()
        .forEach((member, changes) ->
            changes.forEach(c -> words.add(member + ": " + c.what() + impact(c))));
    return String.join(", ", words);
  }

  private static String impact(Change<?> change) {
    return switch (change.impact()) {
      case Impact.None n -> "";
      case Impact.Disruptive d -> " !" + d.what();
      case Impact.Destructive d -> " !! " + d.what() + " (" + d.token() + ")";
    };
  }

  /** Members in order; a missing state is a member that cannot be observed. */
  public static <S> Members<S> members(Map<String, Optional<S>> states, Set<String> acting) {
    var all = new LinkedHashMap<String, Members.Seen<S>>();
    states.forEach((name, state) ->
        all.put(
            name,
            state
                .<Members.Seen<S>>map(Members.Seen.Observed::new)
                .orElseGet(() -> new Members.Seen.Unknown<>("no route to host"))));
    return new Members<>(all, acting);
  }
}
