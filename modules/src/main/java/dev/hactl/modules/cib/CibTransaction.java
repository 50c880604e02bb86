package dev.hactl.modules.cib;

import dev.hactl.engine.module.ClusterDecision;
import dev.hactl.engine.module.Draft;
import dev.hactl.engine.module.Members;
import dev.hactl.engine.module.Probe;
import dev.hactl.engine.module.Thing;
import dev.hactl.engine.module.Transaction;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Collectors;

/** A cluster's configuration as the document that its tasks edit. */
public record CibTransaction() implements Transaction<CibSeen, CibEdit> {
  /** What predictions about the configuration rest on. */
  public static final Thing CONFIGURATION =
      new Thing(Thing.Kind.OTHER, "the cluster's configuration");

  private static final Thing PACEMAKER = Thing.unit("pacemaker.service");

  @Override
  public String name() {
    return "cib";
  }

  @Override
  public Probe<CibSeen> probe() {
    return Probe.sh(CibSeen.SCRIPT, CibSeen::read).shared();
  }

  @Override
  public Draft<CibSeen, CibEdit> begin(Members<CibSeen> seen) {
    SequencedMap<String, Cib> running = running(seen);
    Optional<ClusterDecision.Obstacle<CibSeen>> obstacle = obstacle(seen, running);
    if (obstacle.isPresent()) {
      return new NoDraft(obstacle.get());
    }
    String node = writer(seen, running);
    return CibDraft.of(node, Objects.requireNonNull(running.get(node)), seen);
  }

  /** The configuration that each member with a running Pacemaker has. */
  static SequencedMap<String, Cib> running(Members<CibSeen> seen) {
    var running = new LinkedHashMap<String, Cib>();
    seen.observed()
        .forEach((name, state) -> {
          if (state instanceof CibSeen.Running(Cib cib)) {
            running.put(name, cib);
          }
        });
    return running;
  }

  private static Optional<ClusterDecision.Obstacle<CibSeen>> obstacle(
      Members<CibSeen> seen, SequencedMap<String, Cib> running) {
    if (running.isEmpty()) {
      return Optional.of(nobody(seen));
    }
    var coordinators =
        running.values().stream()
            .flatMap(c -> c.coordinator().stream())
            .collect(Collectors.toSet());
    return switch (coordinators.size()) {
      case 0 ->
          Optional.of(
              new ClusterDecision.Blocked<>(
                  PACEMAKER, "the cluster has not chosen yet which node coordinates it"));
      case 1 -> Optional.empty();
      // Two halves that do not see each other would both accept what is written to them.
      default ->
          Optional.of(
              new ClusterDecision.Impossible<>(
                  "the members are not one cluster: "
                      + running.entrySet().stream()
                          .map(e ->
                              e.getKey()
                                  + " follows "
                                  + e.getValue().coordinator().orElse("nobody"))
                          .collect(Collectors.joining(", "))));
    };
  }

  private static ClusterDecision.Obstacle<CibSeen> nobody(Members<CibSeen> seen) {
    for (Map.Entry<String, CibSeen> member : seen.observed().entrySet()) {
      if (member.getValue() instanceof CibSeen.NotInstalled) {
        return new ClusterDecision.Blocked<>(
            Thing.command("cibadmin"), "Pacemaker is not installed on " + member.getKey());
      }
    }
    return new ClusterDecision.Blocked<>(
        PACEMAKER, "Pacemaker runs on no member: start it before its configuration is edited");
  }

  /** Any member that may be changed; the document is one. */
  private static String writer(Members<CibSeen> seen, SequencedMap<String, Cib> running) {
    return running.keySet().stream()
        .filter(seen.acting()::contains)
        .findFirst()
        .orElse(running.firstEntry().getKey());
  }

  /** There is no document to edit. */
  private record NoDraft(ClusterDecision.Obstacle<CibSeen> why) implements Draft<CibSeen, CibEdit> {
    @Override
    public Next<CibSeen, CibEdit> with(CibEdit edit) {
      return new Next.Stopped<>(why);
    }

    @Override
    public ClusterDecision<CibSeen> decide() {
      return why;
    }

    @Override
    public List<Thing> reliesOn() {
      return List.of(CONFIGURATION);
    }
  }
}
