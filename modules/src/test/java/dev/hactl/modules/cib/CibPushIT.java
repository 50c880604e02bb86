package dev.hactl.modules.cib;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Patches against a running Pacemaker that somebody else talks to as well. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CibPushIT {
  private static final int ROUNDS = 50;
  private static final String STATE = "cibadmin --query --xpath \"//nvpair[@name='state']\"";

  private OneNodeCluster cluster;

  @BeforeAll
  void start(@TempDir Path dir) throws Exception {
    cluster = OneNodeCluster.start(dir);
  }

  @AfterAll
  void stop() {
    cluster.close();
  }

  @BeforeEach
  void oneResource() {
    WorkingCopy copy = WorkingCopy.of(cluster.cib());
    copy = apply(copy, new PropertyEdit(List.of(Setting.of("stonith-enabled", "false"))));
    copy = apply(copy, dummy("first", "/run/first"));
    if (copy.isChanged()) {
      assertInstanceOf(CibPush.Outcome.Pushed.class, push(copy.patch()));
    }
  }

  private static CibEdit dummy(String fake, String state) {
    return new PrimitiveEdit(
        "x",
        Agent.parse("ocf:pacemaker:Dummy"),
        Optional.of(new ArrayList<>(List.of(Setting.of("fake", fake), Setting.of("state", state)))),
        Optional.empty(),
        Optional.empty(),
        false);
  }

  private static WorkingCopy apply(WorkingCopy copy, CibEdit edit) {
    return copy.after(edit, assertInstanceOf(Edited.Done.class, copy.apply(edit)));
  }

  private CibPush.Outcome push(CibPatch patch) {
    OneNodeCluster.Ran ran = cluster.sh(CibPush.script(patch));
    return CibPush.read(ran.answer(), ran.error(), patch);
  }

  @Test
  void anEditOfTheSameElementBetweenReadAndPatchIsNeverLost() {
    for (int i = 1; i <= ROUNDS; i++) {
      CibPatch patch =
          apply(WorkingCopy.of(cluster.cib()), dummy("mine" + i, "/run/s" + (i - 1))).patch();
      assertEquals(
          0, cluster.sh("crm_resource -r x -p state -v /run/s" + i + " >/dev/null").status());
      assertInstanceOf(CibPush.Outcome.Moved.class, push(patch));
      assertTrue(cluster.sh(STATE).out().contains("\"/run/s" + i + "\""));
    }
  }

  @Test
  void theStatusMayMoveAndTheConfigurationLandsInOneEpoch() {
    for (int i = 1; i <= 10; i++) {
      Cib base = cluster.cib();
      WorkingCopy copy = apply(WorkingCopy.of(base), dummy("round" + i, "/run/first"));
      cluster.sh("crm_attribute --type status --node lonely --name noise --update " + i);
      assertNotEquals(base.version().updates(), cluster.cib().version().updates());
      var pushed = assertInstanceOf(CibPush.Outcome.Pushed.class, push(copy.patch()));
      assertEquals(base.version().epoch() + 1, pushed.now().epoch());
      assertEquals(copy.candidate().section("resources"), cluster.cib().section("resources"));
    }
  }

  @Test
  void whatItDoesNotTakeIsToldWithoutTheDocument() {
    Cib base = cluster.cib();
    Cib wrong =
        base.with(
            base.section("resources")
                .add(Element.of("primitive", "id", "y", "class", "none", "type", "hush")));
    CibPatch patch = CibPatch.between(base, wrong);
    var failed = assertInstanceOf(CibPush.Outcome.Failed.class, push(patch));
    assertTrue(failed.why().contains("schema"), failed.why());
    assertFalse(failed.why().contains("hush"), failed.why());
    assertEquals(base.configuration(), cluster.cib().configuration());
  }
}
