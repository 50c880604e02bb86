package dev.hactl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes of tasks of Ansible, and what is told of those that stay. */
class ConvertCommandTest extends ConvertRuns {
  private CommandLineRun tasks(String tasks) throws IOException {
    return convert("tasks.yml", tasks);
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      quoteCharacter = '`',
      value = {
        "command: ls => command: ls",
        "ansible.builtin.command: ls {{ a }} => command: ls ${a}",
        "command: ls chdir=/tmp creates=\"/x y\" => command:~    cmd: ls~    chdir: /tmp~    creates: /x y",
        "shell: echo ${HOME} => shell: echo ${'$'}{HOME}",
        "copy: {dest: /x, content: a, mode: 0644} => copy: {dest: /x, content: a, mode: '0644'}",
        "copy: {dest: /x, content: a, mode: 02755} => copy: {dest: /x, content: a, mode: '2755'}",
        "copy: {dest: /x, content: yes} => copy: {dest: /x, content: 'True'}",
        "file: path=/x state=directory => file:~    path: /x~    state: directory",
        "service: {name: a, enabled: yes} => service: {name: a, enabled: true}",
        "systemd: {name: a, state: started} => service: {name: a, state: started}",
        "apt: {name: a} => apt: {name: a, policy_rc_d: 0}",
        "apt: {name: a, state: absent} => apt: {name: a, state: absent}",
        "ansible.posix.sysctl: {name: a.b, value: 1} => sysctl: {name: a.b, value: 1, sysctl_file: /etc/sysctl.conf}",
        "debug: msg=\"a {{ b }}\" => debug:~    msg: a ${b}",
        "debug: var=a.b[0] => debug:~    var: a.b[0]",
        "meta: flush_handlers => meta: flush_handlers",
        "include_tasks: other.yml => import_tasks: other.yml",
        "include_role: name=web => import_role: {name: web}",
        "set_fact: a={{ b | default('x') }} => set_fact:~    a: ${b!'x'}",
      })
  void aCallIsTheSameCallInItsOwnWords(String ansible, String hactl) throws IOException {
    CommandLineRun run = tasks("- " + ansible + "\n");
    assertEquals("- " + hactl.replace('~', '\n') + "\n", run.out());
    assertEquals("", run.err());
    assertEquals(ExitCode.OK, run.code());
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      quoteCharacter = '`',
      value = {
        "when: a => when: truthy(a)",
        "when: yes => when: true",
        "when: a is defined and not b => when: a?? && !truthy(b)",
        "when: a or b == 1 => when: truthy(a) || b == 1",
        "when: \"{{ a | bool }}\" => when: \"bool(a)\"",
        "when: [a.rc == 0, b is changed] => when: [a.rc == 0, b.changed]",
        "when: a in b => when: has(b, a)",
        "when: inventory_hostname in groups['web'] => when: groups.web?seq_contains(inventory_hostname)",
        "when: a | length > 0 => when: a?has_content",
        "failed_when: a.rc not in [0, 2] => failed_when: '![0, 2]?seq_contains(a.rc)'",
        "with_items: [a, b] => loop: [a, b]",
        "with_items: \"{{ a }}\" => loop: \"${flatten(a, 1)}\"",
        "with_items: \"{{ groups['web'] }}\" => loop: \"${groups.web}\"",
        "with_dict: \"{{ a }}\" => loop: \"${a}\"",
        "with_sequence: start=2 end=5 => loop: ${2..5}",
        "with_sequence: count=3 format=n%02d => loop: ${(1..3)?map(n -> 'n' + n?string('00'))}",
        "with_together: [\"{{ a }}\", \"{{ b }}\"] => loop: ${zip(a, b)}",
        "loop: \"{{ a | dict2items }}\" => loop: \"${dict2items(a)}\"",
        "async: 60 => timeout: 60",
        "become: yes => become: true",
        "delegate_to: 127.0.0.1 => delegate_to: localhost",
        "vars: {a: 010, b: 1:30, c: off} => vars: {a: 8, b: 90, c: false}",
        "name: a {{ 'x' if b else 'y' }} => name: a ${truthy(b)?then('x', 'y')}",
      })
  void aKeywordMeansTheSame(String ansible, String hactl) throws IOException {
    CommandLineRun run = tasks("- command: ls\n  " + ansible + "   # why\n");
    assertEquals("- command: ls\n  " + hactl + "   # why\n", run.out());
    assertEquals("", run.err());
  }

  @Test
  void whatIsStartedAndWaitedFor() throws IOException {
    CommandLineRun run =
        tasks(
            """
            - name: start
              command: make all
              async: 3600
              poll: 0
              register: build
            - name: wait
              async_status:
                jid: "{{ build.ansible_job_id }}"
              register: built
              until: built.finished
              retries: 60
              delay: 10
            """);
    assertEquals(
        """
        - name: start
          command: make all
          detach: true
          # no need of it here: poll: 0
          register: build
        - name: wait
          wait_for_task: {task: build, timeout: 600}
          register: built
          # no need of it here: until: built.finished
          # no need of it here: retries: 60
          # no need of it here: delay: 10
        """,
        run.out());
    assertTrue(run.err().contains("Ansible ended it after 3600 s"), run.err());
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      quoteCharacter = '`',
      value = {
        "no.such.thing: {a: 1} => 1:3: hactl has no module 'no.such.thing'",
        "get_url: {url: x, dest: /y} => 1:3: hactl has no module 'get_url'",
        "copy: {dest: /x, content: a, selevel: s0} => 1:32: hactl's module has no parameter 'selevel'",
        "copy: {dest: /x, content: \"{{ a | to_json }}\"} => 1:29: hactl's to_json writes no spaces",
        "command: echo {{ a | no_filter }} => 1:17: no_filter",
        "command: echo {{ a / 2 }} => 1:17: Python writes '.0' behind a quotient; use // or '| int'",
        "command: echo {{ ansible_env.HOME }} => 1:17: hactl reads no fact 'ansible_env'",
        "command: echo {{ a => 1:17: '{{' is not closed",
        "service: {name: a, state: masked} => 1:29: 'state: masked' is not among what hactl knows",
        "setup: => 1:3: hactl reads facts when something names one",
        "local_action: command ls => 1:3: 'local_action' names a module in its text",
        "async_status: {jid: \"{{ a.ansible_job_id }}\"} => 1:3: this asks in a way of its own how far a task is",
        "file: path=/x directory => 1:9: 'directory' is no argument",
      })
  void whatIsNotConverted(String ansible, String told) throws IOException {
    CommandLineRun run = tasks("- " + ansible + "\n  tags: [a]   # note\n- command: ls\n");
    int column = told.indexOf(": ");
    assertEquals(ExitCode.INVALID_INPUT, run.code());
    assertEquals(
        "- command: ls\n",
        run.out().lines().filter(l -> !l.startsWith("#")).reduce("", (a, b) -> a + b + "\n"));
    assertTrue(run.out().contains("# - " + ansible + "\n#   tags: [a]   # note\n"), run.out());
    assertTrue(run.out().startsWith("# not converted (line 1): " + told.substring(column + 2)));
    String first = run.err().lines().findFirst().orElse("");
    assertEquals(
        "tasks.yml:" + told.substring(0, column) + ": error: " + told.substring(column + 2),
        first.replace(folder + "/", ""));
    assertFalse(run.err().contains("\tat "), run.err());
  }

  /** Every line that stays says what to write instead. */
  @Test
  void eachModuleThatHactlHasNotIsToldWithWhatToWrite() throws IOException {
    CommandLineRun run =
        tasks(
            """
            - replace: {path: /etc/a, regexp: b, replace: c}
            - unarchive: {src: a.tgz, dest: /srv}
            - ansible.builtin.get_url: {url: "http://h/a", dest: /srv/a}
            - uri: {url: "http://h/"}
            - find: {paths: /srv, patterns: "*.log"}
            - community.general.ini_file: {path: /etc/a, section: b, option: c}
            """);
    assertEquals(ExitCode.INVALID_INPUT, run.code());
    assertEquals(
        """
        tasks.yml:1:3: error: hactl has no module 'replace'
            - replace: {path: /etc/a, regexp: b, replace: c}
              ^
            lineinfile keeps one line, blockinfile several, template the whole file; or write: \
        command: sed -i 's/OLD/NEW/' FILE, with check: "! grep -q OLD FILE"
        tasks.yml:2:3: error: hactl has no module 'unarchive'
            - unarchive: {src: a.tgz, dest: /srv}
              ^
            bring the archive with copy, then write: command: tar -xf ARCHIVE -C FOLDER, with \
        creates: a file that comes out of it
        tasks.yml:3:3: error: hactl has no module 'ansible.builtin.get_url'
            - ansible.builtin.get_url: {url: "http://h/a", dest: /srv/a}
              ^
            keep the file beside the playbook and copy it; or write: command: curl -fsSL -o FILE \
        URL, with creates: FILE
        tasks.yml:4:3: error: hactl has no module 'uri'
            - uri: {url: "http://h/"}
              ^
            to look, write: command: curl -fsS URL, changed_when: false, and register it; until: \
        waits for an answer
        tasks.yml:5:3: error: hactl has no module 'find'
            - find: {paths: /srv, patterns: "*.log"}
              ^
            write: command: find FOLDER -name 'PATTERN', changed_when: false, and register it
        tasks.yml:6:3: error: hactl has no module 'community.general.ini_file'
            - community.general.ini_file: {path: /etc/a, section: b, option: c}
              ^
            write lineinfile for one setting, or template for the whole file
        hactl: 6 things were not converted
        """,
        told(run));
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      quoteCharacter = '`',
      value = {
        "- a: [ => error: not valid YAML",
        "- a: {{ b }} => this looks like Jinja",
        "- a: 1~  a: 2 => the key 'a' stands twice",
        "a => a playbook is a list of plays",
        "- [a] => a task is a mapping",
        "- hosts: '{{ a }}' => hactl wants to know the hosts of a play before it runs",
        "- hosts: a~  strategy: free => hactl has no keyword 'strategy' for plays",
        "- hosts: a~  tasks: [{command: ls, no_such: 1}] => one of these is no keyword",
      })
  void aPlaybookThatIsNoneIsToldWithoutATrace(String yaml, String told) throws IOException {
    CommandLineRun run = convertLines("x.yml", yaml + "~");
    assertEquals(ExitCode.INVALID_INPUT, run.code(), run.out());
    assertTrue(run.err().contains(told), run.err());
    assertFalse(run.err().contains("\tat "), run.err());
  }

  @Test
  void nothingIsReplacedUnasked() throws IOException {
    Path file = folder.resolve("x.yml");
    Files.writeString(file, "- hosts: all\n  become: yes\n  tasks: []\n");
    CommandLineRun same =
        CommandLineRun.of("convert", "ansible", file.toString(), "-o", folder.toString());
    assertEquals(ExitCode.USAGE, same.code(), same.err());
    assertTrue(same.err().contains("is there already, and differs"), same.err());
    assertEquals(ExitCode.USAGE, CommandLineRun.of("convert", "puppet", "x").code());
    assertEquals(ExitCode.USAGE, CommandLineRun.of("convert").code());
    assertEquals(ExitCode.USAGE, CommandLineRun.of("convert", "ansible", "/no/such").code());
  }
}
