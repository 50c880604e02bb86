package dev.hactl.modules.cib;

import dev.hactl.engine.module.ClusterDecision;
import dev.hactl.engine.module.Diff;
import dev.hactl.engine.module.Draft;
import dev.hactl.engine.module.Members;
import dev.hactl.engine.module.Probe;
import dev.hactl.engine.module.Thing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A cluster's configuration as the edits of one or more tasks want it. What is to be written is
 * first verified and simulated by Pacemaker on a node.
 *
 * @param node where it is verified and written
 * @param seen what it was begun with
 * @param copy the configuration with all edits
 * @param edits those that were made, also those that changed nothing
 */
record CibDraft(String node, Members<CibSeen> seen, WorkingCopy copy, List<Made> edits)
    implements Draft<CibSeen, CibEdit> {

  /** Pacemaker simulates hundreds of resources in seconds. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** Copies the list. */
  CibDraft {
    edits = List.copyOf(edits);
  }

  /**
   * An edit that was made.
   *
   * @param objects what it alone changed
   * @param after the copy with it
   */
  record Made(CibEdit edit, List<ObjectChange> objects, WorkingCopy after) {}

  /** A draft that nobody has edited yet. */
  static CibDraft of(String node, Cib cib, Members<CibSeen> seen) {
    return new CibDraft(node, seen, WorkingCopy.of(cib), List.of());
  }

  @Override
  public Next<CibSeen, CibEdit> with(CibEdit edit) {
    return switch (copy.apply(edit)) {
      case Edited.Done done -> {
        List<ObjectChange> objects =
            done.cib().configuresSameAs(copy.current()) ? List.of() : copy.diff(edit, done);
        WorkingCopy after = copy.after(edit, done);
        var all = new ArrayList<>(edits);
        all.add(new Made(edit, objects, after));
        yield new Next.Drafted<>(
            new CibDraft(node, seen, after, all),
            objects.stream().map(ObjectChange::toString).toList(),
            diffs(objects));
      }
      case Edited.Missing m ->
          new Next.Stopped<>(
              new ClusterDecision.Blocked<>(CibTransaction.CONFIGURATION, m.message()));
      case Edited.Refused r -> new Next.Stopped<>(new ClusterDecision.Refused<>(r.message()));
    };
  }

  private static List<Diff> diffs(List<ObjectChange> objects) {
    return objects.stream().map(ObjectChange::diff).toList();
  }

  @Override
  public List<Thing> reliesOn() {
    return List.of(CibTransaction.CONFIGURATION);
  }

  @Override
  public ClusterDecision<CibSeen> decide() {
    if (!copy.isChanged()) {
      return ClusterDecision.ok(CibTransaction.CONFIGURATION);
    }
    if (!seen.complete()) {
      return new ClusterDecision.Refused<>(
          "the configuration is not written while a member may be running a cluster of its own: "
              + seen.unseen()
              + " cannot be observed");
    }
    if (!copy.base().hasQuorum()) {
      return new ClusterDecision.Refused<>(
          "the cluster has no quorum: what is written now may be lost when it gets one");
    }
    return new ClusterDecision.Ask<>(
        node,
        Probe.sh(CandidateCheck.script(copy.candidate()), CandidateCheck::read)
            .shared()
            .within(PATIENCE),
        this::checked);
  }

  private ClusterDecision<CibSeen> checked(CandidateCheck check) {
    if (!check.verified()) {
      return new ClusterDecision.Impossible<>(
          "nothing is written that Pacemaker has not verified: "
              + String.join("; ", check.unsaid()));
    }
    if (!check.mistakes().isEmpty()) {
      return new CibBlame(node, edits, check.mistakes()).decide(PATIENCE);
    }
    return CibWrite.decide(this, check);
  }

  /** The objects that differ from the cluster's, without the record of what hactl created. */
  List<ObjectChange> objects() {
    return CibDiff.between(copy.base(), copy.current(), copy.secrets());
  }

  /** Whether every running member has what the edits want. */
  boolean holds(Members<CibSeen> now) {
    var running = CibTransaction.running(now).values();
    return !running.isEmpty() && running.stream().allMatch(this::holds);
  }

  private boolean holds(Cib cib) {
    WorkingCopy there = WorkingCopy.of(cib);
    for (Made made : edits) {
      if (!(there.apply(made.edit()) instanceof Edited.Done done)) {
        return false;
      }
      there = there.after(made.edit(), done);
    }
    return !there.isChanged();
  }
}
