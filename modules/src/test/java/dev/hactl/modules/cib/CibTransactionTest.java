package dev.hactl.modules.cib;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hactl.engine.module.Change;
import dev.hactl.engine.module.ClusterDecision;
import dev.hactl.engine.module.Draft;
import dev.hactl.engine.module.Impact;
import dev.hactl.engine.module.Members;
import dev.hactl.engine.module.Members.Seen;
import dev.hactl.engine.module.Stage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is decided about a cluster's configuration from what its members say. */
class CibTransactionTest {
  private static final CibTransaction CIB = new CibTransaction();
  private static final String FRESH = Samples.text("fresh");
  private static final CibEdit STOP = property("no-quorum-policy", "stop");
  private static final CibEdit NOTHING = property("stonith-enabled", "");
  private static final CandidateCheck FINE = new CandidateCheck(List.of(), List.of(), List.of());

  private static final Seen<CibSeen> GONE = new Seen.Unknown<>("timed out");
  private static final Seen<CibSeen> DOWN = new Seen.Observed<>(new CibSeen.Down());
  private static final Seen<CibSeen> BARE = new Seen.Observed<>(new CibSeen.NotInstalled());
  private static final Seen<CibSeen> RUNS = running(FRESH);
  private static final Seen<CibSeen> OTHER =
      running(FRESH.replace("dc-uuid=\"1\"", "dc-uuid=\"2\""));
  private static final Seen<CibSeen> UNDECIDED = running(FRESH.replace(" dc-uuid=\"1\"", ""));
  private static final Seen<CibSeen> ALONE =
      running(FRESH.replace("have-quorum=\"1\"", "have-quorum=\"0\""));

  private static Seen<CibSeen> running(String text) {
    return new Seen.Observed<>(new CibSeen.Running(Cib.parse(text)));
  }

  private static CibEdit property(String name, String value) {
    return new PropertyEdit(List.of(Setting.of(name, value)));
  }

  private static CibEdit dummy(String id) {
    return new PrimitiveEdit(
        id,
        Agent.parse("ocf:pacemaker:Dummy"),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        false);
  }

  private static Members<CibSeen> members(Seen<CibSeen> one, Seen<CibSeen> two) {
    var all = new LinkedHashMap<String, Seen<CibSeen>>();
    all.put("master", one);
    all.put("slave", two);
    return new Members<>(all, Set.of("master", "slave"));
  }

  static Stream<Arguments> decisions() {
    CibEdit absent = new MembershipEdit("nothing", "services", Optional.empty(), Optional.empty());
    CibEdit operators = property("maintenance-mode", "true");
    return Stream.of(
        Arguments.of(STOP, BARE, DOWN, "blocked on command cibadmin"),
        Arguments.of(STOP, DOWN, DOWN, "blocked on unit pacemaker.service"),
        Arguments.of(STOP, GONE, DOWN, "blocked on unit pacemaker.service"),
        Arguments.of(STOP, UNDECIDED, UNDECIDED, "blocked on unit pacemaker.service"),
        Arguments.of(STOP, RUNS, OTHER, "impossible: the members are not one cluster"),
        Arguments.of(STOP, RUNS, UNDECIDED, "asks master"),
        Arguments.of(STOP, DOWN, RUNS, "asks slave"),
        Arguments.of(STOP, RUNS, GONE, "refused: the configuration is not written while a member"),
        Arguments.of(STOP, ALONE, ALONE, "refused: the cluster has no quorum"),
        Arguments.of(absent, RUNS, RUNS, "blocked on the cluster's configuration"),
        Arguments.of(operators, RUNS, RUNS, "refused: the property maintenance-mode"),
        Arguments.of(NOTHING, RUNS, RUNS, "nothing to do"),
        Arguments.of(NOTHING, RUNS, GONE, "nothing to do"),
        Arguments.of(NOTHING, ALONE, DOWN, "nothing to do"));
  }

  @ParameterizedTest
  @MethodSource("decisions")
  void decides(CibEdit edit, Seen<CibSeen> one, Seen<CibSeen> two, String expected) {
    String told = told(CIB.alone(edit, members(one, two)));
    assertTrue(told.startsWith(expected), told);
  }

  private static String told(ClusterDecision<CibSeen> decision) {
    return switch (decision) {
      case ClusterDecision.Decided<CibSeen> d -> d.stages().isEmpty() ? "nothing to do" : "stages";
      case ClusterDecision.Ask<CibSeen, ?> a -> "asks " + a.member();
      case ClusterDecision.Blocked<CibSeen> b -> "blocked on " + b.missing();
      case ClusterDecision.Impossible<CibSeen> i -> "impossible: " + i.message();
      case ClusterDecision.Refused<CibSeen> r -> "refused: " + r.message();
    };
  }

  @Test
  void aMemberThatMayBeChangedWrites() {
    var all = new LinkedHashMap<String, Seen<CibSeen>>();
    all.put("master", RUNS);
    all.put("slave", RUNS);
    assertEquals("asks slave", told(CIB.alone(STOP, new Members<>(all, Set.of("slave")))));
    assertEquals("asks master", told(CIB.alone(STOP, new Members<>(all, Set.of()))));
  }

  private static ClusterDecision<CibSeen> checked(Draft<CibSeen, CibEdit> draft, Object answer) {
    return assertInstanceOf(ClusterDecision.Ask.class, draft.decide()).answered(answer);
  }

  private static Draft<CibSeen, CibEdit> draft(CibEdit... edits) {
    Draft<CibSeen, CibEdit> draft = CIB.begin(members(RUNS, RUNS));
    for (CibEdit edit : edits) {
      draft = assertInstanceOf(Draft.Next.Drafted.class, draft.with(edit)).draft();
    }
    return draft;
  }

  private static Change<Members<CibSeen>> change(ClusterDecision<CibSeen> decision) {
    Stage<CibSeen> stage = ((ClusterDecision.Decided<CibSeen>) decision).stages().getFirst();
    assertEquals(Optional.of(CibPush.MOVED), stage.moved());
    assertEquals(List.of("master"), List.copyOf(stage.changes().keySet()));
    return stage.all().getFirst();
  }

  @Test
  void whatIsVerifiedIsWritten() {
    var change = change(checked(draft(STOP), FINE));
    assertEquals("+ property no-quorum-policy value=stop", change.what());
    assertEquals(Impact.none(), change.impact());
    assertFalse(change.converged().test(members(RUNS, RUNS)));
    Cib after = ((Edited.Done) STOP.on(Cib.parse(FRESH))).cib();
    Seen<CibSeen> done = new Seen.Observed<>(new CibSeen.Running(after));
    assertFalse(change.converged().test(members(done, RUNS)), "on every running member");
    assertTrue(change.converged().test(members(done, done)));
    assertTrue(change.converged().test(members(done, DOWN)));
    assertFalse(change.converged().test(members(DOWN, DOWN)));
  }

  @Test
  void whatStopsServicesIsDisruptive() {
    var start = new ClusterAction("Start", "a", "master", "");
    var stop = new ClusterAction("Stop", "b", "slave", "due to no quorum");
    var quiet =
        change(checked(draft(STOP), new CandidateCheck(List.of(), List.of(start), List.of())));
    assertEquals(Impact.none(), quiet.impact());
    assertTrue(quiet.what().endsWith("; the cluster would: Start a (master)"), quiet.what());
    var loud =
        change(
            checked(draft(STOP), new CandidateCheck(List.of(), List.of(start, stop), List.of())));
    assertEquals(
        new Impact.Disruptive("makes the cluster Stop b (slave) due to no quorum"), loud.impact());
  }

  @Test
  void whatPacemakerDoesNotAnswerIsNotTakenForGood() {
    var silent =
        new CandidateCheck(
            List.of(),
            List.of(),
            List.of(
                "crm_verify could not be run",
                "crm_simulate did not say what the cluster would do"));
    assertEquals(
        "impossible: nothing is written that Pacemaker has not verified: crm_verify could not be"
            + " run; crm_simulate did not say what the cluster would do",
        told(checked(draft(STOP), silent)));
    var unsimulated = new CandidateCheck(List.of(), List.of(), silent.unsaid().subList(1, 2));
    assertEquals(Impact.none(), change(checked(draft(STOP), unsimulated)).impact());
    Seen<CibSeen> busy = running(Samples.text("running"));
    var draft =
        assertInstanceOf(Draft.Next.Drafted.class, CIB.begin(members(busy, busy)).with(STOP))
            .draft();
    @SuppressWarnings("unchecked")
    var decision = checked((Draft<CibSeen, CibEdit>) draft, unsimulated);
    assertInstanceOf(Impact.Disruptive.class, change(decision).impact());
  }

  @Test
  void everyEditOfADraftTellsItsOwnObjects() {
    Draft<CibSeen, CibEdit> draft = CIB.begin(members(RUNS, RUNS));
    var lines = new ArrayList<List<String>>();
    for (CibEdit edit : List.of(STOP, dummy("a"), STOP, dummy("b"))) {
      switch (draft.with(edit)) {
        case Draft.Next.Drafted<CibSeen, CibEdit> d -> {
          lines.add(d.changes());
          assertEquals(d.changes().size(), d.diffs().size());
          draft = d.draft();
        }
        case Draft.Next.Stopped<CibSeen, CibEdit> s -> throw new AssertionError(s.why().message());
      }
    }
    assertEquals(
        List.of(
            List.of("+ property no-quorum-policy value=stop"),
            List.of("+ primitive a ocf:pacemaker:Dummy op monitor interval=60s"),
            List.of(),
            List.of("+ primitive b ocf:pacemaker:Dummy op monitor interval=60s")),
        lines);
    assertEquals("write 3 objects at once", change(checked(draft, FINE)).what());
  }

  private static CandidateCheck mistake(String text) {
    return new CandidateCheck(List.of(text), List.of(), List.of());
  }

  private static List<Integer> blamed(ClusterDecision<CibSeen> decision) {
    return assertInstanceOf(ClusterDecision.Impossible.class, decision).edits();
  }

  @Test
  void aMistakeIsTheTaskWhoseObjectItNames() {
    Draft<CibSeen, CibEdit> draft = draft(STOP, dummy("a"), dummy("a-b"), dummy("c"));
    assertEquals(List.of(2), blamed(checked(draft, mistake("error: Resource a-b is wrong"))));
    assertEquals(List.of(1, 3), blamed(checked(draft, mistake("error: a: cannot be beside 'c'."))));
    assertEquals(List.of(0), blamed(checked(draft(STOP), mistake("error: something"))));
  }

  @Test
  void aMistakeThatNamesNothingIsTheTaskAfterWhichItIsThere() {
    Draft<CibSeen, CibEdit> draft = draft(dummy("a"), STOP, STOP, dummy("b"), dummy("c"));
    var asked =
        assertInstanceOf(ClusterDecision.Ask.class, checked(draft, mistake("error: something")));
    List<String> found = List.of("error: something", "error: else");
    assertEquals(
        List.of(3),
        blamed(asked.answered(List.of(found, List.of(), found, found))),
        "not the one" + " that another edit healed");
  }
}
