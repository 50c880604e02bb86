package dev.hactl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a task can be repeated over, and what is told of it. */
class LocalLoopsTest extends LocalRuns {

  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      quoteCharacter = '`',
      value = {
        "loop: [a, b], debug: {msg: '${item}'} => t(a)=ok t(b)=ok",
        "loop: '${1..3}', debug: {msg: '${item + 1}'} => t(1)=ok t(2)=ok t(3)=ok",
        "loop: '${0..<2}', assert: {that: item < 2} => t(0)=ok t(1)=ok",
        "loop: {x: 1, y: [2]}, assert: {that: \"item.key == 'x' && item.value == 1 || item.value[0] == 2\"} => t({key: x, value: 1})=ok t({key: y, value: [2]})=ok",
        "loop: {x: 1, y: 2}, loop_control: {label: '${item.key}'}, debug: {msg: x} => t(x)=ok t(y)=ok",
        "loop: {}, debug: {msg: x} => ``",
        "loop: [a, b], loop_control: {loop_var: it, index_var: i}, assert: {that: \"it == ['a', 'b'][i]\"} => t(a)=ok t(b)=ok",
        "loop: [a, b], loop_control: {index_var: i, label: '${i}. ${item}'}, when: i == 1, debug: {msg: x} => t(0. a)=skipped t(1. b)=ok",
        "loop: [a, b], loop_control: {extended: true}, assert: {that: [ansible_loop.length == 2, ansible_loop.index0 == ansible_loop.index - 1, \"ansible_loop.first == (item == 'a')\", \"ansible_loop.last == !ansible_loop.nextitem??\", ansible_loop.revindex == 3 - ansible_loop.index]} => t(a)=ok t(b)=ok",
      })
  void aTaskIsRepeated(String said, String tasks) throws IOException {
    for (String mode : new String[] {"plan", "apply"}) {
      Told told = run(mode, "a", "tasks: [{name: t, %s}]\n".formatted(said));
      assertEquals(tasks, told.tasks(), told.err());
      assertEquals(0, told.exit());
    }
  }

  @Test
  void whatIsRegisteredKnowsItsItem() throws IOException {
    Told told =
        run(
            "apply",
            "a",
            """
            tasks:
              - {name: t, command: "echo %s", loop: {x: 1, y: 2}, loop_control: {loop_var: pair}, register: r}
              - name: u
                assert: {that: "item.stdout == item.pair.key && item.ansible_loop_var == 'pair'"}
                loop: %s
                loop_control: {label: "%s"}
            """
                .formatted("${pair.key}", "${r.results}", "${item.pair.value}"));
    assertEquals(
        "t({key: x, value: 1})=changed t({key: y, value: 2})=changed u(1)=ok u(2)=ok",
        told.tasks(),
        told.err());
  }

  /** In no output: not as an item, not as a label, and not as a part of one. */
  @Test
  void aSecretIsNoLabel() throws IOException {
    Files.writeString(folder.resolve("secret.yml"), "password: correct horse\n");
    Told told =
        run(
            "apply --secret-vars " + folder.resolve("secret.yml"),
            "a",
            """
            tasks:
              - {name: t, debug: {msg: x}, loop: ["%1$s"]}
              - {name: u, debug: {msg: x}, loop: {k: "%1$s"}, loop_control: {label: "is %2$s"}}
              - {name: v, debug: {msg: x}, no_log: true, loop: [open], loop_control: {label: "l"}}
            """
                .formatted("${password}", "${item.value}"));
    assertEquals(0, told.exit(), told.err());
    assertFalse(told.tasks().contains("correct horse"), told.tasks());
    assertFalse(told.tasks().contains("open") || told.tasks().contains("(l)"), told.tasks());
  }

  @Test
  void itemsAreDoneWithAPauseBetweenThem() throws IOException {
    long began = System.nanoTime();
    Told told =
        run(
            "apply",
            "a",
            """
            tasks:
              - {name: t, command: "true", loop: [a, b, c], loop_control: {pause: 0.3}}
              - {name: u, command: "true", loop: [a, b, c], loop_control: {pause: 30}, when: item == 'a'}
            """);
    assertEquals(0, told.exit(), told.err());
    assertTrue(System.nanoTime() - began > 600_000_000L, "there was no pause");
  }
}
