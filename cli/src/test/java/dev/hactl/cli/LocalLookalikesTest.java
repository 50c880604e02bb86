package dev.hactl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is worked out once for hosts that are alike is what each of them would get alone. */
class LocalLookalikesTest extends LocalRuns {
  private static final String PLAYS =
      """
      - hosts: a,b
        tasks:
          - {name: early, command: "true", register: early, changed_when: false}
      - hosts: all
        vars:
          kind: "%1$s{(inventory_hostname == 'a')?then('first', 'other')}"
          twice: "%1$s{kind}%1$s{kind}"
          late: "%1$s{item!'none'}"
          fixed: same
        tasks:
          - {name: t1, debug: {msg: x}, loop: ["%1$s{kind}", "%1$s{twice}", "%1$s{fixed}"]}
          - {name: t2, debug: {msg: x}, vars: {kind: mine}, loop: ["%1$s{twice}"]}
          - {name: t3, debug: {msg: x}, loop: [x, y], loop_control: {label: "%1$s{late}"}}
          - {name: t4, debug: {msg: x}, loop: ["%1$s{early???then('seen', 'not')}"]}
          - {name: t5, set_fact: {kind: set}, when: inventory_hostname == 'c'}
          - {name: t6, debug: {msg: x}, loop: ["%1$s{twice}"]}
          - {name: t7, debug: {msg: x}, when: inventory_hostname == 'b'}
          - {name: t8, debug: {msg: x}, delegate_to: a, loop: ["%1$s{fixed}"]}
          - {name: t9, debug: {msg: x}, when: fixed == 'other'}
      """
          .formatted("$");

  private static final List<String> HOSTS = List.of("a", "b", "c", "d");

  @Test
  void togetherTheyDoWhatEachDoesAlone() throws IOException {
    Told together = runAll("apply", String.join(",", HOSTS), PLAYS);
    assertEquals(0, together.exit(), together.err());
    for (String host : HOSTS) {
      Told alone = runAll("apply --limit " + host, String.join(",", HOSTS), PLAYS);
      assertEquals(of(host, alone), of(host, together));
    }
    assertEquals(
        "t1(other) t1(otherother) t1(same) t2(minemine) t3(x) t3(y) t4(not) t5 t6(setset) t8(same)",
        String.join(" ", of("c", together))
            .replace("@c", "")
            .replace("=ok", "")
            .replaceAll(" \\S+=skipped", ""));
  }

  private static List<String> of(String host, Told told) {
    var own = new ArrayList<String>();
    for (String task : told.tasks().split(" ")) {
      if (task.contains("@" + host)) {
        own.add(task);
      }
    }
    return own;
  }

  @Test
  void aMistakeIsToldOfTheHostsThatHaveIt() throws IOException {
    Told told =
        runAll(
            "apply",
            String.join(",", HOSTS),
            """
            - hosts: all
              tasks:
                - {name: t1, file: {path: /tmp, mode: "%1$s{['c', 'd']?seq_contains(inventory_hostname)?then('wrong', '0755')}"}}
                - {name: t2, debug: {msg: x}, when: play_hosts}
            """
                .formatted("$"));
    assertEquals(6, told.exit());
    assertTrue(told.err().contains("(hosts c, d)"), told.err());
  }
}
