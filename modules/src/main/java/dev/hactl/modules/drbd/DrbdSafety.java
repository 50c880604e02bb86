package dev.hactl.modules.drbd;

import dev.hactl.engine.module.Members;
import dev.hactl.modules.drbd.DrbdState.Metadata;
import dev.hactl.modules.drbd.DrbdWish.FirstSync;
import dev.hactl.modules.drbd.Generation.Relation;
import dev.hactl.modules.storage.Size;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What must not be done to replicas, whoever consents. Pure. */
final class DrbdSafety {
  private final DrbdWish wish;
  private final Members<DrbdState> seen;

  DrbdSafety(DrbdWish wish, Members<DrbdState> seen) {
    this.wish = wish;
    this.seen = seen;
  }

  /** The first reason to touch nothing. */
  Optional<String> refusal() {
    for (var e : seen.observed().entrySet()) {
      Optional<String> why = host(e.getKey(), e.getValue());
      if (why.isPresent()) {
        return why;
      }
    }
    return pairs();
  }

  private Optional<String> host(String name, DrbdState state) {
    DrbdState.Disk disk = state.disk();
    for (Replica other : state.others()) {
      if (other.minors().contains(wish.device())) {
        return Optional.of(
            "%s on %s belongs to the resource %s"
                .formatted(wish.devicePath(), name, other.resource()));
      }
    }
    for (ResourceFile.Claims claims : state.claims()) {
      if (claims.resource().equals(wish.resource())) {
        return Optional.of(
            "another file of /etc/drbd.d on %s describes the resource %s too"
                .formatted(name, wish.resource()));
      }
      if (claims.disks().contains(disk.path()) || claims.disks().contains(disk.real())) {
        return Optional.of(
            "%s on %s is the disk of the resource %s"
                .formatted(disk.path(), name, claims.resource()));
      }
      if (claims.minors().contains(wish.device())) {
        return Optional.of(
            "%s on %s belongs to the resource %s"
                .formatted(wish.devicePath(), name, claims.resource()));
      }
      if (wish.own().isEmpty()) {
        Optional<String> endpoint =
            wish.file()
                .addresses()
                .of(state.node(), state.addresses())
                .address()
                .map(a -> (a.contains(":") ? "[" + a + "]" : a) + ":" + wish.file().port())
                .filter(claims.endpoints()::contains);
        if (endpoint.isPresent()) {
          return Optional.of(
              "%s on %s is the address of the resource %s"
                  .formatted(endpoint.get(), name, claims.resource()));
        }
      }
    }
    if (state.replica().filter(r -> !r.disk().equals("Diskless")).isPresent()) {
      return Optional.empty();
    }
    if (!disk.users().isEmpty()) {
      return Optional.of(
          "%s on %s is in use: %s".formatted(disk.path(), name, String.join(", ", disk.users())));
    }
    if (state.metadata() instanceof Metadata.Unreadable(String why)) {
      return Optional.of(
          "whether %s on %s bears DRBD metadata cannot be told: %s"
              .formatted(disk.path(), name, why.isEmpty() ? "drbdmeta says nothing" : why));
    }
    if (state.metadata() instanceof Metadata.Other(String format)) {
      return Optional.of(
          "%s on %s bears DRBD metadata of the format %s, which DRBD %s does not read: %s"
              .formatted(
                  disk.path(),
                  name,
                  format,
                  state.version(),
                  state.modern()
                      ? "'drbdadm create-md " + wish.resource() + "' converts it, hactl does not"
                      : "it was made by DRBD 9"));
    }
    return smaller(name, state);
  }

  /** DRBD refuses a disk that is smaller than the data; better to know that beforehand. */
  private Optional<String> smaller(String name, DrbdState state) {
    return seen.observed().entrySet().stream()
        .filter(e -> !e.getValue().node().equals(state.node()) && !e.getValue().isNew())
        .filter(e -> e.getValue().generation().isPresent())
        .filter(e -> state.generation().isEmpty())
        .filter(e -> e.getValue().disk().bytes() > state.disk().bytes())
        .map(e ->
            "%s on %s holds %s, and the replica of %s needs %s"
                .formatted(
                    state.disk().path(),
                    name,
                    new Size(state.disk().bytes()).show(),
                    e.getKey(),
                    new Size(e.getValue().disk().bytes()).show()))
        .findFirst();
  }

  /** Replicas that DRBD would not, or must not, join without a person's decision. */
  private Optional<String> pairs() {
    List<Map.Entry<String, DrbdState>> all = new ArrayList<>(seen.observed().entrySet());
    for (int i = 0; i < all.size(); i++) {
      for (int j = i + 1; j < all.size(); j++) {
        Optional<String> why = pair(all.get(i), all.get(j));
        if (why.isPresent()) {
          return why;
        }
      }
    }
    return Optional.empty();
  }

  private Optional<String> pair(
      Map.Entry<String, DrbdState> one, Map.Entry<String, DrbdState> two) {
    DrbdState a = one.getValue();
    DrbdState b = two.getValue();
    // The members are looked at one after another: while they meet, one may tell of the handshake,
    // with the identifier of a sync that begins, and the other still of the time before. Who is
    // connected was accepted by DRBD, so one of the two views is enough.
    boolean together =
        a.replica().filter(Replica::connected).isPresent()
            || b.replica().filter(Replica::connected).isPresent();
    boolean known = a.file().isPresent() && b.file().isPresent();
    if (together || !known || a.generation().isEmpty() || b.generation().isEmpty()) {
      return Optional.empty();
    }
    Generation first = a.generation().get();
    Generation second = b.generation().get();
    Relation relation = first.to(second);
    if (relation != Relation.DIVERGED && relation != Relation.UNRELATED) {
      return Optional.empty();
    }
    return Optional.of(
        (relation == Relation.DIVERGED
                    ? "split brain: both replicas of %s were changed apart from each other."
                    : "the replicas of %s never were the same data.")
                .formatted(wish.resource())
            + " %s holds %s (%s), %s holds %s (%s). They are not joined: a person decides whose"
                .formatted(
                    one.getKey(), first.show(), show(a), two.getKey(), second.show(), show(b))
            + " data is lost");
  }

  private static String show(DrbdState state) {
    return state.replica().map(Replica::show).orElse("down");
  }

  /**
   * Why replicas that are all new do not become one now.
   *
   * @param emptied members whose disk loses what it bears first, which needs a consent of its own
   */
  Optional<String> firstSync(Set<String> emptied) {
    List<String> out = seen.names().stream().filter(n -> !seen.acting().contains(n)).toList();
    if (!out.isEmpty()) {
      return Optional.of(
          "the first sync of %s needs all its members, and this run leaves out %s"
              .formatted(wish.resource(), String.join(", ", out)));
    }
    if (wish.firstSync() == FirstSync.SKIP) {
      for (var e : seen.observed().entrySet()) {
        DrbdState.Disk disk = e.getValue().disk();
        boolean mine =
            e.getValue().metadata() instanceof Metadata.Found && !emptied.contains(e.getKey());
        if (mine && (!disk.foreign().isEmpty() || !disk.blank())) {
          return Optional.of(
              ("%s on %s is not provably empty, so the replicas cannot be declared equal:"
                      + " 'initial_sync: full' copies one over the others")
                  .formatted(disk.path(), e.getKey()));
        }
      }
    }
    return Optional.empty();
  }
}
