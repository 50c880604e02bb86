package dev.hactl.cli.schema;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hactl.engine.module.IndexedModules;
import dev.hactl.engine.module.Modules;
import dev.hactl.engine.source.Problems;
import dev.hactl.modules.user.UserModules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The schemas refuse what hactl refuses, at the place where it is. */
class SchemaRefusesTest {
  private static final Modules MODULES =
      IndexedModules.of(SchemaRefusesTest.class.getClassLoader());
  private static final Checked PLAYBOOK = Checked.by(PlaybookSchema.playbook(MODULES));
  private static final Checked INVENTORY = Checked.by(InventorySchema.inventory());

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{copy: {dest: /a, content: b}, whn: a}          | /0/tasks/0 property 'whn'",
        "{coppy: {dest: /a}}                             | /0/tasks/0 property 'coppy'",
        "{copy: {dset: /a, content: b}}                  | /0/tasks/0/copy property 'dset'",
        "{copy: {content: b}}                            | /0/tasks/0/copy required property 'dest'",
        "{copy: }                                        | /0/tasks/0/copy null",
        "{copy: a}                                       | /0/tasks/0/copy string",
        "{file: {path: /a, state: dirctory}}             | /0/tasks/0/file/state enumeration",
        "{file: {path: /a, dest: /a}}                    | /0/tasks/0 null",
        "{file: {path: /a, mode: 0644}}                  | /0/tasks/0/file/mode string",
        "{file: {path: /a, recurse: maybe}}              | /0/tasks/0/file/recurse pattern",
        "{file: {path: [/a]}}                            | /0/tasks/0/file/path string",
        "{hosts_entry: {state: present}}                 | /0/tasks/0/hosts_entry required",
        "{name: a}                                       | /0/tasks/0 null",
        "{copy: {dest: /a}, file: {path: /a}}            | /0/tasks/0 null",
        "{shell: a, register: a-b}                       | /0/tasks/0/register pattern",
        "{shell: a, become: maybe}                       | /0/tasks/0/become pattern",
        "{shell: a, retries: many}                       | /0/tasks/0/retries pattern",
        "{shell: a, when: {a: b}}                        | /0/tasks/0/when string",
        "{shell: a, vars: [a]}                           | /0/tasks/0/vars object",
        "{block: [{shell: a}], notify: b}                | /0/tasks/0 property 'notify'",
        "{block: [{shell: a, whn: b}]}                   | /0/tasks/0/block/0 property 'whn'",
        "{block: [{shell: a}], transaction: cbi}         | /0/tasks/0/transaction enumeration",
        "{ansible.builtin.copy: {dset: /a, content: b}}  | /0/tasks/0/ansible.builtin.copy property 'dset'",
        "shell                                           | /0/tasks/0 object",
      })
  void aTask(String task, String told) {
    refused(PLAYBOOK, "- {hosts: all, tasks: [" + task + "]}", told);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[{hosts: all, taskz: []}]                       | /0 property 'taskz'",
        "[{tasks: []}]                                   | /0 required property 'hosts'",
        "[{hosts: all, handlers: [{coppy: {}}]}]         | /0/handlers/0 property 'coppy'",
        "[{hosts: all, tasks: {shell: a}}]               | /0/tasks array",
        "[{import_playbook: a.yml, hosts: all}]          | /0 property 'hosts'",
        "{hosts: all}                                    | array",
      })
  void aPlaybook(String playbook, String told) {
    refused(PLAYBOOK, playbook, told);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{all: {host: {a: }}}                            | /all property 'host'",
        "{hosts: {a: }}                                  | hosts",
        "{all: {hosts: [a]}}                             | /all/hosts array",
        "{all: {hosts: {a: {ansible_connection: shh}}}}  | /all/hosts/a/ansible_connection enumeration",
        "{all: {children: {b: {hosts: {c: {ansible_port: high}}}}}} | ansible_port pattern",
      })
  void anInventory(String inventory, String told) {
    refused(INVENTORY, inventory, told);
  }

  @Test
  void modulesOfThePlaybooksOwnAreKnown(@TempDir Path folder) throws IOException {
    Files.writeString(
        folder.resolve("note.yml"),
        """
        summary: Keep a line in a notebook
        parameters:
          text: {required: true}
          pen: {choices: [blue, red]}
        probe: exit 0
        apply: exit 0
        """);
    var problems = new Problems();
    Checked schema =
        Checked.by(PlaybookSchema.playbook(UserModules.read(folder, "modules", MODULES, problems)));

    problems.throwIfErrors();
    assertEquals(List.of(), schema.errors("- {hosts: all, tasks: [{note: {text: a, pen: blue}}]}"));
    refused(schema, "- {hosts: all, tasks: [{note: {txt: a, text: b}}]}", "/note property 'txt'");
    refused(schema, "- {hosts: all, tasks: [{note: {text: a, pen: bleu}}]}", "/pen enumeration");
    refused(PLAYBOOK, "- {hosts: all, tasks: [{note: {text: a}}]}", "property 'note'");
  }

  /** Every word of what is told stands in one error. */
  private static void refused(Checked schema, String yaml, String told) {
    List<String> errors = schema.errors(yaml);
    assertTrue(
        errors.stream().anyMatch(e -> List.of(told.split(" ")).stream().allMatch(e::contains)),
        () -> yaml + " gave " + errors);
  }
}
