package dev.hactl.modules.cib;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hactl.modules.text.Tainted;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is recorded, hidden and refused whatever the edit. */
class WorkingCopyTest {
  private static CibEdit dummy(String id, Setting... options) {
    return new PrimitiveEdit(
        id,
        Agent.parse("ocf:heartbeat:Dummy"),
        Optional.of(List.of(options)),
        Optional.empty(),
        Optional.empty(),
        false);
  }

  private static WorkingCopy apply(WorkingCopy copy, CibEdit edit) {
    return copy.after(edit, assertInstanceOf(Edited.Done.class, copy.apply(edit)));
  }

  private static WorkingCopy on(String sample) {
    return WorkingCopy.of(Samples.cib(sample));
  }

  @Test
  void takingOverAnExistingClusterPlansToNothing() {
    CibEdit asItIs =
        new PrimitiveEdit(
            "d1",
            Agent.parse("ocf:heartbeat:Dummy"),
            Optional.of(List.of(Setting.of("fake", "1"))),
            Optional.empty(),
            Optional.empty(),
            false);
    WorkingCopy copy = apply(on("by-crmsh"), asItIs);
    assertFalse(copy.isChanged());
    assertTrue(copy.patch().isEmpty());
    assertEquals(List.of(), copy.diff());
    assertEquals(copy.base(), copy.candidate());
  }

  @Test
  void whatIsCreatedIsRecordedTogetherWithIt() {
    WorkingCopy copy = apply(apply(on("running"), dummy("a")), dummy("b"));
    assertEquals(Set.of("a", "b"), Ownership.of(copy.candidate()));
    assertEquals(Set.of(), Ownership.of(copy.current()));
    assertEquals(
        "+ record hactl of what hactl created hactl-owned=a b", copy.diff().getFirst().toString());
    Cib pushed = copy.candidate();
    assertFalse(apply(WorkingCopy.of(pushed), dummy("a")).isChanged());
    WorkingCopy less = apply(WorkingCopy.of(pushed), new ResourceRemoval("a"));
    assertEquals(Set.of("b"), Ownership.of(less.candidate()));
    WorkingCopy none = apply(less, new ResourceRemoval("b"));
    assertEquals(Set.of(), Ownership.of(none.candidate()));
    assertTrue(none.candidate().find(Ownership.SET).isEmpty());
  }

  @Test
  void changingAForeignObjectDoesNotMakeItHactls() {
    WorkingCopy copy = apply(on("running"), dummy("vip", Setting.of("fake", "x")));
    assertTrue(copy.isChanged());
    assertEquals(Set.of(), Ownership.of(copy.candidate()));
  }

  @Test
  void secretsAreHiddenByValueAndByName() {
    var edit =
        dummy(
            "a",
            new Setting("state", new Tainted("hush-hush", true)),
            Setting.of("do_token", "abc"),
            Setting.of("ip", "10.0.0.9"));
    WorkingCopy copy = apply(on("fresh"), edit);
    String shown = copy.diff().toString();
    assertFalse(shown.contains("hush") || shown.contains("abc"), shown);
    assertTrue(shown.contains("state=<secret>") && shown.contains("do_token=<secret>"), shown);
    assertTrue(shown.contains("ip=10.0.0.9"), shown);
    assertFalse(edit.toString().contains("hush"), edit.toString());
    WorkingCopy next =
        apply(
            WorkingCopy.of(copy.candidate()),
            dummy("a", Setting.of("state", "open"), Setting.of("do_token", "def")));
    assertFalse(next.diff().toString().contains("def"), next.diff().toString());
  }

  /** An edit that does what no module does. */
  private record Rogue(String section, String id) implements CibEdit {
    @Override
    public Edited on(Cib cib) {
      Element old = cib.section(section);
      Element gone =
          old.children().stream().filter(c -> c.id().equals(id)).findFirst().orElseThrow();
      return new Edited.Done(cib.with(old.remove(gone)));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nodes 1",
        "crm_config cib-bootstrap-options",
        "constraints cli-ban-dummy-on-master",
        "constraints cli-prefer-vip-master",
        "constraints drbd-fence-by-handler-skydata-web-clone",
      })
  void whatIsTheOperatorsIsRefusedWhoeverTouchesIt(String place) {
    String[] words = place.split(" ");
    assertInstanceOf(Edited.Refused.class, on("by-pcs").apply(new Rogue(words[0], words[1])));
  }

  @Test
  void undeclaredTargetRolesAreRefused() {
    CibEdit enable =
        cib ->
            new Edited.Done(
                Resources.of(cib)
                    .edit("web-clone", c -> c.remove(c.child("meta_attributes").orElseThrow())));
    var refused = assertInstanceOf(Edited.Refused.class, on("by-pcs").apply(enable));
    assertEquals(
        "target-role of web-clone was set by the operator and the task does not name it",
        refused.message());
  }

  @Test
  void theOperatorsStateIsTold() {
    assertEquals(
        List.of(
            "operator: constraint cli-ban-dummy-on-master",
            "runtime: constraint drbd-fence-by-handler-skydata-web-clone",
            "operator: constraint cli-prefer-vip-master",
            "operator: node master standby=on",
            "operator: maintenance-mode=true",
            "operator: web-clone target-role=Stopped"),
        OperatorState.of(Samples.cib("by-pcs")));
  }
}
