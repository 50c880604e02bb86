package dev.hactl.modules.cib;

import dev.hactl.engine.module.Change;
import dev.hactl.engine.module.ClusterDecision;
import dev.hactl.engine.module.Footprint;
import dev.hactl.engine.module.Impact;
import dev.hactl.engine.module.Members;
import dev.hactl.engine.module.Probe;
import dev.hactl.engine.module.Settle;
import dev.hactl.engine.module.Stage;
import dev.hactl.engine.module.Step;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The one change that writes a draft: a versioned patch, then waiting until the cluster rests. */
final class CibWrite {
  /** Pacemaker's own daemons agree within seconds. */
  private static final Duration AGREEING = Duration.ofSeconds(60);

  private CibWrite() {}

  /** The change of a draft that Pacemaker finds no mistake in. */
  static ClusterDecision<CibSeen> decide(CibDraft draft, CandidateCheck check) {
    var change =
        Change.<Members<CibSeen>>to(what(draft, check), draft::holds)
            .impact(impact(draft.copy().base(), check))
            .touches(Footprint.of(CibTransaction.CONFIGURATION))
            .settle(Settle.within(AGREEING))
            .step(step(draft.copy()));
    draft.objects().forEach(o -> change.diff(o.diff()));
    return ClusterDecision.stages(
        List.of(Stage.of(draft.node(), change.build()).unlessMoved(CibPush.MOVED)),
        CibTransaction.CONFIGURATION);
  }

  private static Step step(WorkingCopy copy) {
    return new Step.Script(
        CibRest.around(copy.base(), "(\n" + CibPush.script(copy.patch()) + ") || exit\n"),
        Probe.Trust.BUILT_IN,
        Step.Interruption.INTERRUPTIBLE,
        CibRest.DEADLINE.plusSeconds(60),
        Optional.empty(),
        false);
  }

  private static String what(CibDraft draft, CandidateCheck check) {
    String objects =
        draft.edits().size() == 1
            ? draft.objects().stream().map(ObjectChange::toString).collect(Collectors.joining("; "))
            : "write " + count(draft.objects().size()) + " at once";
    return check.actions().isEmpty() ? objects : objects + "; the cluster would: " + list(check);
  }

  private static String count(int objects) {
    return objects == 1 ? "one object" : objects + " objects";
  }

  private static String list(CandidateCheck check) {
    return check.actions().stream().map(ClusterAction::toString).collect(Collectors.joining(", "));
  }

  /** Where nobody says what would happen, it may be the worst. */
  private static Impact impact(Cib base, CandidateCheck check) {
    boolean runs =
        base.section(Resources.SECTION).all().filter(Resources::isResource).findAny().isPresent();
    if (!check.simulated() && runs) {
      return new Impact.Disruptive(
          "may make the cluster stop or move services: crm_simulate did not say what it would do");
    }
    List<ClusterAction> disturbing =
        check.actions().stream().filter(ClusterAction::isDisturbing).toList();
    return disturbing.isEmpty()
        ? Impact.none()
        : new Impact.Disruptive(
            "makes the cluster "
                + disturbing.stream()
                    .map(ClusterAction::toString)
                    .collect(Collectors.joining(", ")));
  }
}
