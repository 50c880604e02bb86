package dev.hactl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

/** What imported tasks, playbooks and variables from files come to when they run. */
class LocalImportsTest extends LocalRuns {
  @Test
  void importedTasksInheritAsFromABlock() throws IOException {
    files(
        """
        == parts/two.yml
        - {name: two, command: "test ${word} = given", changed_when: false}
        - import_tasks: three.yml
          vars: {word: inner}
        == parts/three.yml
        - {name: three, shell: 'test $E = x && test ${word} = inner', changed_when: false}
        == handlers.yml
        - {name: told, debug: {msg: told}}
        """);
    Told told =
        apply(
            """
            tasks:
              - {name: one, debug: {msg: one}}
              - import_tasks: parts/two.yml
                vars: {word: given}
                environment: {E: x}
                when: inventory_hostname == 'a'
              - import_tasks: parts/two.yml
                vars: {word: other}
                when: inventory_hostname == 'b'
              - {name: four, command: "true", notify: told}
            handlers:
              - import_tasks: handlers.yml
            """);
    assertEquals(
        "one=ok two=ok three=ok two=skipped three=skipped four=changed told=ok", told.tasks());
  }

  @Test
  void variablesFromFilesAreKnownBeforeTheRun() throws IOException {
    files(
        """
        == vars/one.yml
        word: one
        both: ${word}-${inventory_hostname}
        == vars/all/1.yml
        x: 1
        y: 1
        == vars/all/2.yml
        y: 2
        == vars/empty.yml
        # nothing
        == second.yml
        found: second
        """);
    assertEquals(
        "include_vars=ok all=ok include_vars=skipped seen=ok",
        apply(
                """
                vars_files:
                  - [first.yml, second.yml, vars/one.yml]
                tasks:
                  - include_vars: one.yml
                  - name: all
                    include_vars: {dir: vars/all, name: under}
                  - include_vars: empty.yml
                  - include_vars: one.yml
                    when: false
                  - name: seen
                    assert:
                      that:
                        - word == 'one' && both == 'one-a'
                        - under.x == 1 && under.y == 2
                        - found == 'second'
                """)
            .tasks());
  }

  @Test
  void importedPlaybooksUseTheirOwnFolder() throws IOException {
    files(
        """
        == sub/site.yml
        - hosts: all
          vars: {word: own}
          vars_files: [more.yml]
          roles: [r]
          tasks:
            - name: file
              template: {src: t.ftl, dest: "${dir}/out", mode: '0644'}
        == sub/more.yml
        more: file
        == sub/group_vars/all.yml
        group: beside
        == sub/templates/t.ftl
        ${word} ${more} ${group}
        == sub/roles/r/tasks/main.yml
        - {name: r, debug: {msg: r}}
        """);
    Told told = runAll("apply", "a", "- import_playbook: sub/site.yml\n  vars: {word: given}\n");
    assertEquals(0, told.exit(), told.err());
    assertEquals("r : r=ok file=changed", told.tasks());
    assertEquals("given file beside\n", Files.readString(folder.resolve("out")));
  }
}
