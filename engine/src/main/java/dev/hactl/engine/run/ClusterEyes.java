package dev.hactl.engine.run;

import dev.hactl.engine.module.ClusterDecision;
import dev.hactl.engine.module.Members;
import dev.hactl.engine.module.Members.Seen;
import dev.hactl.engine.module.Probe;
import java.util.LinkedHashMap;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Looks at all members of a cluster at once and lets the module decide. */
final class ClusterEyes {
  private static final int MAX_ASKS = 3;
  private final Decider decider;

  ClusterEyes(Decider decider) {
    this.decider = decider;
  }

  /**
   * What was seen.
   *
   * @param lost the members whose connection was lost
   */
  record Look<S>(Members<S> members, Set<String> lost) {}

  /** A decision and what it was made from. */
  record Decided<S>(ClusterDecision<S> decision, Look<S> look) {}

  /**
   * Who is looked at.
   *
   * @param members where each member of the inventory is looked at, in its order; empty for one
   *     that this cannot be told of yet
   * @param acting the names of those that may be changed
   * @param probe what they are asked
   */
  record Watched<S>(
      SequencedMap<String, Optional<Call.Where>> members, Set<String> acting, Probe<S> probe) {
    Optional<Call.Where> where(String member) {
      return Optional.ofNullable(members.get(member)).flatMap(w -> w);
    }
  }

  /** What is remembered of members is not asked again. */
  <S> Look<S> look(Watched<S> group) {
    var seen = new ConcurrentHashMap<String, Seen<S>>();
    Set<String> lost = ConcurrentHashMap.newKeySet();
    Parallel.each(
        group.members().keySet(),
        group.members().size(),
        name -> {
          try {
            seen.put(name, look(group, name));
          } catch (HostLost e) {
            lost.add(name);
            seen.put(name, new Seen.Unknown<>(String.valueOf(e.getMessage())));
          }
        });
    var all = new LinkedHashMap<String, Seen<S>>();
    group.members().keySet().forEach(name -> all.put(name, Objects.requireNonNull(seen.get(name))));
    return new Look<>(new Members<>(all, group.acting()), lost);
  }

  private <S> Seen<S> look(Watched<S> group, String member) throws HostLost {
    Optional<Call.Where> where = group.where(member);
    if (where.isEmpty()) {
      return new Seen.Unknown<>("as whom to look at it is not known yet");
    }
    try {
      return new Seen.Observed<>(decider.observe(where.get(), group.probe()));
    } catch (Decider.NotObserved e) {
      return new Seen.Unknown<>(String.valueOf(e.getMessage()));
    }
  }

  /** Forgets what is known of all members: they go on changing while they are waited for. */
  void forget(Watched<?> group) {
    group.members().values().stream()
        .flatMap(Optional::stream)
        .forEach(where -> where.link().changing());
  }

  <P, S> Decided<S> decide(ClusterGroup<P, S> group) throws HostLost, Decider.NotObserved {
    Look<S> look = look(group.watched());
    return new Decided<>(decide(group, look.members()), look);
  }

  /** Decides with what was seen, asking members what the module wants to know besides. */
  <P, S> ClusterDecision<S> decide(ClusterGroup<P, S> group, Members<S> seen)
      throws HostLost, Decider.NotObserved {
    return decide(group.watched(), group.module().plan(group.params(), seen));
  }

  /** Asks members until a decision has no question left. */
  <S> ClusterDecision<S> decide(Watched<S> group, ClusterDecision<S> first)
      throws HostLost, Decider.NotObserved {
    ClusterDecision<S> decision = first;
    for (int asks = 0; decision instanceof ClusterDecision.Ask<S, ?> ask; asks++) {
      if (asks == MAX_ASKS) {
        throw new Decider.NotObserved("the module asks more than " + MAX_ASKS + " times");
      }
      decision = answered(group, ask);
    }
    return decision;
  }

  private <S, A> ClusterDecision<S> answered(Watched<S> group, ClusterDecision.Ask<S, A> ask)
      throws HostLost, Decider.NotObserved {
    Optional<Call.Where> where = group.where(ask.member());
    if (where.isEmpty()) {
      throw new Decider.NotObserved(ask.member() + " cannot be asked");
    }
    return ask.then().apply(decider.observe(where.get(), ask.probe()));
  }
}
