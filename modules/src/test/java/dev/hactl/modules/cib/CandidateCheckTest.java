package dev.hactl.modules.cib;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hactl.engine.module.Answer;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Outputs of crm_verify and crm_simulate of Pacemaker 2.1.5, and of older ones in their layout. */
class CandidateCheckTest {
  private static final String NO_FENCING =
      """
      (unpack_resources) 	error: Resource start-up disabled since no STONITH resources have been defined
      (unpack_resources) 	error: Either configure some or disable STONITH with the stonith-enabled option
      crm_verify: Errors found during check: config not valid
      hactl-part verify_%s 78
      """;

  private static final String QUIET =
      """
      Current cluster status:
        * Node List:
          * Online: [ master slave ]

      Transition Summary:

      Executing Cluster Transition:
      hactl-part simulate_%s 0
      """;

  private static CandidateCheck read(String... parts) {
    return CandidateCheck.read(Answer.of(0, String.join("", parts)));
  }

  private static List<String> actions(String summary) {
    return ClusterAction.all("Current cluster status:\n  * Node\n\n" + summary).stream()
        .map(ClusterAction::toString)
        .toList();
  }

  @Test
  void onlyNewMistakesCount() {
    CandidateCheck same =
        read(
            NO_FENCING.formatted("base"),
            QUIET.formatted("base"),
            NO_FENCING.formatted("candidate"),
            QUIET.formatted("candidate"));
    assertEquals(new CandidateCheck(List.of(), List.of(), List.of()), same);
    CandidateCheck worse =
        read(
            "hactl-part verify_base 0\n",
            QUIET.formatted("base"),
            NO_FENCING.formatted("candidate"),
            QUIET.formatted("candidate"));
    assertEquals(
        List.of(
            "error: Resource start-up disabled since no STONITH resources have been defined",
            "error: Either configure some or disable STONITH with the stonith-enabled option"),
        worse.mistakes());
  }

  @Test
  void warningsAloneDoNotCount() {
    CandidateCheck check =
        read(
            "hactl-part verify_base 0\n",
            QUIET.formatted("base"),
            "(unpack_config) \twarning: Blind faith: not fencing unseen nodes\nhactl-part verify_candidate 78\n",
            QUIET.formatted("candidate"));
    assertEquals(List.of(), check.mistakes());
  }

  @Test
  void placesInADocumentDoNotCount() {
    CandidateCheck check =
        read(
            "Entity: line 25: element primitive: Relax-NG validity error : wrong\nhactl-part verify_base 78\n",
            QUIET.formatted("base"),
            "Entity: line 31: element primitive: Relax-NG validity error : wrong\nhactl-part verify_candidate 78\n",
            QUIET.formatted("candidate"));
    assertEquals(List.of(), check.mistakes());
  }

  @Test
  void toolsThatGiveNoAnswerAreNamed() {
    assertEquals(
        List.of(
            "crm_verify could not be run", "crm_simulate did not say what the cluster would do"),
        read("hactl-part verify_candidate 127\n", "hactl-part simulate_candidate 127\n").unsaid());
    assertEquals(2, read("").unsaid().size());
  }

  @Test
  void actionsOfTheSummary() {
    assertEquals(
        List.of(
            "Fence slave 'peer is no longer part of the cluster'",
            "Promote data:0 (Stopped -> Promoted master)",
            "Demote data:1 (Promoted -> Unpromoted master)",
            "Start g1 (master) due to unrunnable drbd-cluster notified (blocked)",
            "Stop pp:1 (Unpromoted slave) due to node availability",
            "Move vip (master -> slave)",
            "Restart web (master) due to required vip start"),
        actions(
            """
            Transition Summary:
              * Fence (reboot) slave 'peer is no longer part of the cluster'
              * Promote    data:0     ( Stopped -> Promoted master )
              * Demote     data:1     ( Promoted -> Unpromoted master )
              * Start      g1         (                     master )  due to unrunnable drbd-cluster notified (blocked)
              * Stop       pp:1       (           Unpromoted slave )  due to node availability
              * Move       vip        ( master -> slave )
              * Restart    web        ( master )  due to required vip start

            Executing Cluster Transition:
              * Resource action: g1              monitor on slave
            """));
  }

  @Test
  void olderLayouts() {
    assertEquals(
        List.of("Start vip (node1)", "Move web (Started node1 -> node2)"),
        actions(
            """
            Transition Summary:
             * Start   vip\t(node1)
             * Move    web\t(Started node1 -> node2)

            Executing cluster transition:
             * Resource action: vip   monitor on node1
            """));
    assertEquals(
        List.of(),
        actions("Transition Summary:\n\nExecuting cluster transition:\n * Pseudo action: x\n"));
    assertEquals(List.of(), actions("something else\n"));
  }
}
