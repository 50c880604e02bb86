package dev.hactl.engine.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hactl.engine.source.Node;
import dev.hactl.engine.source.Problems;
import dev.hactl.engine.source.Sources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Nodes to plays and tasks: what keywords mean and hand down. What is refused is in bad/. */
class PlaybookReaderTest {
  private static final Set<String> MODULES = Set.of("command", "debug", "file");

  @TempDir private Path folder;

  @Test
  void aModuleMayBeNamedLikeTheKeywordOfABlock() throws IOException {
    Path file = folder.resolve("site.yml");
    Files.writeString(
        file,
        """
        - hosts: all
          tasks:
            - transaction: {table: t}
            - transaction: cib
              block:
                - debug: {msg: x}
        """);
    var problems = new Problems();
    List<Task> tasks =
        PlaybookReader.read(
                file, "site.yml", ModuleNames.of(Set.of("debug", "transaction")), problems)
            .plays()
            .getFirst()
            .tasks();
    assertEquals("", Sources.brief(problems.all()));
    assertEquals(List.of("transaction", "debug"), tasks.stream().map(Task::module).toList());
    assertEquals(
        List.of("", "cib"),
        tasks.stream()
            .map(t -> t.keywords().transaction().map(Node.Scalar::text).orElse(""))
            .toList());
  }

  private Playbook read(String text, Problems problems) throws IOException {
    Path file = folder.resolve("site.yml");
    Files.writeString(file, text);
    return PlaybookReader.read(file, "site.yml", ModuleNames.of(MODULES), problems);
  }

  private Play play(String text) throws IOException {
    var problems = new Problems();
    Playbook playbook = read(text, problems);
    assertEquals("", Sources.brief(problems.all()));
    return playbook.plays().getFirst();
  }

  private Task task(String keywords) throws IOException {
    return play("- hosts: all\n  tasks:\n    - debug: {msg: x}\n" + keywords.indent(6))
        .tasks()
        .getFirst();
  }

  private static String texts(List<Node.Scalar> scalars) {
    return scalars.stream().map(Node.Scalar::text).collect(Collectors.joining(", "));
  }

  @Test
  void aPlayKnowsItsOrder() throws IOException {
    Files.writeString(folder.resolve("one.yml"), "b: 1\n");
    Files.writeString(folder.resolve("two.yml"), "b: 2\n");
    Play play =
        play(
            """
            - name: First
              hosts: [db, web]
              vars: {a: 1}
              vars_files: [one.yml, two.yml]
              serial: [1, 50%]
              gather_facts: no
              tasks:
                - debug:
                - block:
                    - name: inner
                      command: id
                    - block:
                        - file: {}
                - debug:
              handlers:
                - name: later
                  debug:
            """);
    assertEquals("First", play.name());
    assertEquals("db,web", play.hosts().text());
    assertEquals(
        "one.yml, two.yml",
        play.sources().varsFiles().stream()
            .map(f -> f.place().file().name())
            .collect(Collectors.joining(", ")));
    assertEquals(Optional.of(false), play.gatherFacts());
    assertEquals(
        "debug, inner, file, debug",
        play.tasks().stream().map(t -> t.name().text()).collect(Collectors.joining(", ")));
    assertEquals(
        List.of(0, 1, 2, 3, 4),
        play.all().map(Task::id).toList(),
        "ids tell tasks of a play apart");
    assertEquals(10, play.tasks().get(1).place().line());
  }

  @ParameterizedTest
  @CsvSource({"1,5,1", "3,2,2", "50%,5,2", "1%,5,1", "100%,5,5", "200%,3,3"})
  void aBatchIsAtLeastOneHostAndAtMostAll(String serial, int hosts, int size) throws IOException {
    Play play = play("- hosts: all\n  serial: " + serial);
    assertEquals(size, play.serial().getFirst().of(hosts));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"all|All[]", "any|Any[]", "[all]|All[]", "'[db1, db2]'|db1, db2"})
  void needs(String written, String meant) throws IOException {
    Play.Needs needs = play("- hosts: all\n  needs: " + written).needs();
    assertEquals(meant, needs instanceof Play.Needs.Hosts h ? texts(h.names()) : needs.toString());
  }

  @Test
  void tasksOfOneTransactionBelongTogether() throws IOException {
    Play play =
        play(
            """
            - hosts: all
              tasks:
                - transaction: cib
                  block:
                    - debug:
                    - block:
                        - debug:
                - transaction: cib
                  block:
                    - debug:
                - debug:
            """);
    List<Optional<Node.Scalar>> of =
        play.tasks().stream().map(t -> t.keywords().transaction()).toList();
    assertEquals("cib", of.getFirst().orElseThrow().text());
    assertEquals(of.get(0), of.get(1));
    assertFalse(of.get(1).equals(of.get(2)), "another block is another transaction");
    assertTrue(of.get(3).isEmpty());
  }

  @Test
  void blocksHandDownAndTasksWin() throws IOException {
    Play play =
        play(
            """
            - hosts: all
              become: true
              tags: site
              environment: {A: play}
              allow: disruptive
              tasks:
                - block:
                    - debug:
                      when: [inner, other]
                      become: off
                      tags: [x, "y, z"]
                      environment: {A: task}
                      vars: {a: task}
                      allow: r0
                    - debug:
                  when: outer
                  become_user: ops
                  vars: {a: block}
                  no_log: yes
                  run_once: true
                  delegate_to: db1
                  ignore_errors: true
                  timeout: 5
                  check_mode: true
                  any_errors_fatal: false
                - debug:
            """);
    Task.Keywords first = play.tasks().get(0).keywords();
    assertEquals("outer, inner, other", texts(first.when()));
    assertEquals(Optional.of(false), first.become());
    assertEquals(Set.of("site", "x", "y", "z"), first.tags());
    assertEquals(2, first.environment().size());
    assertEquals(2, first.vars().size());
    assertEquals("disruptive, r0", texts(first.allow()));
    Task.Keywords second = play.tasks().get(1).keywords();
    assertEquals("outer", texts(second.when()));
    assertEquals(Optional.of(true), second.become());
    assertEquals("ops", second.becomeUser().orElseThrow().text());
    assertTrue(second.noLog() && second.runOnce() && second.ignoreErrors());
    assertEquals(Optional.of(true), second.checkMode());
    assertEquals("5", second.timeout().orElseThrow().text());
    Task.Keywords last = play.tasks().get(2).keywords();
    assertTrue(last.when().isEmpty() && !last.noLog() && !last.runOnce());
    assertTrue(last.anyErrorsFatal(), "a pair stops as one unless told otherwise");
  }

  @ParameterizedTest
  @CsvSource({"true,true", "yes,true", "'on',true", "YES,true", "'\"no\"',false", "off,false"})
  void booleansMayBeWords(String written, boolean meant) throws IOException {
    assertEquals(Optional.of(meant), task("become: " + written).keywords().become());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"ansible.builtin.command|command", "command|command", "community.general.file|file"})
  void fullNamesOfAnsibleMeanOurs(String written, String module) throws IOException {
    assertEquals(
        module, play("- hosts: all\n  tasks: [{" + written + ": {}}]").tasks().getFirst().module());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "command: id              | chdir: /tmp | _free_form, chdir",
        "command: {cmd: id}       | chdir: /tmp | cmd, chdir",
        "command:                 | chdir: /tmp | chdir",
      })
  void argsAddParameters(String call, String args, String names) throws IOException {
    Task task =
        play("- hosts: all\n  tasks:\n    - " + call + "\n      args: {" + args + "}\n")
            .tasks()
            .getFirst();
    assertEquals(
        names,
        ((Node.Mapping) task.args())
            .entries().stream().map(Node.Entry::name).collect(Collectors.joining(", ")));
  }

  @Test
  void handlersAreNotifiedByNameOrTopic() throws IOException {
    Play play =
        play(
            """
            - hosts: all
              tasks:
                - debug:
                  notify: [Restart, topic]
              handlers:
                - {name: Restart, debug: }
                - {name: Other, debug: , listen: [topic, more]}
            """);
    assertEquals(List.of("topic", "more"), play.handlers().get(1).keywords().listen());
  }

  @Test
  void aTaskOfAnUnknownModuleStaysSoThatWhatItRegistersIsKnown() throws IOException {
    var problems = new Problems();
    Play play =
        read("- hosts: all\n  tasks:\n    - {flie: {}, register: made}\n", problems)
            .plays()
            .getFirst();
    assertEquals(
        "site.yml:3:8: there is no module 'flie' | did you mean 'file'?",
        Sources.brief(problems.all()));
    assertEquals(Optional.of("made"), play.tasks().getFirst().keywords().register());
  }

  @Test
  void everyMistakeOfAFileIsToldAtOnce() throws IOException {
    var problems = new Problems();
    Playbook playbook =
        read(
            """
            - hosts: all
              serial: none
              tasks:
                - {debug: , whne: x}
                - {debug: , become: maybe, register: 1x}
                - debug
            - tasks: []
            - 7
            """,
            problems);
    assertEquals(7, problems.all().size(), Sources.brief(problems.all()));
    assertEquals(1, playbook.plays().size());
  }
}
