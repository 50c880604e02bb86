package dev.hactl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A module in {@code modules/} beside a playbook, run on this machine. */
class UserModuleRunTest {
  private static final String MODULE =
      """
      summary: A line in a notebook
      parameters:
        path: {type: path, required: true}
        text: {required: true}
        pen: {choices: [blue, red], default: blue}
      probe: grep -qxF -e "$pen $text" "$path" 2>/dev/null || exit 1
      apply: |
        printf '%s %s\\n' "$pen" "$text" >> "$path"
      """;

  @TempDir private Path folder;
  private Path notebook;

  @BeforeEach
  void files() throws IOException {
    notebook = folder.resolve("notebook");
    Files.createDirectories(folder.resolve("site/modules"));
    Files.writeString(folder.resolve("site/modules/note.yml"), MODULE);
    Files.writeString(
        folder.resolve("inventory.yml"), "all: {hosts: {here: {ansible_connection: local}}}\n");
    playbook("note: {path: '${book}', text: 'it''s ${inventory_hostname}'}");
  }

  private void playbook(String call) throws IOException {
    Files.writeString(
        folder.resolve("site/site.yml"),
        """
        - hosts: all
          tasks:
            - name: Write it down
              %s
              register: written
            - name: Only when it was written
              debug: {msg: "seen ${written.changed?c}"}
              when: written.changed
        """
            .formatted(call));
  }

  private CommandLineRun hactl(String command, String... more) {
    var words = new ArrayList<String>();
    words.add(command);
    words.add(folder.resolve("site/site.yml").toString());
    words.add("-i");
    words.add(folder.resolve("inventory.yml").toString());
    words.add("-e");
    words.add("book=" + notebook);
    words.addAll(List.of(more));
    return CommandLineRun.alone(words.toArray(String[]::new));
  }

  @Test
  void isPlannedAppliedAndFoundConverged() throws IOException {
    CommandLineRun plan = hactl("plan", "--detailed-exitcode");
    assertEquals(ExitCode.PENDING, plan.code(), plan.out() + plan.err());
    assertTrue(plan.out().contains("changed: [here]"), plan.out());
    assertFalse(Files.exists(notebook));

    CommandLineRun first = hactl("apply");
    assertEquals(ExitCode.OK, first.code(), first.out() + first.err());
    assertTrue(first.out().contains("seen true"), first.out());
    assertEquals("blue it's here\n", Files.readString(notebook));

    CommandLineRun second = hactl("apply");
    assertEquals(ExitCode.OK, second.code(), second.out() + second.err());
    assertTrue(second.out().contains("changed=0"), second.out());
    assertEquals("blue it's here\n", Files.readString(notebook));

    assertEquals(ExitCode.OK, hactl("plan", "--detailed-exitcode").code());
  }

  @Test
  void aWrongCallIsRefusedWithItsPlace() throws IOException {
    playbook("note: {path: /tmp/x, txt: hello, pen: bleu}");

    CommandLineRun run = hactl("apply");

    String site = folder.resolve("site/site.yml").toString();
    assertEquals(ExitCode.INVALID_INPUT, run.code());
    assertEquals("", run.out());
    assertTrue(
        run.err().contains(site + ":4:7: error: note needs the parameter 'text'"), run.err());
    assertTrue(run.err().contains(site + ":4:28: error: note has no parameter 'txt'"), run.err());
    assertTrue(
        run.err().contains(site + ":4:45: error: pen: 'bleu' is not one of blue, red"), run.err());
    assertTrue(run.err().contains("did you mean 'blue'?"), run.err());
  }

  @Test
  void mistakesInTheModuleAreToldAndNotBlamedOnThePlaybook() throws IOException {
    Files.writeString(folder.resolve("site/modules/note.yml"), MODULE.replace("probe:", "prove:"));

    CommandLineRun run = hactl("apply");

    String file = folder.resolve("site/modules/note.yml").toString();
    assertEquals(ExitCode.INVALID_INPUT, run.code());
    assertTrue(run.err().contains(file + ":1:1: error: a module needs 'probe'"), run.err());
    assertTrue(run.err().contains(file + ":6:1: error: a module has no 'prove'"), run.err());
    assertTrue(run.err().contains("hactl: 2 errors"), run.err());
    assertFalse(run.err().contains("there is no module"), run.err());
  }

  @Test
  void aProbeThatFailsIsAFailureWithWhatItPrinted() throws IOException {
    Files.writeString(
        folder.resolve("site/modules/note.yml"),
        MODULE.replace("|| exit 1", "; echo no ink; exit 7"));

    CommandLineRun run = hactl("apply");

    assertEquals(ExitCode.FAILED, run.code(), run.out() + run.err());
    assertTrue(run.out().contains("status 7"), run.out());
    assertTrue(run.out().contains("no ink"), run.out());
    assertFalse(Files.exists(notebook));
  }

  @Test
  void anApplyThatDoesNotConvergeIsAFailure() throws IOException {
    Files.writeString(
        folder.resolve("site/modules/note.yml"), MODULE.replace(">> \"$path\"", "> /dev/null"));

    CommandLineRun run = hactl("apply");

    assertEquals(ExitCode.FAILED, run.code(), run.out() + run.err());
  }
}
