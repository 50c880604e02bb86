package dev.hactl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What roles come to when they run: their tasks, handlers, variables and files. */
class LocalRolesTest extends LocalRuns {
  private static final String WEB =
      """
      == roles/web/defaults/main.yml
      port: 80
      word: default
      path: ${dir}/${word}-${port}
      == roles/web/vars/main.yml
      fixed: role
      == roles/web/tasks/main.yml
      - name: file
        template: {src: web.ftl, dest: "${path}", mode: '0644'}
        notify: restart
      - import_tasks: more.yml
      == roles/web/tasks/more.yml
      - name: copied
        copy: {src: note, dest: "${path}.note", mode: '0644'}
      == roles/web/tasks/stop.yml
      - {name: stopping, debug: {msg: "${role_name}"}}
      == roles/web/handlers/main.yml
      - {name: restart, debug: {msg: "restart ${word} ${fixed}"}}
      == roles/web/templates/web.ftl
      ${word} ${port} ${fixed} ${role_name}
      == roles/web/files/note
      from the role
      == files/note
      from the playbook
      == templates/web.ftl
      from the playbook
      """;

  @Test
  void aRoleHasItsOwnVariablesFilesAndHandlers() throws IOException {
    files(WEB);
    Told told =
        apply(
            """
            vars: {word: play, fixed: play}
            roles:
              - web
              - {role: web, port: 81}
              - {role: web, vars: {port: 82, fixed: given}}
            tasks:
              - {name: mine, debug: {msg: "${word} ${fixed} ${port!'none'}"}}
              - import_role: {name: web, tasks_from: stop}
            """);
    String once = "web : file=changed web : copied=changed ";
    assertEquals(
        once.repeat(3)
            + "mine=ok web : stopping=ok web : restart=ok web : restart=ok web : restart=ok",
        told.tasks());
    assertEquals("play 80 role web\n", Files.readString(folder.resolve("play-80")));
    assertEquals("play 81 role web\n", Files.readString(folder.resolve("play-81")));
    // What the line that uses the role says is stronger than the role's own vars.
    assertEquals("play 82 given web\n", Files.readString(folder.resolve("play-82")));
    assertEquals("from the role\n", Files.readString(folder.resolve("play-80.note")));
  }

  @Test
  void aRoleUsedTwiceWithTheSameVariablesIsOne() throws IOException {
    files(WEB);
    Told told =
        apply(
            """
            roles: [web, web]
            tasks:
              - import_role: {name: web}
            """);
    assertEquals(
        "web : file=changed web : copied=changed web : file=ok web : copied=ok web : restart=ok",
        told.tasks());
  }

  /** Which module a default is for, and whether changes are shown, are part of it. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "module_defaults: {debug: {msg: a}} / module_defaults: {fail: {msg: a}}",
        "diff: true / diff: false",
        "become: true / become: false",
        "vars: {a: 1} / vars: {a: '1'}",
        "tags: [x] / tags: [y]",
      })
  void aRoleUsedWithOtherKeywordsIsAnother(String keywords) throws IOException {
    files(
        """
        == roles/web/tasks/main.yml
        - {name: t, debug: {msg: x}}
        """);
    String[] of = keywords.split(" / ");
    String play = "roles: [{role: web, %s}, {role: web, %s}]";
    assertEquals("web : t=ok", apply(play.formatted(of[0], of[0])).tasks());
    assertEquals("web : t=ok web : t=ok", apply(play.formatted(of[0], of[1])).tasks());
  }

  @Test
  void dependenciesComeFirstAndOncePerSameParameters() throws IOException {
    files(
        """
        == roles/base/tasks/main.yml
        - {name: "base", debug: {msg: "${kind}"}}
        == roles/base/defaults/main.yml
        kind: plain
        == roles/web/meta/main.yml
        dependencies: [base, {role: base, kind: web}]
        == roles/web/tasks/main.yml
        - {name: web, debug: {msg: "${kind!'not seen'}"}, notify: base handler}
        == roles/db/meta/main.yml
        dependencies: [base]
        == roles/db/tasks/main.yml
        - {name: db, debug: {msg: db}}
        == roles/base/handlers/main.yml
        - {name: base handler, debug: {msg: x}}
        """);
    assertEquals(
        "base : base=ok base : base=ok web : web=ok db : db=ok", apply("roles: [web, db]").tasks());
  }

  @Test
  void aNotificationMeansTheOwnRolesHandlerFirst() throws IOException {
    files(
        """
        == roles/a/tasks/main.yml
        - {name: t, command: "true", notify: restart}
        == roles/a/handlers/main.yml
        - {name: restart, debug: {msg: x}}
        == roles/b/tasks/main.yml
        - {name: t, command: "true", notify: [restart, all of them]}
        == roles/b/handlers/main.yml
        - {name: restart, debug: {msg: x}}
        - {name: b listens, listen: all of them, debug: {msg: x}}
        """);
    assertEquals(
        "a : t=changed a : restart=ok",
        apply("roles: [a, {role: b, when: false}]").tasks().replace(" b : t=skipped", ""));
    assertEquals(
        "b : t=changed t=changed b : restart=ok b : b listens=ok a : restart=ok",
        apply(
                """
                roles: [b, {role: a, when: false}]
                tasks:
                  - {name: t, command: "true", notify: "a : restart"}
                """)
            .tasks()
            .replace(" a : t=skipped", ""));
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      value = {
        "[{copy: {mode: '0600'}}] => {src: note, dest: '${dir}/n'} => rw-------",
        "[{ansible.builtin.copy: {mode: '0600'}}] => {src: note, dest: '${dir}/n', mode: '0640'} => rw-r-----",
        "[{copy: {dest: '${dir}/n', mode: '0600'}}, {copy: {mode: '0604'}}] => {src: note} => rw----r--",
        "[{file: {path: '${dir}/elsewhere', mode: '0600'}}] => {dest: '${dir}/n', state: touch} => rw-------",
      })
  void moduleDefaultsAreBelowATasksOwnArguments(String defaults, String args, String mode)
      throws IOException {
    files("== files/note\nx\n");
    String[] of = defaults.substring(1, defaults.length() - 1).split("(?<=}}), ");
    String inner = of.length > 1 ? "module_defaults: " + of[1] : "";
    apply(
        """
        module_defaults: %s
        tasks:
          - block: [{name: t, %s: %s}]
            %s
        """
            .formatted(of[0], args.contains("touch") ? "file" : "copy", args, inner));
    assertEquals(
        mode,
        java.nio.file.attribute.PosixFilePermissions.toString(
            Files.getPosixFilePermissions(folder.resolve("n"))));
  }

  @Test
  void aNotedHandlerOfARoleRunsOnTheNextRun() throws IOException {
    files(
        """
        == roles/web/tasks/main.yml
        - {name: change, copy: {dest: "${dir}/x", content: x, mode: '0644'}, notify: restart}
        - {name: fails, command: "test -e ${dir}/repaired", changed_when: false}
        == roles/web/handlers/main.yml
        - {name: restart, debug: {msg: "${word}"}}
        """);
    String play = "roles: [{role: web, word: one}, {role: web, word: two}]";
    Told first = run("apply", "a", play);
    assertEquals("web : change=changed web : fails=failed", first.tasks(), first.err());
    Files.writeString(folder.resolve("repaired"), "");
    Told second = run("apply", "a", play);
    assertEquals(0, second.exit(), second.err());
    assertTrue(second.tasks().startsWith("web : restart=ok web : change=ok"), second.tasks());
  }

  /**
   * With what it imports, on this host, in this use: others, handlers and the rest of the play go
   * on.
   */
  @ParameterizedTest
  @CsvSource({"apply", "plan"})
  void aRoleCanBeEndedForAHost(String mode) throws IOException {
    files(
        """
        == roles/web/tasks/main.yml
        - {name: one, set_fact: {seen: "yes"}}
        - {name: end, meta: end_role, when: inventory_hostname == 'a' && ends}
        - import_tasks: more.yml
        - import_role: {name: base}
        - name: b
          block:
            - {name: in, debug: {msg: x}}
          rescue:
            - {name: res, debug: {msg: x}}
          always:
            - {name: al, debug: {msg: x}}
        == roles/web/tasks/more.yml
        - {name: more, debug: {msg: x}}
        == roles/web/meta/main.yml
        allow_duplicates: true
        == roles/base/tasks/main.yml
        - {name: base, debug: {msg: x}}
        """);
    Told told =
        run(
            mode,
            "a,b",
            """
            roles:
              - {role: web, vars: {ends: true}}
              - {role: web, vars: {ends: false}}
              - base
            tasks:
              - {name: last, debug: {msg: x}}
            """);
    assertEquals(0, told.exit(), told.err());
    String whole =
        "one@a=ok one@b=ok end@a=ok end@b=skipped more@a=ok more@b=ok base@a=ok base@b=ok"
            + " in@a=ok in@b=ok al@a=ok al@b=ok";
    assertEquals(
        "one@a=ok one@b=ok end@a=ok end@b=skipped more@b=ok base@b=ok in@b=ok al@b=ok "
            + whole.replace("end@a=ok", "end@a=skipped")
            + " base@a=ok base@b=ok last@a=ok last@b=ok",
        told.tasks().replaceAll("(web|base) : ", "").replaceAll("res@.=skipped ?", ""));
  }
}
