package dev.hactl.modules.drbd;

import dev.hactl.engine.module.ClusterDecision;
import dev.hactl.engine.module.Members;
import dev.hactl.engine.module.Thing;
import dev.hactl.modules.nodes.MemberAddresses;
import dev.hactl.modules.nodes.NodeNames;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/** Whether the members have what a replicated disk needs before anything is decided about it. */
final class DrbdReadiness {
  private final DrbdWish wish;
  private final Members<DrbdState> seen;
  private final NodeNames names;

  DrbdReadiness(DrbdWish wish, Members<DrbdState> seen, NodeNames names) {
    this.wish = wish;
    this.seen = seen;
    this.names = names;
  }

  /**
   * What stands in the way.
   *
   * @param nodes gets the address of each node, where the resource file is to be made of them
   */
  Optional<ClusterDecision<DrbdState>> obstacle(SequencedMap<String, String> nodes) {
    Optional<ClusterDecision<DrbdState>> unready = machines();
    if (unready.isEmpty()) {
      unready = nodes();
    }
    if (unready.isEmpty() && wish.own().isEmpty()) {
      unready = addresses(nodes);
    }
    return unready;
  }

  private Optional<ClusterDecision<DrbdState>> machines() {
    if (seen.names().size() < 2) {
      return impossible("a replicated disk needs two members, and the cluster has one");
    }
    if (seen.observed().isEmpty()) {
      return impossible("no member can be observed");
    }
    for (var e : seen.observed().entrySet()) {
      String name = e.getKey();
      DrbdState state = e.getValue();
      if (!state.tools()) {
        return Optional.of(
            new ClusterDecision.Blocked<>(
                Thing.command("drbdadm"),
                "there is no drbdadm on " + name + " (package drbd-utils)"));
      }
      if (state.version().isEmpty()) {
        return Optional.of(
            new ClusterDecision.Blocked<>(
                new Thing(Thing.Kind.KERNEL, "drbd"),
                "the kernel of " + name + " has no module drbd"));
      }
      if (state.disk().missing()) {
        return Optional.of(
            new ClusterDecision.Blocked<>(
                Thing.path(state.disk().path()),
                "there is no disk " + state.disk().path() + " on " + name));
      }
      if (!state.disk().block() || state.disk().bytes() == 0) {
        return Optional.of(
            new ClusterDecision.Blocked<>(
                Thing.path(state.disk().path()),
                state.disk().path() + " on " + name + " is no block device with a size"));
      }
      if (!state.disk().unread().isEmpty()) {
        return impossible(
            "what %s on %s bears cannot be told: %s"
                .formatted(state.disk().path(), name, state.disk().unread()));
      }
    }
    return Optional.empty();
  }

  private Optional<ClusterDecision<DrbdState>> nodes() {
    Optional<String> alike = names.alike();
    if (alike.isPresent()) {
      return impossible(alike.get());
    }
    if (seen.observed().values().stream().map(DrbdState::modern).distinct().count() > 1) {
      return impossible("DRBD 8.4 and 9 do not replicate with each other here");
    }
    Optional<String> strange = wish.file().addresses().strange(names);
    if (wish.own().isEmpty() && strange.isPresent()) {
      return impossible(strange.get());
    }
    for (Optional<String> chosen : List.of(wish.source(), wish.primary())) {
      if (chosen.isPresent() && names.member(chosen.get()).isEmpty()) {
        return impossible("there is no member " + chosen.get());
      }
    }
    return Optional.empty();
  }

  private Optional<ClusterDecision<DrbdState>> addresses(SequencedMap<String, String> into) {
    for (var e : names.byMember().entrySet()) {
      MemberAddresses.Found found =
          wish.file().addresses().of(e.getValue(), seen.of(e.getKey()).map(DrbdState::addresses));
      if (found.address().isEmpty()) {
        return impossible(found.why());
      }
      into.put(e.getValue(), found.address().get());
    }
    return Optional.empty();
  }

  private static Optional<ClusterDecision<DrbdState>> impossible(String why) {
    return Optional.of(new ClusterDecision.Impossible<>(why));
  }
}
