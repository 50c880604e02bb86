package dev.hactl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hactl.cli.output.Terminal;
import dev.hactl.engine.model.Keywords;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code hactl doc} and {@code hactl schema} with modules of the user's own. */
class DocCommandTest {
  @TempDir Path folder;

  @BeforeEach
  void aModule() throws IOException {
    Files.createDirectory(folder.resolve("modules"));
    Files.writeString(
        folder.resolve("modules/note.yml"),
        """
        summary: Keep a line in a notebook
        parameters:
          text: {required: true, description: The line.}
          pen: {choices: [blue, red], default: blue}
        probe: exit 0
        apply: exit 0
        """);
    Files.writeString(folder.resolve("site.yml"), "- hosts: all\n");
  }

  private String playbook() {
    return folder.resolve("site.yml").toString();
  }

  private String modules() {
    return folder.resolve("modules").toString();
  }

  @Test
  void aUsersModuleIsDescribedLikeAnyOther() {
    CommandLineRun beside = CommandLineRun.of("doc", "-p", playbook(), "note");
    CommandLineRun named = CommandLineRun.of("doc", "-M", modules(), "note");

    assertEquals("", beside.err());
    assertEquals(beside.out(), named.out());
    assertEquals(
        """
        note: Keep a line in a notebook

        A state: applied a second time it changes nothing.
        Written in %s/note.yml.

        Parameters:
          text (text; required)
              The line.
          pen (one of blue, red; default blue)

        Returns, besides what every task does:
          observed: What the probe printed.
        """
            .formatted(modules()),
        beside.out());
  }

  @Test
  void itIsListedWithTheOthers() {
    CommandLineRun run = CommandLineRun.of("doc", "--list", "-p", playbook());

    assertTrue(run.out().contains("note              Keep a line in a notebook\n"), run.out());
    assertTrue(run.out().startsWith("apt  "), run.out());
  }

  @Test
  void severalAreDescribedAtOnceAndAnsiblesNamesMeanOurs() {
    CommandLineRun run = CommandLineRun.of("doc", "ansible.builtin.stat", "fail");

    assertTrue(run.out().startsWith("stat: Look at a file\n"), run.out());
    assertTrue(run.out().contains("\n\nfail: Fail with a message\n"), run.out());
  }

  @Test
  void aMistakeInANamedFolderIsExit6() throws IOException {
    Files.writeString(folder.resolve("modules/bad.yml"), "prove: x\n");

    for (String command : List.of("doc", "schema")) {
      CommandLineRun run = CommandLineRun.of(command, "-M", modules());
      assertEquals(ExitCode.INVALID_INPUT, run.code(), command);
      assertEquals("", run.out());
      assertTrue(run.err().contains("bad.yml:1:1: error: a module "), run.err());
    }
  }

  @Test
  void everyKeywordIsDescribed() {
    for (String name : Keywords.names()) {
      CommandLineRun run = CommandLineRun.of("doc", "-t", "keyword", name);
      assertTrue(run.out().startsWith(name + ": "), run.out());
      assertTrue(run.out().contains("Stands on: "), run.out());
    }
    CommandLineRun list = CommandLineRun.of("doc", "-t", "keyword");
    assertTrue(list.out().lines().anyMatch(l -> l.startsWith("when ")), list.out());
  }

  @Test
  void aSnippetIsATask() {
    CommandLineRun run = CommandLineRun.of("doc", "-s", "-p", playbook(), "note");

    assertEquals(
        """
        - name: 'Keep a line in a notebook'
          note:
            text: text # The line. (text; required)
            # pen: blue # (one of blue, red; default blue)
        """,
        run.out());
    assertEquals(ExitCode.USAGE, CommandLineRun.of("doc", "-s", "when").code());
  }

  @Test
  void linesFitTheTerminal() {
    for (String name : AllModules.builtIn().names()) {
      String text = CommandLineRun.of("doc", name).out();
      String described = text.replaceFirst("(?s)\n\n[^\n]*:\n  - .*", "");
      described
          .lines()
          .filter(l -> l.strip().contains(" "))
          .forEach(l -> assertTrue(l.length() <= Terminal.DEFAULT_WIDTH, name + ": " + l));
    }
  }

  @Test
  void theSchemaHoldsTheModule() {
    assertTrue(CommandLineRun.of("schema", "-p", playbook()).out().contains("\"module_note\""));
    assertFalse(CommandLineRun.of("schema").out().contains("\"module_note\""));
    for (String kind : List.of("playbook", "tasks", "inventory", "vars", "module", "config")) {
      CommandLineRun run = CommandLineRun.of("schema", kind);
      assertEquals("", run.err());
      assertTrue(run.out().contains("draft-07"), kind);
    }
  }
}
