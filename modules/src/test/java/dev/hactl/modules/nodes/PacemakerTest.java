package dev.hactl.modules.nodes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hactl.engine.module.LocalShell;
import dev.hactl.engine.module.Step;
import dev.hactl.modules.TaskText;
import dev.hactl.modules.Verdict;
import dev.hactl.modules.nodes.NodeState.Status;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What becomes of a node's Pacemaker, as a table of what was seen. */
class PacemakerTest {
  private static NodeState seen(String active, String status, int resources) {
    return new NodeState(
        "db1",
        true,
        true,
        true,
        active,
        true,
        status.equals("-")
            ? Optional.empty()
            : Optional.of(
                new Status(
                    !status.equals("offline"),
                    status.equals("standby"),
                    status.equals("pending"),
                    false,
                    resources)),
        true,
        "db1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}                          | active   | online  | 3 | ''",
        "{}                          | active   | standby | 0 | ''",
        "{}                          | inactive | -       | 0 | start pacemaker",
        "{}                          | active   | pending | 0 | wait until db1 is online",
        "{}                          | active   | -       | 0 | wait until db1 is online",
        "{enabled: false}            | active   | online  | 0 | disable pacemaker.service",
        "{node: standby}             | active   | standby | 0 | ''",
        "{node: standby}             | active   | online  | 0 | put db1 into standby",
        "{node: standby}             | active   | online  | 3 | put db1 into standby !moves the 3 resources of db1 away",
        "{node: standby}             | inactive | -       | 0 | start pacemaker in standby",
        "{node: online}              | active   | online  | 3 | ''",
        "{node: online}              | active   | standby | 0 | end the standby of db1",
        "{node: online}              | inactive | -       | 0 | start pacemaker; end a standby of db1",
        "{state: stopped}            | inactive | -       | 0 | ''",
        "{state: stopped}            | failed   | -       | 0 | ''",
        "{state: stopped}            | active   | online  | 2 | stop pacemaker !stops Pacemaker and with it the 2 resources of db1",
      })
  void table(String task, String active, String status, int resources, String expected) {
    var module = new Pacemaker();
    var decision = module.plan(TaskText.bind(module, task), seen(active, status, resources));
    assertEquals(expected, String.join("; ", Verdict.of(decision)));
  }

  @Test
  void withoutAMembershipThereIsNothingToJoin() {
    var module = new Pacemaker();
    var bare =
        new NodeState("db1", true, true, false, "inactive", false, Optional.empty(), false, "");
    assertTrue(
        Verdict.of(module.plan(TaskText.bind(module, "{}"), bare))
            .getFirst()
            .startsWith("blocked on /etc/corosync/corosync.conf"));
  }

  /** A variable that stayed in systemd would put the node into standby at each later start. */
  @ParameterizedTest
  @EnumSource(LocalShell.class)
  void theVariableOfAStartInStandbyIsTakenBackHoweverItEnds(LocalShell shell) {
    var module = new Pacemaker();
    var change =
        Verdict.only(
            module.plan(TaskText.bind(module, "{node: standby}"), seen("inactive", "-", 0)));
    var step = (Step.Script) change.steps().getFirst();
    assertEquals(Step.Interruption.PROTECTED, step.interruption());
    for (String end : List.of(":", "return 3", "kill -TERM $$")) {
      String stand = "systemctl() { echo \"$1\"; [ \"$1\" != start ] || " + end + "; }\n";
      LocalShell.Result result = shell.run(stand + step.text());
      assertEquals("set-environment\nstart\nunset-environment\n", result.out(), end);
      if (!end.startsWith("kill")) {
        assertEquals(end.equals(":") ? 0 : 3, result.status());
      }
    }
  }

  @Test
  void mistakes() {
    assertThrows(
        RuntimeException.class,
        () -> TaskText.bind(new Pacemaker(), "{state: stopped, node: standby}"));
  }
}
